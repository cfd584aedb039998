/** Conditions on numbers and indices. */
import { type Condition, compare, type Formula, type Relation } from '../expression/formula.js';
import { described } from './cursor.js';
import type { Parser } from './grammar.js';
import { standOutside } from './signs-at-top.js';
import type { Token } from './token.js';

const RELATIONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);

/** A condition; parts joined by `and`, `or`, commas; chains `0 < x < 1` are split. */
export function readCondition(parser: Parser, tokens: readonly Token[], place: Token): Condition {
  const alternatives = splitAtWord(tokens, 'or').map((part) => {
    const parts = splitAtWord(part, 'and').flatMap((piece) => readRelations(parser, piece, place));
    return parts.length === 1 ? (parts[0] as Condition) : joined('and', parts);
  });
  return alternatives.length === 1 ? (alternatives[0] as Condition) : joined('or', alternatives);
}

const joined = (kind: 'and' | 'or', parts: readonly Condition[]): Condition =>
  Object.freeze({ kind, parts: Object.freeze([...parts]) });

function splitAtWord(tokens: readonly Token[], word: 'and' | 'or'): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  const outside = standOutside(tokens);
  for (const [at, token] of tokens.entries()) {
    const isWord =
      outside[at] &&
      (((token.kind === 'word' || token.kind === 'text' || token.kind === 'operator') &&
        token.text === word) ||
        (word === 'and' &&
          token.kind === 'operator' &&
          (token.text === ',' || token.text === ';')));
    if (isWord) parts.push([]);
    else (parts.at(-1) as Token[]).push(token);
  }
  return parts.filter((part) => part.length > 0);
}

function readRelations(
  parser: Parser,
  tokens: readonly Token[],
  place: Token,
): readonly Condition[] {
  const inner = parser.inner(tokens, place);
  const { cursor } = inner;
  let left = inner.expression();
  const found: Condition[] = [];
  while (!cursor.atEnd) {
    const token = cursor.take();
    if (token.kind === 'operator' && token.text === 'in') {
      found.push(member(left, inner));
      continue;
    }
    if (token.kind === 'word' && token.text === 'in') {
      found.push(member(left, inner));
      continue;
    }
    if (token.kind !== 'operator' || !RELATIONS.has(token.text))
      throw cursor.error(`expected a relation such as = or <, met ${described(token)}`, token);
    const right = inner.expression();
    found.push(compare(left, token.text as Relation, right));
    left = right;
  }
  if (found.length === 0)
    throw cursor.error('expected a condition such as i != j here', tokens[0] ?? place);
  return found;
}

/** `i in S`, `i in {1, 2}`. */
function member(element: Formula, parser: Parser): Condition {
  const { cursor } = parser;
  if (cursor.is('{') || cursor.is('\\{')) {
    const place = cursor.peek();
    const tokens = cursor.group();
    const items: Token[][] = [[]];
    for (const token of tokens)
      if (token.kind === 'operator' && token.text === ',') items.push([]);
      else (items.at(-1) as Token[]).push(token);
    const dots = tokens.some((token) => token.text === '...' || token.text === '..');
    if (dots) {
      const last = items.at(-1) as Token[];
      const cut = tokens.findIndex((token) => token.text === '..');
      const lower = cut >= 0 ? tokens.slice(0, cut) : (items[0] as Token[]);
      const upper = cut >= 0 ? tokens.slice(cut + 1) : last;
      return joined('and', [
        compare(element, '>=', parser.whole(lower, place)),
        compare(element, '<=', parser.whole(upper, place)),
      ]);
    }
    const equal = items.map((item) => compare(element, '=', parser.whole(item, place)));
    return equal.length === 1 ? (equal[0] as Condition) : joined('or', equal);
  }
  const token = cursor.take();
  if (token.kind !== 'word' && token.kind !== 'name')
    throw cursor.error(`expected the name of a set of indices, met ${described(token)}`, token);
  return Object.freeze({ kind: 'member', element, set: token.text });
}
