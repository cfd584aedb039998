/** Index letters with a prime: `\sum_{w'} u_{w'}` runs over another letter than `w`. */
import type { Token } from './token.js';

const isLetter = (token: Token): boolean =>
  (token.kind === 'word' || token.kind === 'name') && /^[a-zA-Z]$/.test(token.text);

/**
 * Joins a letter and the primes after it to one word inside the brackets of a subscript, where no
 * prime can mean a transpose or a derivative.
 */
export function joinPrimedIndices(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  /** For each open brace, whether it is a subscript's. */
  const braces: boolean[] = [];
  for (const token of tokens) {
    const before = joined.at(-1);
    if (token.text === '{') braces.push(before?.text === '_');
    if (token.text === '}') braces.pop();
    const isPrime = token.kind === 'operator' && /^'+$/.test(token.text);
    if (isPrime && braces.at(-1) === true && before && isLetter(before) && !token.spaced) {
      const text = before.text + token.text;
      joined[joined.length - 1] = { ...before, text, length: before.length + token.length };
    } else joined.push(token);
  }
  return joined;
}
