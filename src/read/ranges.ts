/** Ranges of indices: `for l = 1..L`, `(l = 1, ..., L)`, `l < L`. */
import type { Condition, Formula } from '../expression/formula.js';
import { readCondition } from './conditions.js';
import type { Parser } from './grammar.js';
import { splitAtCommas } from './indices.js';
import { ReadError } from './problem.js';
import type { RangeClause } from './statement.js';
import type { Token } from './token.js';

export const word = (token: Token | undefined): string | undefined =>
  token &&
  (token.kind === 'word' || token.kind === 'text' || (token.kind === 'name' && token.latex))
    ? token.text
        .toLowerCase()
        .replace(/[,.:;]/g, '')
        .trim()
    : undefined;

export const opens = ['(', '[', '{', '\\{'];

export const closes = [')', ']', '}', '\\}'];

const isName = (token: Token | undefined): boolean =>
  token?.kind === 'word' || token?.kind === 'name';

/** Whether tokens are a range: `l = 1..L`, `l = 1, ..., L`, `i, j = 1..n`. */
export const isRange = (tokens: readonly Token[]): boolean => {
  const sign = tokens.findIndex(
    (token) => token.kind === 'operator' && (token.text === '=' || token.text === 'in'),
  );
  if (sign < 1) return false;
  const head = tokens.slice(0, sign);
  if (!head.every((token) => isName(token) || (token.kind === 'operator' && token.text === ',')))
    return false;
  return tokens
    .slice(sign)
    .some((token) => token.kind === 'operator' && (token.text === '..' || token.text === '...'));
};

/** Ranges and conditions of a `for` clause: `l = 1..L`, `l < L`, `i, j = 1..n`, `i != j`. */
export function readFor(
  parser: Parser,
  tokens: readonly Token[],
  place: Token,
): { readonly ranges: readonly RangeClause[]; readonly where: readonly Condition[] } {
  const ranges: RangeClause[] = [];
  const where: Condition[] = [];
  for (const piece of piecesOf(tokens)) {
    const { names, sign, rest } = piece;
    if (sign === undefined || names === undefined) {
      if (piece.all.length === 1 && isName(piece.all[0])) {
        ranges.push({ index: (piece.all[0] as Token).text, lower: undefined, upper: undefined });
        continue;
      }
      where.push(readCondition(indexParser(parser, piece.all, place), piece.all, place));
      continue;
    }
    const bounds = boundsOf(parser, rest, place);
    for (const index of names) ranges.push({ index, ...bounds });
  }
  return { ranges, where };
}

const indexParser = (parser: Parser, tokens: readonly Token[], place: Token): Parser =>
  parser.inner(tokens, place, { insideIndex: true });

interface Piece {
  readonly all: readonly Token[];
  readonly names: readonly string[] | undefined;
  readonly sign: Token | undefined;
  readonly rest: readonly Token[];
}

/** Cuts `i = 1..n, j = 1, ..., m, i != j` into its parts. */
function piecesOf(tokens: readonly Token[]): readonly Piece[] {
  const parts = splitAtCommas(
    tokens.map((token) =>
      word(token) === 'and' ? { ...token, kind: 'operator' as const, text: ',' } : token,
    ),
  ).filter((part) => part.length > 0);
  const groups: Token[][] = [];
  for (const part of parts) {
    const previous = groups.at(-1);
    const hasSign = part.some(
      (token) => token.kind === 'operator' && /^(=|in|!=|<=?|>=?)$/.test(token.text),
    );
    const previousOpen = previous && (isOnlyNames(previous) || (!hasSign && hasEquality(previous)));
    if (previous && previousOpen) {
      previous.push({ ...(part[0] as Token), kind: 'operator', text: ',' }, ...part);
    } else groups.push([...part]);
  }
  return groups.flatMap((all): readonly Piece[] => {
    const at = all.findIndex(
      (token) => token.kind === 'operator' && (token.text === '=' || token.text === 'in'),
    );
    const inWord = all.findIndex((token) => token.kind === 'word' && token.text === 'in');
    const cut = at >= 0 ? at : inWord;
    const head = all.slice(0, Math.max(0, cut));
    const rest = all.slice(cut + 1);
    const isRangeLike =
      cut > 0 &&
      isOnlyNames(head) &&
      rest.some((token) => token.text === '..' || token.text === '...');
    if (!isRangeLike) {
      // `i, j` without a range are two letters.
      if (isOnlyNames(all))
        return all
          .filter(isName)
          .map((token) => ({ all: [token], names: undefined, sign: undefined, rest: [] }));
      return [{ all, names: undefined, sign: undefined, rest: [] }];
    }
    return [{ all, names: head.filter(isName).map((token) => token.text), sign: all[cut], rest }];
  });
}

const isOnlyNames = (tokens: readonly Token[]): boolean =>
  tokens.length > 0 &&
  tokens.every((token) => isName(token) || (token.kind === 'operator' && token.text === ','));

const hasEquality = (tokens: readonly Token[]): boolean =>
  tokens.some((token) => token.kind === 'operator' && (token.text === '=' || token.text === 'in'));

function boundsOf(
  parser: Parser,
  tokens: readonly Token[],
  place: Token,
): { readonly lower: Formula; readonly upper: Formula } {
  const unwrapped =
    tokens.length > 1 &&
    tokens[0]?.kind === 'operator' &&
    opens.includes(tokens[0].text) &&
    closes.includes(tokens.at(-1)?.text ?? '')
      ? tokens.slice(1, -1)
      : tokens;
  const read = (part: readonly Token[]): Formula => {
    if (part.length === 0)
      throw new ReadError(place, 'expected both ends of the range, such as l = 1..L');
    return parser.whole(part, place, { insideIndex: true });
  };
  const dots = unwrapped.findIndex(
    (token) => token.kind === 'operator' && (token.text === '..' || token.text === '...'),
  );
  if (dots >= 0 && unwrapped[dots + 1]?.text !== ',' && unwrapped[dots - 1]?.text !== ',')
    return { lower: read(unwrapped.slice(0, dots)), upper: read(unwrapped.slice(dots + 1)) };
  const parts = splitAtCommas(unwrapped);
  const first = parts[0] as readonly Token[];
  const last = parts.at(-1) as readonly Token[];
  const low = read(first);
  const high = read(last);
  // `l = L, L-1, ..., 1` runs down.
  const isDown = low.kind !== 'number' && high.kind === 'number';
  return isDown ? { lower: high, upper: low } : { lower: low, upper: high };
}
