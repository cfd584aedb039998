/** What scripts mean: indices, labels, powers, transposes. */
import { type Formula, symbol, whole } from '../expression/formula.js';
import type { Parser } from './grammar.js';
import type { Script } from './scripts.js';
import { standOutside } from './signs-at-top.js';
import type { Token } from './token.js';
import type { Vocabulary } from './vocabulary.js';

/** The tokens between commas (and semicolons) at the top. */
export function splitAtCommas(
  tokens: readonly Token[],
  separators = [',', ';'],
): readonly (readonly Token[])[] {
  const parts: Token[][] = [[]];
  const outside = standOutside(tokens);
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as Token;
    if (outside[at] && token.kind === 'operator' && separators.includes(token.text)) {
      parts.push([]);
      continue;
    }
    (parts.at(-1) as Token[]).push(token);
  }
  return parts;
}

/** Whether the tokens are letters and digits side by side, without any sign. */
export const isRun = (tokens: readonly Token[]): boolean =>
  tokens.length > 0 &&
  tokens.every(
    (token) => token.kind === 'word' || token.kind === 'number' || token.kind === 'name',
  );

/** The letters and digits of a run, one by one; a named letter (`\alpha`) is one. */
export function lettersOf(tokens: readonly Token[]): readonly Token[] {
  return tokens.flatMap((token) => {
    if (token.kind === 'name' || token.text.length === 1) return [token];
    return [...token.text].map(
      (letter, place): Token => ({
        ...token,
        kind: /\d/.test(letter) ? 'number' : 'word',
        text: letter,
        column: token.column + place,
        length: 1,
        spaced: place === 0 && token.spaced,
      }),
    );
  });
}

/** The parts of an upper script: bracketed indices first, then what follows them. */
export interface UpperParts {
  readonly indices: readonly (readonly Token[])[];
  readonly rest: readonly Token[];
}

/** Splits `(2)2`, `(l)\top`, `[l](i)`, `<t>` into indices in brackets and what follows. */
export function upperParts(tokens: readonly Token[]): UpperParts {
  const indices: (readonly Token[])[] = [];
  let at = 0;
  const closing: Record<string, string> = {
    '(': ')',
    '[': ']',
    '<': '>',
    '\\langle': '\\rangle',
    '\\{': '\\}',
  };
  for (;;) {
    const open = tokens[at];
    const close = open?.kind === 'operator' ? closing[open.text] : undefined;
    if (close === undefined) break;
    let depth = 0;
    let end = at;
    for (; end < tokens.length; end += 1) {
      const token = tokens[end] as Token;
      if (token.kind !== 'operator') continue;
      if (token.text === (open as Token).text) depth += 1;
      if (token.text === close) depth -= 1;
      if (depth === 0) break;
    }
    const next = tokens[end + 1];
    // `(n-1)/2` and `(a+b)^2` are exponents, not an index with something behind.
    if (next?.kind === 'operator' && ['+', '-', '*', '/', '^', '_'].includes(next.text)) break;
    indices.push(...splitAtCommas(tokens.slice(at + 1, end)));
    at = end + 1;
  }
  return { indices, rest: tokens.slice(at) };
}

/** One index formula. */
export function readIndex(parser: Parser, tokens: readonly Token[], place: Token): Formula {
  const only = tokens.length === 1 ? tokens[0] : undefined;
  if (only?.kind === 'operator' && (only.text === ':' || only.text === '*')) return whole;
  if (only?.kind === 'name' || only?.kind === 'word')
    if (only.kind === 'name' || only.text.length === 1) return symbol(only.text);
  if (tokens.length === 0) throw parser.cursor.error('expected an index here', place);
  return parser.whole(tokens, place, { insideIndex: true });
}

/** Label and indices of a subscript of that name. */
export function readLower(
  parser: Parser,
  name: string,
  script: Script,
): { readonly label: string | undefined; readonly indices: readonly Formula[] } {
  const { vocabulary } = parser.context;
  const labels = vocabulary.labels.get(name);
  const parts = splitAtCommas(script.tokens);
  const indices: Formula[] = [];
  let label: string | undefined;
  for (const part of parts) {
    const split = splitPiece(
      part,
      name,
      labels,
      parser.context.vocabulary,
      parser.context.bound,
      parts.length > 1,
    );
    if (split.label !== undefined)
      label = label === undefined ? split.label : `${label}${split.label}`;
    for (const index of split.indices) indices.push(readIndex(parser, index, script.place));
  }
  return { label, indices };
}

/** One piece between commas: a label, indices side by side, or one index formula. */
function splitPiece(
  piece: readonly Token[],
  name: string,
  labels: ReadonlySet<string> | undefined,
  vocabulary: Vocabulary,
  bound: readonly string[],
  isOneOfSeveral: boolean,
): { readonly label: string | undefined; readonly indices: readonly (readonly Token[])[] } {
  const only = piece.length === 1 ? piece[0] : undefined;
  if (only?.kind === 'text') return { label: only.text.replace(/\s+/g, ''), indices: [] };
  // `X_{i:}` has two indices without a comma.
  if (piece.length > 1 && piece.some((token) => token.kind === 'operator' && token.text === ':')) {
    return { label: undefined, indices: piece.map((token) => [token]) };
  }
  if (!isRun(piece)) {
    const scripted = scriptedIndices(piece);
    const isFull = scripted !== undefined && scripted.length === vocabulary.names.get(name)?.lower;
    return { label: undefined, indices: isFull ? scripted : [piece] };
  }
  const text = piece.map((token) => token.text).join('');
  if (labels?.has(text) && !bound.includes(text)) return { label: text, indices: [] };
  const letters = lettersOf(piece);
  const digits = letters.every((letter) => letter.kind === 'number');
  const lower = vocabulary.names.get(name)?.lower;
  if (digits) {
    const several =
      !isOneOfSeveral &&
      letters.length > 1 &&
      letters.length === (lower ?? defaultRank(name, letters.length));
    return { label: undefined, indices: several ? letters.map((letter) => [letter]) : [piece] };
  }
  if (vocabulary.sizes.has(text) || bound.includes(text))
    return { label: undefined, indices: [piece] };
  // A label in front: `z_{hi}` with the name `z_h`.
  if (labels)
    for (let count = letters.length - 1; count > 0; count -= 1) {
      const head = letters
        .slice(0, count)
        .map((letter) => letter.text)
        .join('');
      if (
        labels.has(head) &&
        !letters.slice(0, count).some((letter) => bound.includes(letter.text))
      )
        return { label: head, indices: letters.slice(count).map((letter) => [letter]) };
    }
  if (lower === 1 && /^\d+[a-z]$/.test(text)) return { label: undefined, indices: [piece] };
  // `w_12k`: digits stay together only if that gives the right number of indices.
  const groups = groupDigits(letters);
  const indices =
    lower !== undefined && groups.length === lower ? groups : letters.map((letter) => [letter]);
  return { label: undefined, indices };
}

/** `k_m k_(m-1)`: indices that have indices of their own, side by side; nothing for other pieces. */
function scriptedIndices(piece: readonly Token[]): readonly (readonly Token[])[] | undefined {
  const found: Token[][] = [];
  let depth = 0;
  let inScript = false;
  for (const token of piece) {
    const isSign = token.kind === 'operator';
    if (depth > 0 || inScript) {
      (found.at(-1) as Token[]).push(token);
      if (isSign && ['(', '{'].includes(token.text)) depth += 1;
      if (isSign && [')', '}'].includes(token.text)) depth -= 1;
      inScript = false;
    } else if (isSign && token.text === '_' && found.length > 0) {
      (found.at(-1) as Token[]).push(token);
      inScript = true;
    } else if ((token.kind === 'word' || token.kind === 'name') && token.text.length === 1)
      found.push([token]);
    else return undefined;
  }
  return found.length > 1 && !inScript ? found : undefined;
}

/** Two digits below a capital are two indices, if nothing tells otherwise. */
const defaultRank = (name: string, count: number): number =>
  /^[A-Z]$/.test(name) && count === 2 ? 2 : 1;

function groupDigits(letters: readonly Token[]): readonly (readonly Token[])[] {
  const groups: Token[][] = [];
  for (const letter of letters) {
    const last = groups.at(-1);
    if (letter.kind === 'number' && last?.[0]?.kind === 'number') {
      const joined = `${last[0].text}${letter.text}`;
      groups[groups.length - 1] = [{ ...last[0], text: joined, length: joined.length }];
    } else groups.push([letter]);
  }
  return groups;
}

export type UpperMeaning =
  | {
      readonly kind: 'index';
      readonly indices: readonly (readonly Token[])[];
      readonly rest: readonly Token[];
    }
  | { readonly kind: 'power'; readonly tokens: readonly Token[] };

/** Whether a superscript of a name is an index or a power (rules of the worksheet, in this order). */
export function upperMeaning(
  script: Script,
  name: string,
  taken: number,
  vocabulary: Vocabulary,
  bound: readonly string[],
): UpperMeaning {
  const power: UpperMeaning = { kind: 'power', tokens: script.tokens };
  const expected = vocabulary.names.get(name)?.upper ?? 0;
  if (vocabulary.plain) return power;
  const parts =
    script.bracket === 'round' || script.bracket === 'square'
      ? { indices: splitAtCommas(script.tokens), rest: [] }
      : upperParts(script.tokens);
  if (taken >= Math.max(expected, 1)) return power;
  // Euler's number has no indices: `e^{(x)}`.
  if (name === 'e' && !vocabulary.names.get(name)?.declared && expected === 0) return power;
  if (parts.indices.length > 0) {
    const braces = script.bracket === 'braces';
    const known =
      expected > 0 || (braces && parts.indices.length > 0) || script.bracket === 'square';
    const simple = parts.indices.every((index) => isUpperForm(index, vocabulary, bound));
    if (known || simple) return { kind: 'index', indices: parts.indices, rest: parts.rest };
    return power;
  }
  if (expected === 0) return power;
  const tokens = script.tokens;
  const first = tokens[0];
  if (
    first?.kind === 'command' ||
    (first?.kind === 'operator' && ["'", '*', '.*', '-'].includes(first.text))
  )
    return power;
  if (isTransposeLetter(tokens, vocabulary, bound)) return power;
  // `{l\top}`, `{2\prime}`: an index and what follows it.
  const cut = tokens.findIndex(
    (token) => token.kind === 'command' || (token.kind === 'operator' && token.text === "'"),
  );
  const own = cut < 0 ? tokens : tokens.slice(0, cut);
  return { kind: 'index', indices: splitAtCommas(own), rest: cut < 0 ? [] : tokens.slice(cut) };
}

/** A single digit or index letter in brackets, or a form in letters that are upper indices. */
function isUpperForm(
  tokens: readonly Token[],
  vocabulary: Vocabulary,
  bound: readonly string[],
): boolean {
  const letters = tokens.filter((token) => token.kind === 'word' || token.kind === 'name');
  const simple = tokens.every(
    (token) =>
      token.kind === 'number' ||
      token.kind === 'word' ||
      token.kind === 'name' ||
      (token.kind === 'operator' && (token.text === '+' || token.text === '-')),
  );
  if (!simple || tokens[0]?.kind === 'operator') return false;
  if (tokens.length === 1 && tokens[0]?.kind === 'number') return /^\d+$/.test(tokens[0].text);
  return (
    letters.length > 0 &&
    letters.every(
      (letter) =>
        vocabulary.upperLetters.has(letter.text) ||
        vocabulary.bracketedLetters.has(letter.text) ||
        (tokens.length === 1 &&
          (vocabulary.indices.has(letter.text) || bound.includes(letter.text))),
    )
  );
}

/** `T`, `t` and the like above a name transpose unless they are index letters. */
export function isTransposeLetter(
  tokens: readonly Token[],
  vocabulary: Vocabulary,
  bound: readonly string[],
): boolean {
  const only = tokens.length === 1 ? tokens[0] : undefined;
  if (!only) return false;
  if (only.kind === 'command') return only.text === 'top';
  if (only.kind !== 'word' && only.kind !== 'name') return false;
  if (only.text !== 'T' && only.text !== 't') return false;
  const isIndex =
    vocabulary.indices.has(only.text) ||
    bound.includes(only.text) ||
    vocabulary.upperLetters.has(only.text);
  if (only.text === 'T')
    return !isIndex && !(vocabulary.sizes.has('T') && vocabulary.upperLetters.has('T'));
  return !isIndex && !vocabulary.names.has('t');
}
