/** Chains of relations, and what options and claims may be. */
import type { Formula, Relation } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { contains } from '../expression/walk.js';
import { described } from './cursor.js';
import type { Parser } from './grammar.js';
import { topSign } from './signs-at-top.js';
import type { Assertion, Equation } from './statement.js';
import type { Token } from './token.js';

const RELATION_SIGNS = ['=', '!=', '<', '<=', '>', '>=', ':='];

/** Pieces between relations at the top, with the relations. */
export interface Chain {
  /** The first piece is empty where the line starts with a relation. */
  readonly pieces: readonly (readonly Token[])[];
  readonly signs: readonly Token[];
}

export function splitChain(tokens: readonly Token[]): Chain {
  const pieces: (readonly Token[])[] = [];
  const signs: Token[] = [];
  let rest = tokens;
  for (;;) {
    const at = topSign(rest, ...RELATION_SIGNS);
    if (at < 0) {
      pieces.push(rest);
      return { pieces, signs };
    }
    pieces.push(rest.slice(0, at));
    signs.push(rest[at] as Token);
    rest = rest.slice(at + 1);
  }
}

export const relationOf = (token: Token): Relation =>
  token.text === ':=' ? '=' : (token.text as Relation);

/** A side of a relation; a missing one is an error that says so. */
export function sideOf(
  parser: Parser,
  tokens: readonly Token[],
  sign: Token,
  inside: Parameters<Parser['whole']>[2] = {},
): Formula {
  if (tokens.length === 0)
    throw parser.cursor.error(`expected a formula beside this "${sign.text}"`, sign);
  return parser.whole(tokens, sign, inside);
}

/** `A = B = C`, `A -> B when z -> infinity`, `w <- w - eta dL/dw`, or a plain formula. */
export function readAssertion(
  parser: Parser,
  tokens: readonly Token[],
  place: Token,
  when: readonly Token[] | undefined,
): Assertion {
  const update = topSign(tokens, '<-');
  if (update > 0) {
    const sign = tokens[update] as Token;
    return {
      kind: 'update',
      target: sideOf(parser, tokens.slice(0, update), sign),
      value: sideOf(parser, tokens.slice(update + 1), sign),
    };
  }
  const arrow = topSign(tokens, '->');
  if (arrow > 0) {
    const sign = tokens[arrow] as Token;
    if (!when) throw parser.cursor.error('expected "when z -> infinity" after a limit', sign);
    const { variable, to } = readApproach(parser, when, sign);
    return {
      kind: 'limit',
      formula: sideOf(parser, tokens.slice(0, arrow), sign),
      value: sideOf(parser, tokens.slice(arrow + 1), sign),
      variable,
      to,
    };
  }
  const { pieces, signs } = splitChain(tokens);
  if (signs.length === 1 && signs[0]?.text === ':=') {
    const [target, value] = pieces.map((piece) => sideOf(parser, piece, signs[0] as Token));
    if (target && value && readsItself(target, value)) return { kind: 'update', target, value };
  }
  if (signs.length === 0) return { kind: 'formula', formula: parser.whole(tokens, place) };
  const sides = pieces.map((piece, at) =>
    sideOf(parser, piece, signs[Math.min(at, signs.length - 1)] as Token),
  );
  const parts = signs.map(
    (sign, at): Equation => ({
      left: sides[at] as Formula,
      relation: relationOf(sign),
      right: sides[at + 1] as Formula,
    }),
  );
  return { kind: 'relations', parts };
}

/** `w := w - ...`: a name that takes its place has its old value on the right. */
export const readsItself = (target: Formula, value: Formula): boolean =>
  target.kind === 'symbol' && contains(value, (part) => same(part, target));

/** `z -> infinity`. */
export function readApproach(
  parser: Parser,
  tokens: readonly Token[],
  place: Token,
): { readonly variable: string; readonly to: Formula; readonly side: 'left' | 'right' | 'both' } {
  const arrow = topSign(tokens, '->');
  const variable = tokens[0];
  if (
    arrow !== 1 ||
    variable === undefined ||
    (variable.kind !== 'word' && variable.kind !== 'name')
  )
    throw parser.cursor.error(
      `expected VARIABLE -> VALUE, such as z -> infinity, met ${described(tokens[0] ?? place)}`,
      tokens[0] ?? place,
    );
  let target = tokens.slice(2);
  let side: 'left' | 'right' | 'both' = 'both';
  // `0+`, `0^+`: from the right.
  const last = target.at(-1);
  if (target.length > 1 && last?.kind === 'operator' && (last.text === '+' || last.text === '-')) {
    side = last.text === '+' ? 'right' : 'left';
    target = target.slice(0, -1);
    if (target.at(-1)?.text === '^') target = target.slice(0, -1);
  }
  const from = target.findIndex((token) => token.text === 'from');
  if (from > 0) {
    const word = target.at(-1)?.text;
    side = word === 'right' || word === 'above' ? 'right' : 'left';
    target = target.slice(0, from);
  }
  return { variable: variable.text, to: parser.whole(target, place), side };
}
