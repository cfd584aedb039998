/** Brackets, fractions, roots, cases, matrices, indicators. */
import {
  type Condition,
  call,
  cases,
  type Formula,
  indicator,
  isNumber,
  number,
  operation,
  rawMultiply,
  rawPower,
} from '../expression/formula.js';
import { readCondition } from './conditions.js';
import { described } from './cursor.js';
import { readDerivativeFraction } from './derivatives.js';
import type { Parser } from './grammar.js';
import { splitAtCommas } from './indices.js';
import { takeScripts } from './scripts.js';
import { standOutside } from './signs-at-top.js';
import type { Token } from './token.js';

const RELATIONS = ['=', '!=', '<', '<=', '>', '>=', 'in'];

const hasRelation = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => token.kind === 'operator' && RELATIONS.includes(token.text));

/** What stands in a bracket of any kind. */
export function readBracket(parser: Parser): Formula {
  const { cursor } = parser;
  const open = cursor.peek();
  if (open.text === '|' || open.text === '||') return readBars(parser, open);
  const inside = cursor.group();
  if (inside.length === 0) throw cursor.error('expected a formula between the brackets', open);
  if (open.text === '[' && hasRelation(inside))
    return indicator(readCondition(parser, withoutBrackets(inside), open));
  if (open.text === '\\langle') {
    const parts = splitAtCommas(inside);
    if (parts.length !== 2)
      throw cursor.error('expected two vectors between the angle brackets', open);
    const [left, right] = parts.map((part) => parser.whole(part, open));
    return rawMultiply([operation('transpose', left as Formula), right as Formula]);
  }
  const parts = splitAtCommas(inside);
  if (parts.length > 1) {
    if (open.text !== '[' && open.text !== '(')
      throw cursor.error('expected one formula between the brackets', open);
    return operation('list', ...parts.map((part) => parser.whole(part, open)));
  }
  return parser.whole(inside, open);
}

/** A condition in Iverson's double brackets (`[[z > 0]]`) without the inner ones. */
function withoutBrackets(inside: readonly Token[]): readonly Token[] {
  const outside = standOutside(inside);
  const isWrapped =
    inside[0]?.text === '[' && inside.at(-1)?.text === ']' && !outside.some((stands) => stands);
  return isWrapped ? inside.slice(1, -1) : inside;
}

function readBars(parser: Parser, open: Token): Formula {
  const { cursor } = parser;
  cursor.take();
  // Where the other half says that it closes, bars that say nothing are those of parts.
  const isSided = open.side === 'open' && cursor.rest().some(({ side }) => side === 'close');
  const inside = parser.between(isSided ? 'sided' : open.text, () => parser.expression());
  if (!cursor.is(open.text))
    throw cursor.error(`expected the closing "${open.text}", met ${described(cursor.peek())}`);
  cursor.take();
  if (open.text === '|') return call('abs', [inside]);
  const mark = cursor.mark();
  const [script] = cursor.is('_')
    ? takeScripts(cursor, parser.context.vocabulary, parser.context.notation)
    : [];
  if (!script) return operation('norm', inside);
  // Only the subscript belongs to the norm; a power that follows is read after it.
  cursor.reset(mark);
  cursor.take();
  let text: string;
  if (cursor.is('{'))
    text = cursor
      .group()
      .map((token) => token.text)
      .join('');
  else {
    cursor.split(1);
    text = cursor.take().text;
  }
  const kind = ({ '1': 'norm1', '2': 'norm', F: 'frobenius' } as const)[text];
  if (!kind) throw cursor.error(`expected the norm 1, 2 or F, met "${text}"`, script.place);
  return operation(kind, inside);
}

/** The argument of a command: a group, or one sign. */
function takeArgument(parser: Parser): readonly Token[] {
  const { cursor } = parser;
  if (cursor.is('{')) return cursor.group();
  const token = cursor.peek();
  if (token.kind === 'end')
    throw cursor.error('expected the argument of a LaTeX command, met the end of the formula');
  if (token.kind === 'word' || token.kind === 'number') cursor.split(1);
  return [cursor.take()];
}

export function readFraction(parser: Parser): Formula {
  const place = parser.cursor.take();
  const above = takeArgument(parser);
  const below = takeArgument(parser);
  const derivative = readDerivativeFraction(parser, above, below, place);
  if (derivative) return derivative;
  const numerator = parser.whole(above, place);
  const denominator = parser.whole(below, place);
  return quotient(numerator, denominator);
}

/** A quotient as written; of two numbers it is a number. */
function quotient(above: Formula, below: Formula): Formula {
  if (above.kind === 'number' && below.kind === 'number' && !below.value.equals(0))
    return number(above.value.div(below.value));
  const reciprocal = rawPower(below, number(-1));
  return isNumber(above, 1) ? reciprocal : rawMultiply([above, reciprocal]);
}

export function readRoot(parser: Parser): Formula {
  const { cursor } = parser;
  const place = cursor.take();
  const order = cursor.is('[') ? parser.whole(cursor.group(), place) : undefined;
  const inside = cursor.is('(')
    ? parser.whole(cursor.group(), place)
    : parser.whole(takeArgument(parser), place);
  if (order === undefined || (order.kind === 'number' && order.value.equals(2)))
    return call('sqrt', [inside]);
  if (order.kind === 'number' && order.value.equals(3)) return call('cbrt', [inside]);
  return rawPower(inside, quotient(number(1), order));
}

/** An upright or bold one: an indicator if a condition follows, else the family of ones. */
export function readBold(parser: Parser, place: Token): Formula {
  const { cursor } = parser;
  const inBraces =
    cursor.is('_') || cursor.is('\\{') || cursor.is('{') || cursor.is('[') || cursor.is('(');
  if (inBraces) {
    const mark = cursor.mark();
    if (cursor.is('_')) cursor.take();
    const open = cursor.peek();
    let inside =
      cursor.is('{') || cursor.is('\\{') || cursor.is('[') || cursor.is('(')
        ? cursor.group()
        : undefined;
    // `\mathbf{1}_{\{z > 0\}}`
    if (inside?.[0]?.text === '\\{' && inside.at(-1)?.text === '\\}') inside = inside.slice(1, -1);
    if (inside && hasRelation(inside)) return indicator(readCondition(parser, inside, open));
    cursor.reset(mark);
    if (place.kind === 'number')
      throw cursor.error('expected a condition between the braces, such as 1{z > 0}', open);
  }
  return operation('ones');
}

/** Rows of `cases`: value, then condition; also `cases(value if condition, ... otherwise)`. */
export function readCases(parser: Parser): Formula {
  const { cursor } = parser;
  const place = cursor.take();
  if (place.kind === 'command') {
    const rows = environmentRows(parser, place, 'cases').map((row) => splitAt(row, '&'));
    return casesOf(
      parser,
      rows.map((row) => row.flat()),
      place,
    );
  }
  return casesOf(parser, splitAtCommas(cursor.group(), [',', ';']), place);
}

const isWord = (token: Token, words: readonly string[]): boolean =>
  (token.kind === 'word' || token.kind === 'text' || token.kind === 'name') &&
  words.includes(token.text.toLowerCase().replace(/[,.:]/g, '').trim());

function casesOf(parser: Parser, rows: readonly (readonly Token[])[], place: Token): Formula {
  const branches: { when: Condition; value: Formula }[] = [];
  let otherwise: Formula | undefined;
  for (const row of rows) {
    if (row.length === 0) continue;
    const outside = standOutside(row);
    const find = (isMeant: (token: Token) => boolean): number =>
      row.findIndex((token, at) => outside[at] && isMeant(token));
    const cut = find((token) =>
      isWord(token, ['if', 'for', 'when', 'otherwise', 'else', 'if and only if']),
    );
    const comma = find((token) => token.kind === 'operator' && token.text === ',');
    const relation = find((token) => token.kind === 'operator' && RELATIONS.includes(token.text));
    const end = cut >= 0 ? cut : comma >= 0 ? comma : guessedCut(row, relation);
    const valueTokens = row
      .slice(0, end)
      .filter((token, at, all) => !(token.text === ',' && at === all.length - 1));
    const value = parser.whole(valueTokens, place);
    const marker = row[end];
    if (marker === undefined || isWord(marker, ['otherwise', 'else'])) {
      otherwise = value;
      continue;
    }
    const rest = row
      .slice(end)
      .filter(
        (token, at) =>
          !outside[end + at] ||
          (!isWord(token, ['if', 'for', 'when']) && token.text !== ',') ||
          hasRelation([token]),
      );
    const restOutside = standOutside(rest);
    const condition = rest.filter(
      (token, at) => !restOutside[at] || !isWord(token, ['otherwise', 'else']),
    );
    if (condition.length === 0) otherwise = value;
    else branches.push({ when: readCondition(parser, condition, place), value });
  }
  if (branches.length === 0)
    throw parser.cursor.error('expected cases of the form: value if condition', place);
  return cases(branches, otherwise);
}

/** Without a word between them, the condition is the last thing before its relation. */
const guessedCut = (row: readonly Token[], relation: number): number =>
  relation > 0 ? relation - 1 : row.length;

function splitAt(tokens: readonly Token[], sign: string): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'operator' && token.text === sign) parts.push([]);
    else (parts.at(-1) as Token[]).push(token);
  }
  // A cell mark is a comma between value and condition.
  return parts.map((part, at) => {
    const first = part[0];
    return at > 0 && first ? [{ ...first, kind: 'operator' as const, text: ',' }, ...part] : part;
  });
}

/** The rows of an environment, up to its end. */
function environmentRows(
  parser: Parser,
  place: Token,
  name: string,
): readonly (readonly Token[])[] {
  const { cursor } = parser;
  const rows: Token[][] = [[]];
  let depth = 0;
  while (!cursor.atEnd) {
    const token = cursor.take();
    if (token.kind === 'command' && token.text.startsWith('begin:')) depth += 1;
    if (token.kind === 'command' && token.text.startsWith('end:')) {
      if (depth === 0) return rows.filter((row) => row.length > 0);
      depth -= 1;
    }
    if (depth === 0 && token.kind === 'operator' && token.text === '\\\\') rows.push([]);
    else (rows.at(-1) as Token[]).push(token);
  }
  throw cursor.error(`\\begin{${name}} is never closed: expected \\end{${name}}`, place);
}

export function readMatrix(parser: Parser): Formula {
  const place = parser.cursor.take();
  const rows = environmentRows(parser, place, place.text.slice('begin:'.length)).map((row) =>
    splitAt(row, '&').map((cell, at) => parser.whole(at > 0 ? cell.slice(1) : cell, place)),
  );
  const lists = rows.map((row) =>
    row.length === 1 && rows.length > 1 ? (row[0] as Formula) : operation('list', ...row),
  );
  return operation('list', ...lists);
}
