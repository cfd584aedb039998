/** What may open a line of a check: words that say nothing, and a condition. */
import { topSign } from './signs-at-top.js';
import type { Token } from './token.js';

export const isWordLike = (token: Token | undefined, pattern: RegExp): boolean =>
  token !== undefined &&
  (token.kind === 'word' || token.kind === 'text') &&
  pattern.test(token.text.toLowerCase().trim());

/** The line behind `\Rightarrow`, `\therefore` or `so`. */
export function withoutLeadingWords(tokens: readonly Token[]): readonly Token[] {
  let start = 0;
  while (start < tokens.length) {
    const token = tokens[start] as Token;
    const skip =
      (token.kind === 'operator' && (token.text === '=>' || token.text === ',')) ||
      (token.kind === 'text' &&
        isWordLike(
          token,
          /^(so|thus|hence|then|therefore|and|we (get|have)|now|also|where)[ ,:]*$/,
        ));
    if (!skip) break;
    start += 1;
  }
  return tokens.slice(start);
}

export interface LeadingCondition {
  /** `if`, `for` and the like. */
  readonly word: Token;
  readonly isFor: boolean;
  readonly inside: readonly Token[];
  readonly rest: readonly Token[];
}

/** `if i = j:`, `for l < L:`, `\text{if } i \neq j:` in front of a line. */
export function splitLeadingCondition(tokens: readonly Token[]): LeadingCondition | undefined {
  const word = tokens[0];
  if (!word || !isWordLike(word, /^(if|for|when|where|case|for all|for each)[ :]*$/))
    return undefined;
  if (word.kind === 'word' && word.text === 'case') return undefined;
  const at = topSign(tokens, ':', ',');
  const colon = tokens.findIndex((token) => token.kind === 'operator' && token.text === ':');
  const cut = colon > 0 ? colon : at > 0 ? at : tokens.length;
  return {
    word,
    isFor: /^for/.test(word.text.toLowerCase()),
    inside: tokens.slice(1, cut),
    rest: tokens.slice(cut + 1),
  };
}
