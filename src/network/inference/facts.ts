/** What a sheet says about its names, gathered once: definitions, declarations, givens, functions. */
import type { Formula, SymbolFormula } from '../../expression/formula.js';
import { isNumber, one, rawMultiply, sum, symbol } from '../../expression/formula.js';
import { rewriteUp } from '../../expression/walk.js';
import type { NestedFormulas, Sheet, Statement, StatementBody } from '../../read/statement.js';
import { powerName } from '../indexing/indexed.js';
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
  /** Names that are defined bare and with numbers (`L = L_1 + L_2`): each number makes a name. */
  readonly numbered: ReadonlySet<string>;
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
function numberedNames(definitions: readonly DefinitionFact[]): ReadonlySet<string> {
  const heads = new Map<string, SymbolFormula[]>();
  for (const { head } of definitions) heads.set(head.name, [...(heads.get(head.name) ?? []), head]);
  return new Set(
    [...heads].flatMap(([name, list]) => {
      const bare = list.some((head) => head.indices.length === 0);
      const rest = list.filter((head) => head.indices.length > 0);
      const labels = rest.every((head) => head.indices.every((index) => index.kind === 'number'));
      return bare && rest.length > 0 && labels ? [name] : [];
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

/** `L_1` as a name of its own, where `L` is another one. */
export function splitNumbered(formula: Formula, numbered: ReadonlySet<string>): Formula {
  if (numbered.size === 0) return formula;
  return rewriteUp(formula, (part) => {
    if (part.kind !== 'symbol' || !numbered.has(part.name) || part.indices.length === 0)
      return part;
    const digits = part.indices.map((index) =>
      index.kind === 'number' ? index.value.toFraction() : undefined,
    );
    return digits.includes(undefined) ? part : symbol(`${part.name}_${digits.join('')}`);
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
