/** Statements as units of size inference: heads and bodies with all indices written out. */
import type { Bounds, Condition, Formula, SymbolFormula } from '../../expression/formula.js';
import { isNumber, number, one } from '../../expression/formula.js';
import { boundNames, children, freeNames } from '../../expression/walk.js';
import type { NestedFormulas, RangeClause } from '../../read/statement.js';
import { NetworkError, ShapeError } from '../errors.js';
import { type Conventions, IndexingContext } from '../indexing/context.js';
import { indexed } from '../indexing/indexed.js';
import { shapedSymbol } from '../indexing/names.js';
import { materialize } from '../indexing/operands.js';
import { type Shaped, withAxes } from '../indexing/shaped.js';
import type { Vocabulary } from '../network.js';
import { type DefinitionFact, depthOf, type Facts } from './facts.js';
import type { Unit } from './uses.js';

/** A definition with its indices, before its ranges are known. */
export interface DefinitionUnit extends Unit {
  readonly head: SymbolFormula;
  readonly where: readonly Condition[];
  readonly counters: ReadonlySet<string>;
  /** Variables of the head in the order of its indices. */
  readonly headVariables: readonly string[];
  readonly guessed: readonly string[];
}

/** Every bound name of a formula. */
export function allBound(formula: Formula): readonly string[] {
  return [...boundNames(formula), ...children(formula).flatMap(allBound)];
}

/** Ranges of clauses as written bounds; an end left out stays open. */
export function writtenRanges(ranges: readonly RangeClause[]): Map<string, Bounds> {
  const written = new Map<string, Bounds>();
  for (const { index, lower, upper } of ranges)
    if (upper) written.set(index, { lower: lower ?? one, upper });
  return written;
}

/** Turns a definition into a unit. Throws `NetworkError` where its two sides do not fit. */
export function definitionUnit(
  { statement, head }: DefinitionFact,
  vocabulary: Vocabulary,
  conventions: Conventions,
  isSize: (name: string) => boolean,
): DefinitionUnit {
  const context = new IndexingContext(vocabulary, conventions);
  try {
    const left = shapedSymbol(head.name, head.indices, context);
    const right = materialize(indexed(statement.right, context), context);
    const body = placed(left, right, head.name, context);
    const full = left.body as SymbolFormula;
    const headVariables = full.indices
      .flatMap((index) => [...freeNames(index)])
      .filter((name) => !isSize(name));
    const written = new Map([...context.written, ...writtenRanges(statement.ranges)]);
    const variables = new Set([...headVariables, ...allBound(body)]);
    return {
      kind: 'definition',
      line: statement.line,
      source: statement.source,
      head: full,
      body,
      variables,
      written,
      ties: context.ties,
      where: statement.where,
      counters: context.counters,
      headVariables,
      guessed: [...context.guessed],
    };
  } catch (problem) {
    if (problem instanceof ShapeError)
      throw new NetworkError(
        `${problem.message} (in the definition ${statement.source})`,
        statement.line,
        statement.column,
      );
    throw problem;
  }
}

/** The right side at the axes of the head. */
function placed(left: Shaped, right: Shaped, name: string, context: IndexingContext): Formula {
  if (right.axes.length === 0) return right.body;
  if (right.axes.length !== left.axes.length)
    throw new ShapeError(
      `The right side of ${name} has ${right.axes.length} open indices, the left side ${left.axes.length}; ` +
        'both sides need the same shape.',
    );
  if (left.axes.length === 1 && left.row !== right.row)
    throw new ShapeError(
      `The left side ${name} is a ${left.row ? 'row' : 'column'}, the right side a ${right.row ? 'row' : 'column'}; ` +
        'a transpose is missing.',
    );
  return withAxes(right, left.axes, context).body;
}

/** Declarations and literals as units that fix sizes. */
export function declaredUnits(facts: Facts, vocabulary: Vocabulary, upToLine: number): Unit[] {
  const units: Unit[] = [];
  for (const statement of facts.declares)
    for (const target of statement.targets)
      if (target.kind === 'symbol' && vocabulary.ranks.has(target.name))
        units.push(
          fixedUnit(
            'declaration',
            target,
            statement.sizes,
            statement.ranges,
            statement,
            vocabulary,
          ),
        );
  for (const statement of facts.givens) {
    if (statement.line > upToLine) continue;
    for (const { target, value } of statement.items)
      if (target.kind === 'symbol' && depthOf(value) > 0)
        units.push(
          fixedUnit('literal', target, lengths(value).map(number), [], statement, vocabulary),
        );
  }
  return units;
}

const lengths = (value: NestedFormulas): readonly number[] =>
  Array.isArray(value) ? [value.length, ...(value[0] === undefined ? [] : lengths(value[0]))] : [];

function fixedUnit(
  kind: Unit['kind'],
  target: SymbolFormula,
  sizes: readonly Formula[],
  ranges: readonly RangeClause[],
  place: { readonly line: number; readonly source: string },
  vocabulary: Vocabulary,
): Unit {
  const context = new IndexingContext(vocabulary, {
    layout: 'numerator',
    softmaxOver: 'rows',
  });
  const shaped = shapedSymbol(target.name, target.indices, context);
  const written = writtenRanges(ranges);
  const lying = shaped.axes.length === 1 && sizes.length === 2;
  const kept = lying && isNumber(sizes[1] as Formula, 1) ? sizes.slice(0, 1) : sizes;
  shaped.axes.forEach((axis, at) => {
    const size = kept[at + kept.length - shaped.axes.length];
    if (size) written.set(axis, { lower: one, upper: size });
  });
  return {
    kind,
    line: place.line,
    source: place.source,
    head: shaped.body as SymbolFormula,
    body: number(0),
    variables: new Set([...shaped.axes, ...written.keys()]),
    written,
    ties: [],
  };
}

/** A question's formula as a unit that only uses sizes. */
export function questionUnit(
  body: Formula,
  context: IndexingContext,
  variables: Iterable<string>,
  place: { readonly line: number; readonly source: string },
): Unit {
  return {
    kind: 'question',
    line: place.line,
    source: place.source,
    head: undefined,
    body,
    variables: new Set([...variables, ...allBound(body)]),
    written: context.written,
    ties: context.ties,
  };
}
