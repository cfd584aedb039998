/** How each name of a scope was understood, for `solve --reading`. */
import type { Condition, Formula } from '../expression/formula.js';
import { type Display, plainDisplay } from '../write/display.js';
import { writeCondition, writePlain } from '../write/write.js';
import type {
  Assertion,
  Clauses,
  NameInfo,
  NestedFormulas,
  RangeClause,
  Sheet,
  Statement,
} from './statement.js';

/** One name with its kind, its index positions, and what was doubtful about it. */
export interface NameReading {
  readonly name: string;
  readonly role: NameInfo['role'];
  /** Index positions above and below, as far as reading alone can tell. */
  readonly upper: number;
  readonly lower: number;
  readonly defined: boolean;
  readonly notes: readonly string[];
  /** The same in words: `w: a quantity with 1 index above and 2 below, not defined here`. */
  readonly text: string;
}

/** One statement as it was understood: `line 3: definition z_1 = w_1 x`. */
export interface StatementReading {
  readonly line: number;
  readonly text: string;
}

export interface SheetReading {
  readonly statements: readonly StatementReading[];
  readonly names: readonly NameReading[];
  readonly notes: Sheet['notes'];
}

/** All names of a scope and the notes about doubtful places. */
export function describeReading(sheet: Sheet): SheetReading {
  const names = [...sheet.names.values()].map((info): NameReading => {
    const { name, role, upper, lower, defined, notes } = info;
    return { name, role, upper, lower, defined, notes, text: inWords(info) };
  });
  const display: Display = {
    ...plainDisplay,
    upperSlots: (name) => sheet.names.get(name)?.upper ?? 0,
    isDeclared: (name) => sheet.names.has(name),
  };
  const statements = sheet.statements.map((statement) => ({
    line: statement.line,
    text: understood(statement, display),
  }));
  return { statements, names, notes: sheet.notes };
}

/** A statement in plain math, as it was read. */
function understood(statement: Statement, display: Display): string {
  const plain = (formula: Formula): string => writePlain(formula, display);
  const list = (formulas: readonly Formula[]): string => formulas.map(plain).join(', ');
  const asked = (asks: readonly { readonly formula: Formula }[]): string =>
    list(asks.map((ask) => ask.formula));
  const behind = (clauses: Pick<Clauses, 'ranges' | 'where'> & Partial<Clauses>): string =>
    clausesInWords(clauses, plain, (condition) => writeCondition(condition, display));
  switch (statement.kind) {
    case 'definition': {
      const sides = [statement.left, statement.right, ...statement.chain].map(plain).join(' = ');
      return `definition ${sides}${behind(statement)}`;
    }
    case 'function': {
      const head = `${statement.name}(${statement.parameters.join(', ')})`;
      return statement.body
        ? `function ${head} = ${plain(statement.body)}`
        : `abstract function ${statement.name}`;
    }
    case 'declare': {
      const sizes = statement.sizes.map(plain).join(' x ');
      const shape = sizes === '' ? statement.set : `${statement.set}^(${sizes})`;
      return `shape ${list(statement.targets)} in ${shape}${behind({ ranges: statement.ranges, where: [] })}`;
    }
    case 'size':
      return `size ${plain(statement.target)} = ${statement.value}`;
    case 'network':
      return `network ${[statement.builder, ...statement.options].join(', ')}`;
    case 'assume':
      return `assume ${statement.conditions.map((one) => writeCondition(one, display)).join(', ')}${behind(statement.clauses)}`;
    case 'convention':
      return `convention ${statement.source.replace(/^\s*convention\s+/, '')}`;
    case 'given':
      return `given ${statement.items.map((item) => `${plain(item.target)} = ${nested(item.value, plain)}`).join(', ')}`;
    case 'find':
      return `find ${asked(statement.asks)}${behind(statement.clauses)}`;
    case 'shape':
      return `find shape of ${asked(statement.asks)}`;
    case 'simplify':
      return `simplify ${plain(statement.ask.formula)}${behind(statement.clauses)}`;
    case 'limit':
      return `limit ${plain(statement.ask.formula)} as ${statement.variable} -> ${plain(statement.to)}`;
    case 'count':
      return statement.from && statement.to
        ? `count paths from ${plain(statement.from)} to ${plain(statement.to)}`
        : 'count parameters';
    case 'update': {
      const rate = statement.rate ? `, eta = ${plain(statement.rate)}` : '';
      const what = statement.asks === 'all' ? 'all' : asked(statement.asks);
      return `update ${what} by ${statement.rule}${rate}${behind(statement.clauses)}`;
    }
    case 'expect':
      return `expect ${plain(statement.left.formula)} = ${plain(statement.right.formula)}${behind(statement.clauses)}`;
    case 'check': {
      const lines = statement.lines.map((line) =>
        'unread' in line
          ? `  line ${line.line}: not read`
          : `  line ${line.line}: ${line.left ? plain(line.left) : '...'} ${line.relation} ${plain(line.right)}${behind(line)}`,
      );
      return ['check', ...lines].join('\n');
    }
    case 'choose': {
      const options = statement.options.map(
        (option) =>
          `  line ${option.line}: ${option.label}) ${option.assertion ? assertion(option.assertion, plain) : 'not read'}`,
      );
      return [
        `choose ${plain(statement.ask.formula)}${behind(statement.clauses)}`,
        ...options,
      ].join('\n');
    }
    case 'claim':
      return `claim ${assertion(statement.assertion, plain)}${behind(statement.clauses)}`;
    case 'fill':
      return `fill ${plain(statement.left)} = ${plain(statement.right)}${behind(statement.clauses)}`;
    case 'draw':
      return statement.ask ? `draw ${plain(statement.ask.formula)}` : 'draw';
    case 'error':
      return 'not read';
  }
}

function clausesInWords(
  clauses: Pick<Clauses, 'ranges' | 'where'> & Partial<Clauses>,
  plain: (formula: Formula) => string,
  condition: (condition: Condition) => string,
): string {
  const range = ({ index, lower, upper }: RangeClause): string =>
    lower || upper
      ? `${index} = ${lower ? plain(lower) : ''}..${upper ? plain(upper) : ''}`
      : index;
  const restricted = [...clauses.ranges.map(range), ...clauses.where.map(condition)];
  const at = (clauses.at ?? []).map(({ target, value }) => `${plain(target)} = ${plain(value)}`);
  return [
    restricted.length > 0 ? ` for ${restricted.join(', ')}` : '',
    clauses.inTermsOf ? ` in terms of ${clauses.inTermsOf.map(plain).join(', ')}` : '',
    clauses.as ? ` as ${clauses.as}` : '',
    at.length > 0 ? ` at ${at.join(', ')}` : '',
  ].join('');
}

function assertion(stated: Assertion, plain: (formula: Formula) => string): string {
  switch (stated.kind) {
    case 'formula':
      return plain(stated.formula);
    case 'relations':
      return stated.parts
        .map(
          (part, at) =>
            `${at === 0 ? `${plain(part.left)} ` : ''}${part.relation} ${plain(part.right)}`,
        )
        .join(' ');
    case 'limit':
      return `${plain(stated.formula)} -> ${plain(stated.value)} when ${stated.variable} -> ${plain(stated.to)}`;
    case 'update':
      return `${plain(stated.target)} <- ${plain(stated.value)}`;
  }
}

const isList = (value: NestedFormulas): value is readonly NestedFormulas[] => Array.isArray(value);

const nested = (value: NestedFormulas, plain: (formula: Formula) => string): string =>
  isList(value) ? `[${value.map((item) => nested(item, plain)).join(', ')}]` : plain(value);

const article = (role: NameInfo['role']): string => (role === 'index' ? 'an' : 'a');

function inWords(info: NameInfo): string {
  const places = [
    info.upper > 0 ? `${info.upper} ${info.upper === 1 ? 'index' : 'indices'} above` : '',
    info.lower > 0 ? `${info.lower} ${info.lower === 1 ? 'index' : 'indices'} below` : '',
  ].filter((part) => part !== '');
  const indices = places.length > 0 ? ` with ${places.join(' and ')}` : '';
  const isOpen = !info.defined && (info.role === 'quantity' || info.role === 'function');
  return `${info.name}: ${article(info.role)} ${info.role}${indices}${isOpen ? ', not defined here' : ''}`;
}
