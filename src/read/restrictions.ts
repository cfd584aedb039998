/** Restrictions: `dC/dw |_{w = 0}` is `dC/dw at w = 0`. */
import { ReadError } from './problem.js';
import type { RawClause } from './raw.js';
import { isSign } from './signs-at-top.js';
import type { Token } from './token.js';

/**
 * The restrictions of a statement or line as `at` clauses, and the tokens without them; `undefined`
 * if there are none. A restriction of one side is one of the whole line: it says where both are met.
 */
export function takeRestrictions(
  tokens: readonly Token[],
): { readonly rest: readonly Token[]; readonly clauses: readonly RawClause[] } | undefined {
  const rest: Token[] = [];
  const clauses: RawClause[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const found = restrictionAt(tokens, at);
    if (found) {
      clauses.push({ kind: 'at', tokens: found.inside, place: tokens[at] as Token });
      at = found.last;
    } else rest.push(tokens[at] as Token);
  }
  return clauses.length > 0 ? { rest, clauses } : undefined;
}

/** Refuses a restriction of a part of a side. */
export function checkRestrictions(tokens: readonly Token[]): void {
  let depth = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (isSign(token, '(', '[', '{', '\\{')) depth += 1;
    if (isSign(token, ')', ']', '}', '\\}')) depth -= 1;
    const found = restrictionAt(tokens, at);
    if (found) refusePart(tokens[found.last + 1], token, depth);
  }
}

/** A point is one of a whole side: a factor or term behind it would be taken there as well. */
function refusePart(next: Token | undefined, bar: Token, depth: number): void {
  const goesOn =
    next !== undefined &&
    (['number', 'name', 'command'].includes(next.kind) ||
      (next.kind === 'word' && !/^(for|if|when|where|as|at|in|by|and)$/.test(next.text)) ||
      isSign(next, '+', '-', '*', '/', '.*', './', '(', '[', '{', '\\{'));
  if (depth > 0 || (goesOn && !isSign(next, '=>')))
    throw new ReadError(
      bar,
      'a bar with a point holds for a whole side of a line, and here only for a part of it; give that part a line of its own, or put the numbers in',
    );
}

/** A bar with an equation below it; an upper end (`|_{x=0}^{x=1}`) is something else. */
function restrictionAt(
  tokens: readonly Token[],
  at: number,
): { readonly inside: readonly Token[]; readonly last: number } | undefined {
  const bar = tokens[at];
  const below = tokens[at + 1];
  const open = tokens[at + 2];
  if (!bar || !below || !open) return undefined;
  if (!isSign(bar, '|') || !isSign(below, '_') || !isSign(open, '{', '(')) return undefined;
  let depth = 0;
  for (let last = at + 2; last < tokens.length; last += 1) {
    const token = tokens[last] as Token;
    if (isSign(token, '(', '[', '{', '\\{')) depth += 1;
    if (isSign(token, ')', ']', '}', '\\}')) depth -= 1;
    if (depth > 0) continue;
    const inside = tokens.slice(at + 3, last);
    const after = tokens[last + 1];
    const isOpen = after !== undefined && isSign(after, '^');
    return inside.some((part) => isSign(part, '=')) && !isOpen ? { inside, last } : undefined;
  }
  return undefined;
}
