/** What a sheet says about its names, gathered once: definitions, declarations, givens, functions. */
import type { Formula, SymbolFormula } from '../../expression/formula.js';
import { symbol } from '../../expression/formula.js';
import type { NestedFormulas, Sheet, Statement, StatementBody } from '../../read/statement.js';
import { powerName } from '../indexing/indexed.js';

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
  for (const statement of of('definition')) {
    const { left } = statement;
    if (left.kind === 'symbol') definitions.push({ statement, head: left });
    const name = powerName(left);
    if (name && left.kind === 'power' && left.base.kind === 'symbol' && !plain.has(left.base.name)) {
      powers.add(name);
      definitions.push({ statement, head: symbol(name, left.base.indices) });
    }
  }
  return {
    definitions,
    declares: of('declare'),
    functions: of('function'),
    sizes: of('size'),
    givens: of('given'),
    asked: visible.flatMap(askedFormulas),
    checked: visible.flatMap(checkedFormulas),
    powers,
  };
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
