/** What stands at the end of a line and says nothing. */
import type { Token } from './token.js';

/** The tokens before those at the end that say nothing. */
export function withoutTrailing(
  tokens: readonly Token[],
  saysNothing: (token: Token) => boolean,
): readonly Token[] {
  let end = tokens.length;
  while (end > 0 && saysNothing(tokens[end - 1] as Token)) end -= 1;
  return tokens.slice(0, end);
}
