/** Blanks of a `fill` statement as exercises print them: `___`, `__`, `?`, `[1]`, `[?]`, `[ ]`. */
import { isOperator, type Token } from './token.js';

const isBlank = (token: Token): boolean => token.kind === 'command' && token.text === 'blank';

/** The tokens with such a sign as a blank, unless one is written with three lines. */
export function withBlanks(tokens: readonly Token[]): readonly Token[] {
  if (tokens.some(isBlank)) return tokens;
  const found: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const length = lengthAt(tokens, at);
    const token = tokens[at] as Token;
    found.push(length > 0 ? { ...token, kind: 'command', text: 'blank' } : token);
    at += Math.max(0, length - 1);
  }
  return found;
}

/** How many tokens make a blank here; 0 if none do. */
function lengthAt(tokens: readonly Token[], at: number): number {
  const [first, second, third] = tokens.slice(at, at + 3);
  if (isOperator(first, '?')) return 1;
  const isBehindName = at > 0 && !first?.spaced;
  if (isOperator(first, '_') && isOperator(second, '_')) return isBehindName ? 0 : 2;
  if (!isOperator(first, '[')) return 0;
  if (isOperator(second, ']')) return 2;
  const isLabel = second?.kind === 'number' || isOperator(second, '?') || isOperator(second, '_');
  return isLabel && isOperator(third, ']') ? 3 : 0;
}
