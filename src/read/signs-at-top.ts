import type { Script } from './scripts.js';
import type { Token } from './token.js';

export const isSign = (token: Token, ...texts: string[]): boolean =>
  token.kind === 'operator' && texts.includes(token.text);

/** The first sign of that kind outside of brackets. */
export function topSign(tokens: readonly Token[], ...texts: string[]): number {
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'command' && token.text.startsWith('begin:')) depth += 1;
    if (token.kind === 'command' && token.text.startsWith('end:')) depth -= 1;
    if (token.kind !== 'operator' && !(token.kind === 'word' && token.text === 'in')) continue;
    if (['(', '[', '{', '\\{'].includes(token.text)) depth += 1;
    else if ([')', ']', '}', '\\}'].includes(token.text)) depth -= 1;
    else if (depth === 0 && texts.includes(token.text)) return at;
  }
  return -1;
}

/** `4 x 3`, `n \times m`, `n, m`. */
export function splitAtSize(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  for (const token of tokens) {
    const between =
      isSign(token, '*', ',') ||
      (token.kind === 'word' && token.text === 'x' && (parts.at(-1) as Token[]).length > 0);
    if (between) parts.push([]);
    else (parts.at(-1) as Token[]).push(token);
  }
  return parts.filter((part) => part.length > 0);
}

export const textOf = (tokens: readonly Token[]): string =>
  tokens.map((token) => token.text).join('');

export const lowerOf = (scripts: readonly Script[]): readonly Script[] =>
  scripts.filter((script) => !script.above);

/** Signs that may stand in an index form. */
export const isIndexForm = (tokens: readonly Token[]): boolean =>
  tokens.every(
    (token) =>
      token.kind === 'word' ||
      token.kind === 'number' ||
      token.kind === 'name' ||
      isSign(token, '+', '-'),
  );

const OPENING: readonly string[] = ['(', '[', '{', '\\{'];
const CLOSING: readonly string[] = [')', ']', '}', '\\}'];

/** Which tokens stand in no bracket and no environment; brackets themselves do not. */
export function standOutside(tokens: readonly Token[]): readonly boolean[] {
  let depth = 0;
  return tokens.map(({ kind, text }) => {
    const opens =
      kind === 'operator'
        ? OPENING.includes(text)
        : kind === 'command' && text.startsWith('begin:');
    const closes =
      kind === 'operator' ? CLOSING.includes(text) : kind === 'command' && text.startsWith('end:');
    if (opens) depth += 1;
    const outside = depth === 0 && !closes;
    if (closes) depth -= 1;
    return outside;
  });
}
