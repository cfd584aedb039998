/** `u - u_r`: a number beside another one of its letter, told apart by a label. */
import type { RawStatement } from './raw.js';
import type { Token } from './token.js';

/** A name with the letter below it, at a place of a line. */
interface Labelled {
  readonly name: string;
  readonly letter: string;
}

/**
 * Names whose bare form is added to or taken from the same name with one letter below, with the
 * same factor in front of both or none (`u - u_r`, `b u - b u_r`). No index letter makes such a
 * pair: a family and an entry of it do not have one shape.
 */
export function besideItself(statements: readonly RawStatement[]): readonly Labelled[] {
  const found: Labelled[] = [];
  for (const { tokens, keyword } of statements) {
    if (keyword !== undefined) continue;
    for (const at of tokens.keys()) {
      if (tokens[at]?.text !== '-' && tokens[at]?.text !== '+') continue;
      const pair = pairAround(tokens, at);
      if (pair) found.push(pair);
    }
  }
  return found;
}

/** A term of one name, with at most one factor in front and at most one letter below. */
interface Term {
  readonly factor: string | undefined;
  readonly name: string;
  readonly letter: string | undefined;
}

function pairAround(tokens: readonly Token[], sign: number): Labelled | undefined {
  const right = termFrom(tokens.slice(sign + 1, sign + 8));
  const start = startOfTerm(tokens, sign);
  const before = tokens.slice(start, sign);
  // Of `f(u) - u_r` the term in front is no name.
  const left = closes(before.at(-1)) ? undefined : termFrom(before);
  if (!left || !right || left.name !== right.name || left.factor !== right.factor) return undefined;
  const letters = [left.letter, right.letter].flatMap((letter) => letter ?? []);
  const [letter] = letters;
  return letters.length === 1 && letter ? { name: left.name, letter } : undefined;
}

const ENDS: ReadonlySet<string> = new Set(['+', '-', '(', '[', '=', ',', ':=']);
const closes = (token: Token | undefined): boolean =>
  token === undefined || token.kind === 'end' || /^[+\-)\],;=]$/.test(token.text);

/** Where the term before a sign starts: behind the sign or bracket before it. */
function startOfTerm(tokens: readonly Token[], sign: number): number {
  let start = sign;
  while (start > 0 && !ENDS.has(tokens[start - 1]?.text ?? '')) start -= 1;
  return start;
}

const isName = (token: Token | undefined): token is Token =>
  token !== undefined && (token.kind === 'word' || token.kind === 'name');

function termFrom(tokens: readonly Token[]): Term | undefined {
  const [first, second] = tokens;
  if (!isName(first)) return undefined;
  const hasFactor = isName(second);
  const name = hasFactor ? second : first;
  const factor = hasFactor ? first.text : undefined;
  const rest = tokens.slice(hasFactor ? 2 : 1);
  if (closes(rest[0])) return { factor, name: name.text, letter: undefined };
  if (rest[0]?.text !== '_') return undefined;
  const braced = rest[1]?.text === '{' && rest[3]?.text === '}';
  const letter = rest[braced ? 2 : 1];
  if (letter?.text.length !== 1 || !isName(letter)) return undefined;
  return closes(rest[braced ? 4 : 2])
    ? { factor, name: name.text, letter: letter.text }
    : undefined;
}
