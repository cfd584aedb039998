/** Statements as text, so that whole readings can be compared. */
import type { Condition, Formula } from '../../src/expression/formula.js';
import { conditionKey, structureKey } from '../../src/expression/same.js';
import type {
  Assertion,
  Clauses,
  NestedFormulas,
  RangeClause,
  Statement,
} from '../../src/read/statement.js';

const list = (formulas: readonly Formula[]) => formulas.map(structureKey).join(', ');
const isList = (value: NestedFormulas): value is readonly NestedFormulas[] => Array.isArray(value);
const nested = (value: NestedFormulas): string =>
  isList(value) ? `[${value.map(nested).join(',')}]` : structureKey(value);

const ranges = (all: readonly RangeClause[]): string =>
  all
    .map(
      ({ index, lower, upper }) =>
        ` for ${index}=${lower ? structureKey(lower) : '?'}..${upper ? structureKey(upper) : '?'}`,
    )
    .join('');
const where = (all: readonly Condition[]): string =>
  all.length > 0 ? ` where ${all.map(conditionKey).join('; ')}` : '';

const clauses = (all: Clauses): string =>
  [
    ranges(all.ranges),
    where(all.where),
    all.inTermsOf ? ` in terms of ${list(all.inTermsOf)}` : '',
    all.as ? ` as ${all.as}` : '',
    ...all.at.map(({ target, value }) => ` at ${structureKey(target)} = ${structureKey(value)}`),
  ].join('');

function assertion(read: Assertion): string {
  switch (read.kind) {
    case 'formula':
      return structureKey(read.formula);
    case 'relations':
      return read.parts
        .map((part) => `${structureKey(part.left)} ${part.relation} ${structureKey(part.right)}`)
        .join(' & ');
    case 'limit':
      return `${structureKey(read.formula)} -> ${structureKey(read.value)} when ${read.variable} -> ${structureKey(read.to)}`;
    case 'update':
      return `${structureKey(read.target)} <- ${structureKey(read.value)}`;
  }
}

/** One statement as a text of one or more lines. */
export function show(read: Statement): string {
  switch (read.kind) {
    case 'definition':
      return `define ${structureKey(read.left)} = ${[read.right, ...read.chain].map(structureKey).join(' = ')}${ranges(read.ranges)}${where(read.where)}`;
    case 'function':
      return `function ${read.name}(${read.parameters.join(', ')})${read.body ? ` = ${structureKey(read.body)}` : ''}`;
    case 'declare':
      return `declare ${list(read.targets)} in ${read.set} [${list(read.sizes)}]${read.row ? ' row' : ''}${ranges(read.ranges)}`;
    case 'size':
      return `size ${structureKey(read.target)} = ${read.value}`;
    case 'given':
      return `given ${read.items.map(({ target, value }) => `${structureKey(target)} = ${nested(value)}`).join(', ')}`;
    case 'find':
      return `find ${read.asks.map((ask) => structureKey(ask.formula)).join(' and ')}${clauses(read.clauses)}`;
    case 'shape':
      return `shape of ${read.asks.map((ask) => structureKey(ask.formula)).join(' and ')}`;
    case 'simplify':
      return `simplify ${structureKey(read.ask.formula)}${clauses(read.clauses)}`;
    case 'limit':
      return `limit ${structureKey(read.ask.formula)} as ${read.variable} -> ${structureKey(read.to)} (${read.side})`;
    case 'count':
      return `count ${read.what}${read.from && read.to ? ` from ${structureKey(read.from)} to ${structureKey(read.to)}` : ''}`;
    case 'update':
      return `update ${read.asks === 'all' ? 'all' : read.asks.map((ask) => structureKey(ask.formula)).join(' and ')} by ${read.rule}${read.rate ? ` at ${structureKey(read.rate)}` : ''}`;
    case 'expect':
      return `expect ${structureKey(read.left.formula)} = ${structureKey(read.right.formula)} (${read.digits ?? 'no'} digits)`;
    case 'check':
      return [
        'check',
        ...read.lines.map((line) =>
          'unread' in line
            ? `  ${line.line}: unread ${line.unread.message.split('\n')[0]}`
            : `  ${line.line}: ${line.left ? `${structureKey(line.left)} ` : ''}${line.relation} ${structureKey(line.right)}${ranges(line.ranges)}${where(line.where)}${line.names ? ' (names)' : ''}`,
        ),
      ].join('\n');
    case 'choose':
      return [
        `choose ${structureKey(read.ask.formula)}${clauses(read.clauses)}`,
        ...read.options.map((option) =>
          option.assertion
            ? `  ${option.label}) ${assertion(option.assertion)}`
            : `  ${option.label}) unread`,
        ),
      ].join('\n');
    case 'claim':
      return `claim ${assertion(read.assertion)}${clauses(read.clauses)}`;
    case 'fill':
      return `fill ${structureKey(read.left)} = ${structureKey(read.right)}`;
    case 'assume':
      return `assume ${read.conditions.map(conditionKey).join('; ')}`;
    case 'convention':
      return `convention ${read.name} ${read.function} ${read.at} ${read.value}`;
    case 'network':
      return `network ${[read.builder, ...read.options].join(' | ')}`;
    case 'draw':
      return 'draw';
    case 'error':
      return read.problem.message;
  }
}
