/** What a sheet says about its names, gathered once: definitions, declarations, givens, functions. */
import type { Formula, SymbolFormula } from '../../expression/formula.js';
import { isNumber, one, rawMultiply, sum, symbol } from '../../expression/formula.js';
import { rewriteUp } from '../../expression/walk.js';
import type { NestedFormulas, Sheet, Statement, StatementBody } from '../../read/statement.js';
import { powerName } from '../indexing/indexed.js';
import type { Numbered } from '../network.js';
import { withClauseBounds } from './clause-bounds.js';

type Of<K extends StatementBody['kind']> = Statement & Extract<StatementBody, { kind: K }>;

/** A definition with its head as a symbol. */
export interface DefinitionFact {
  readonly statement: Of<'definition'>;
  readonly head: SymbolFormula;
}

export interface Facts {
  readonly definitions: readonly DefinitionFact[];
  readonly declares: readonly Of<'declare'>[];
  readonly functions: readonly Of<'function'>[];
  readonly sizes: readonly Of<'size'>[];
  /** Givens of the whole scope: a literal fixes the rank of its name wherever it stands. */
  readonly givens: readonly Of<'given'>[];
  /** Formulas of questions and of checks: last evidence for names that nothing defines. */
  readonly asked: readonly Formula[];
  readonly checked: readonly Formula[];
  /** Powers that are defined as names. */
  readonly powers: ReadonlySet<string>;
  /** Names whose numbers make names of their own. */
  readonly numbered: Numbered;
}

/** Whether a name is on some left side by itself. */
const definedPlain = (sheet: Sheet): ReadonlySet<string> =>
  new Set(
    sheet.statements.flatMap((statement) =>
      statement.kind === 'definition' && statement.left.kind === 'symbol'
        ? [statement.left.name]
        : [],
    ),
  );

/** Gathers the facts of all blocks up to `block`. */
export function factsOf(sheet: Sheet, block: number): Facts {
  const visible = sheet.statements.filter((_, place) => (sheet.blocks[place] ?? 0) <= block);
  const of = <K extends StatementBody['kind']>(kind: K): readonly Of<K>[] =>
    visible.filter((statement): statement is Of<K> => statement.kind === kind);
  const plain = definedPlain(sheet);
  const powers = new Set<string>();
  const definitions: DefinitionFact[] = [];
  for (const written of of('definition')) {
    const right = withClauseBounds(written.right, written.ranges);
    const statement = right === written.right ? written : { ...written, right };
    const { left } = statement;
    if (left.kind === 'symbol') definitions.push({ statement, head: left });
    const name = powerName(left);
    if (
      name &&
      left.kind === 'power' &&
      left.base.kind === 'symbol' &&
      !plain.has(left.base.name)
    ) {
      powers.add(name);
      definitions.push({ statement, head: symbol(name, left.base.indices) });
    }
  }
  const numbered = numberedNames(definitions);
  const named = new Set(definitions.map(({ head }) => head.name));
  const split = (formula: Formula): Formula => splitNumbered(formula, numbered);
  return {
    definitions: definitions.map(({ statement, head }) => ({
      head: split(head) as SymbolFormula,
      statement: {
        ...statement,
        left: split(statement.left),
        right: countedSums(split(statement.right), named),
        chain: statement.chain.map(split),
      },
    })),
    declares: of('declare'),
    functions: of('function'),
    sizes: of('size'),
    givens: of('given'),
    asked: visible.flatMap(askedFormulas).map(split),
    checked: visible.flatMap(checkedFormulas).map(split),
    powers,
    numbered,
  };
}

/** Names with a bare head and heads with nothing but numbers: labels, not indices. */
function numberedNames(definitions: readonly DefinitionFact[]): Numbered {
  const heads = new Map<string, SymbolFormula[]>();
  for (const { head } of definitions) heads.set(head.name, [...(heads.get(head.name) ?? []), head]);
  return new Map(
    [...heads].flatMap(([name, list]): readonly [string, 'all'][] => {
      const bare = list.some((head) => head.indices.length === 0);
      const rest = list.filter((head) => head.indices.length > 0);
      const labels = rest.every((head) => head.indices.every((index) => index.kind === 'number'));
      return bare && rest.length > 0 && labels ? [[name, 'all']] : [];
    }),
  );
}

const counts = /^(n|m|N|M|B|T|K|d|D)$/;

/**
 * `1/n sum_i ...` with a range that nobody wrote: the sum runs to n, as a mean does. Only for
 * letters of counts that are not defined as something else.
 */
function countedSums(formula: Formula, defined: ReadonlySet<string>): Formula {
  return rewriteUp(formula, (part) => {
    if (part.kind !== 'multiply') return part;
    const count = part.factors.find(
      (factor) =>
        factor.kind === 'power' &&
        isNumber(factor.exponent, -1) &&
        factor.base.kind === 'symbol' &&
        factor.base.indices.length === 0 &&
        counts.test(factor.base.name) &&
        !defined.has(factor.base.name),
    );
    const last = part.factors.at(-1);
    if (count?.kind !== 'power' || last?.kind !== 'sum' || last.bounds) return part;
    const bounds = { lower: one, upper: count.base };
    return rawMultiply([
      ...part.factors.slice(0, -1),
      sum(last.index, bounds, last.body, last.where),
    ]);
  });
}

/** The facts with the members of further names told apart. */
export function numberedBy(facts: Facts, names: Numbered): Facts {
  const split = <F extends Formula>(formula: F): F => splitNumbered(formula, names) as F;
  return {
    ...facts,
    definitions: facts.definitions.map(({ statement, head }) => ({
      head: split(head),
      statement: {
        ...statement,
        left: split(statement.left),
        right: split(statement.right),
        chain: statement.chain.map(split),
      },
    })),
    declares: facts.declares.map((one) => ({ ...one, targets: one.targets.map(split) })),
    givens: facts.givens.map((one) => ({
      ...one,
      items: one.items.map((item) => ({ ...item, target: split(item.target) })),
    })),
    asked: facts.asked.map(split),
    checked: facts.checked.map(split),
    numbered: new Map([...facts.numbered, ...names]),
  };
}

/** `L_1` as a name of its own, where `L` is another one. */
export function splitNumbered(formula: Formula, numbered: Numbered): Formula {
  if (numbered.size === 0) return formula;
  return rewriteUp(formula, (part) => {
    const manner = part.kind === 'symbol' ? numbered.get(part.name) : undefined;
    if (part.kind !== 'symbol' || manner === undefined || part.indices.length === 0) return part;
    const labels = manner === 'all' ? part.indices.length : 1;
    const digits = part.indices
      .slice(0, labels)
      .map((index) => (index.kind === 'number' ? index.value.toFraction() : undefined));
    return digits.includes(undefined)
      ? part
      : symbol(`${part.name}_${digits.join('')}`, part.indices.slice(labels));
  });
}

/** How deep a literal is nested: 0 for a number, 1 for `[1, 2]`. */
export const depthOf = (value: NestedFormulas): number =>
  Array.isArray(value) ? 1 + (value[0] === undefined ? 0 : depthOf(value[0])) : 0;

function askedFormulas(statement: Statement): readonly Formula[] {
  switch (statement.kind) {
    case 'find':
    case 'shape':
      return statement.asks.map((ask) => ask.formula);
    case 'simplify':
    case 'limit':
    case 'choose':
      return [statement.ask.formula];
    case 'update':
      return statement.asks === 'all' ? [] : statement.asks.map((ask) => ask.formula);
    case 'assume':
      return statement.conditions.flatMap((condition) =>
        condition.kind === 'compare' ? [condition.left, condition.right] : [],
      );
    case 'expect':
      return [statement.left.formula, statement.right.formula];
    default:
      return [];
  }
}

function checkedFormulas(statement: Statement): readonly Formula[] {
  switch (statement.kind) {
    case 'check':
      return statement.lines.flatMap((line) =>
        'unread' in line ? [] : [...(line.left ? [line.left] : []), line.right],
      );
    case 'fill':
      return [statement.left, statement.right];
    case 'claim':
      return assertionFormulas(statement.assertion);
    case 'choose':
      return statement.options.flatMap((option) =>
        option.assertion ? assertionFormulas(option.assertion) : [],
      );
    default:
      return [];
  }
}

function assertionFormulas(
  assertion: Extract<StatementBody, { kind: 'claim' }>['assertion'],
): readonly Formula[] {
  switch (assertion.kind) {
    case 'formula':
      return [assertion.formula];
    case 'relations':
      return assertion.parts.flatMap((part) => [part.left, part.right]);
    case 'limit':
      return [assertion.formula, assertion.value];
    case 'update':
      return [assertion.target, assertion.value];
  }
}
