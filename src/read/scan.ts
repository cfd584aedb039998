/** First look at the tokens of a scope: names with their raw scripts, binders, ranges. */

import { Cursor } from './cursor.js';
import { isRun, lettersOf, splitAtCommas } from './indices.js';
import { isRange } from './ranges.js';
import { type Notation, type Script, takeName, takeScripts } from './scripts.js';
import { isIndexForm } from './signs-at-top.js';
import type { Token } from './token.js';
import { isKnownFunction, isKnownName, type Vocabulary } from './vocabulary.js';

export interface Atom {
  readonly name: string;
  readonly scripts: readonly Script[];
  /** Tokens between the brackets that follow directly. */
  readonly call: readonly Token[] | undefined;
  readonly primed: boolean;
  /** Met above another name, where letters are usually indices. */
  readonly inScript: boolean;
  /** What something is differentiated by or the derivative of: its upper scripts are no powers. */
  readonly differential: boolean;
  readonly place: Token;
}

export interface Scanned {
  readonly atoms: readonly Atom[];
  /** Letters under a sum or product sign. */
  readonly bound: readonly string[];
  /** Letters at the upper end of sums. */
  readonly tops: readonly string[];
  /** Letters that are compared with one another: `[k = o]`. */
  readonly compared: readonly string[];
}

/** Atoms of some tokens. A name that cannot be one (`sum`) is a binder. */
export function scan(
  tokens: readonly Token[],
  vocabulary: Vocabulary,
  notation: Notation,
): Scanned {
  const atoms: Atom[] = [];
  const bound: string[] = [];
  const tops: string[] = [];
  const compared: string[] = [];
  scanInto({ atoms, bound, tops, compared }, tokens, vocabulary, notation, false, 0);
  return { atoms, bound, tops, compared };
}

interface Collecting {
  readonly atoms: Atom[];
  readonly bound: string[];
  readonly tops: string[];
  readonly compared: string[];
}

const DEEPEST = 60;

function scanInto(
  into: Collecting,
  tokens: readonly Token[],
  vocabulary: Vocabulary,
  notation: Notation,
  inScript: boolean,
  depth: number,
): void {
  if (depth > DEEPEST || tokens.length === 0) return;
  const cursor = new Cursor(tokens, { line: 1, column: 1 });
  while (!cursor.atEnd) {
    const token = cursor.peek();
    if (isSign(cursor, token, vocabulary)) {
      cursor.take();
      scanSign(into, scriptsOf(cursor, vocabulary, notation, true));
      continue;
    }
    if (cursor.is('^') || cursor.is('_')) {
      // Scripts of a bracket: indices of its entries, powers, transposes.
      for (const script of scriptsOf(cursor, vocabulary, notation))
        if (script.above && !/^(top|T|t|')$/.test(script.tokens.map((part) => part.text).join('')))
          scanInto(into, script.tokens, vocabulary, notation, inScript, depth + 1);
      continue;
    }
    if (isIndexComparison(cursor)) {
      const inside = groupAhead(cursor);
      if (inside) cursor.group();
      else cursor.take();
      for (const compared of inside ?? [])
        if (compared.kind === 'word') into.compared.push(compared.text);
      continue;
    }
    if (token.kind !== 'word' && token.kind !== 'name') {
      cursor.take();
      continue;
    }
    const kronecker = kroneckerLetters(cursor, token, vocabulary);
    if (kronecker) {
      cursor.take();
      cursor.group();
      into.compared.push(...kronecker);
      continue;
    }
    if (token.kind === 'word' && isDifferential(cursor, token, vocabulary)) {
      cursor.split(/^d\d/.test(token.text) ? 2 : 1);
      cursor.take();
      continue;
    }
    const place = cursor.peek();
    const before = cursor.previous;
    // A digit above is an index only if no order of a derivative was written before it.
    const differential =
      (before?.kind === 'command' && before.text === 'partial') ||
      (before?.kind === 'word' && /^d\d?$/.test(before.text));
    const taken = takeName(cursor, vocabulary, notation);
    if (!taken) {
      cursor.take();
      continue;
    }
    const scripts = scriptsOf(cursor, vocabulary, notation);
    const call = cursor.is('(') && !cursor.peek().spaced ? groupAhead(cursor) : undefined;
    const primed = scripts.some((script) => script.above && script.tokens[0]?.text === "'");
    into.atoms.push({ name: taken.name, scripts, call, primed, inScript, differential, place });
    const isFree = taken.name === 'e' || isKnownFunction(taken.name);
    for (const script of scripts)
      if (script.above && script.tokens.length > 1)
        scanInto(into, script.tokens, vocabulary, notation, inScript || !isFree, depth + 1);
    for (const script of scripts)
      if (script.above && isFree && script.tokens.length === 1)
        scanInto(into, script.tokens, vocabulary, notation, inScript, depth + 1);
  }
}

/** The scripts at hand; none where they cannot be read, which is told when their statement is read. */
function scriptsOf(
  cursor: Cursor,
  vocabulary: Vocabulary,
  notation: Notation,
  afterSign = false,
): readonly Script[] {
  const mark = cursor.mark();
  try {
    return takeScripts(cursor, vocabulary, notation, afterSign);
  } catch {
    cursor.reset(mark);
    cursor.take();
    return [];
  }
}

function groupAhead(cursor: Cursor): readonly Token[] | undefined {
  const mark = cursor.mark();
  try {
    return cursor.group();
  } catch {
    return undefined;
  } finally {
    cursor.reset(mark);
  }
}

/** `[k = o]`, `{i \\neq j}`, `(i \\neq j)`: two letters compared are indices, not quantities met bare. */
const isIndexComparison = (cursor: Cursor): boolean =>
  cursor.peek().kind === 'operator' &&
  ['[', '{', '\\{', '('].includes(cursor.peek().text) &&
  comparedLetters([1, 2, 3].map((ahead) => cursor.peek(ahead))) !== undefined &&
  [']', '}', '\\}', ')'].includes(cursor.peek(4).text);

/** The letters of `i \neq j`, if these tokens are no more than that. */
export function comparedLetters(tokens: readonly Token[]): readonly string[] | undefined {
  const [left, relation, right] = tokens;
  const isLetter = (token: Token | undefined): boolean =>
    token !== undefined &&
    ((token.kind === 'word' && /^[a-z]$/.test(token.text)) || token.kind === 'number');
  if (tokens.length !== 3 || !isLetter(left) || !isLetter(right)) return undefined;
  if (relation?.kind !== 'operator' || !['=', '!='].includes(relation.text)) return undefined;
  return tokens.flatMap((token) => (token.kind === 'word' ? [token.text] : []));
}

/** The letters of `delta(i, k)` while nobody declared a `delta`: indices too. */
function kroneckerLetters(
  cursor: Cursor,
  token: Token,
  vocabulary: Vocabulary,
): readonly string[] | undefined {
  if (token.text !== 'delta' || !cursor.is('(', 1) || vocabulary.names.has('delta'))
    return undefined;
  const mark = cursor.mark();
  cursor.take();
  const parts = splitAtCommas(groupAhead(cursor) ?? []);
  cursor.reset(mark);
  if (parts.length !== 2 || !parts.every((part) => part.length > 0 && isIndexForm(part)))
    return undefined;
  return parts.flat().flatMap((part) => (part.kind === 'word' ? [part.text] : []));
}

const isSign = (cursor: Cursor, token: Token, vocabulary: Vocabulary): boolean =>
  (token.kind === 'command' && (token.text === 'sum' || token.text === 'prod')) ||
  (token.kind === 'word' &&
    (token.text === 'sum' || token.text === 'prod') &&
    cursor.is('_', 1) &&
    !vocabulary.names.has(token.text)) ||
  (token.kind === 'name' && (token.text === 'max' || token.text === 'min') && cursor.is('_', 1));

/** A `d` that belongs to a quotient of differentials. */
function isDifferential(cursor: Cursor, token: Token, vocabulary: Vocabulary): boolean {
  if (token.text[0] !== 'd' || isKnownName(vocabulary, token.text)) return false;
  if (token.text === 'd')
    return (
      cursor.is('/', 1) || cursor.is('}', 1) || isNameToken(cursor.peek(1)) || cursor.is('^', 1)
    );
  const previous = cursor.previous;
  if (previous?.kind === 'operator' && previous.text === '/') return true;
  const rest = token.text.replace(/^d\d?/, '');
  if (rest === '') return true;
  if (isKnownName(vocabulary, rest)) return true;
  // `dx_1/dw`: a slash follows within this factor.
  for (let ahead = 1; ahead < 40; ahead += 1) {
    const next = cursor.peek(ahead);
    if (next.kind === 'end') return previous?.kind === 'word' || isClosing(previous);
    if (next.kind === 'operator' && next.text === '/') {
      const after = cursor.peek(ahead + 1);
      return after.kind === 'word' && after.text[0] === 'd';
    }
    if (next.kind === 'operator' && ['+', '=', '*', '<', '>'].includes(next.text)) return false;
  }
  return false;
}

const isClosing = (token: Token | undefined): boolean =>
  token?.kind === 'operator' && token.text === '{';
const isNameToken = (token: Token): boolean => token.kind === 'word' || token.kind === 'name';

/**
 * Names that an upper end makes sizes. In `min(K, p)` an index may stand beside the size: there only
 * capitals count.
 */
function topLetters(tokens: readonly Token[]): readonly string[] {
  const isChoice = (token: Token): boolean => token.text === 'min' || token.text === 'max';
  const names = tokens.filter((token) => isNameToken(token) && !isChoice(token));
  const hasChoice = tokens.some(
    (token, place) => isChoice(token) && tokens[place + 1]?.text === '(',
  );
  return names.map((token) => token.text).filter((name) => !hasChoice || /^[A-Z]$/.test(name));
}

function scanSign(into: Collecting, scripts: readonly Script[]): void {
  for (const script of scripts) {
    if (script.above) {
      into.tops.push(...topLetters(script.tokens));
      continue;
    }
    for (const part of splitAtCommas(script.tokens)) {
      if (isRun(part))
        for (const letter of lettersOf(part))
          if (letter.kind !== 'number') into.bound.push(letter.text);
      if (isRun(part)) continue;
      const index = part.find((token) => isNameToken(token));
      if (index) into.bound.push(index.text);
      const dots = part.findIndex(
        (token) => token.kind === 'operator' && (token.text === '..' || token.text === '...'),
      );
      if (dots >= 0)
        for (const token of part.slice(dots + 1))
          if (isNameToken(token)) into.tops.push(token.text);
    }
  }
}

export interface RangeLetters {
  readonly indices: readonly string[];
  readonly tops: readonly (readonly Token[])[];
}

/** Index letters and upper ends of a range clause. */
export function rangeLetters(tokens: readonly Token[]): RangeLetters {
  const indices: string[] = [];
  const tops: (readonly Token[])[] = [];
  const sign = tokens.findIndex(
    (token) =>
      (token.kind === 'operator' && ['=', 'in', '<', '<=', '>', '>=', '!='].includes(token.text)) ||
      (token.kind === 'word' && token.text === 'in'),
  );
  const head = sign < 0 ? tokens : tokens.slice(0, sign);
  for (const token of head)
    if (isNameToken(token) && token.text.length <= 6) indices.push(token.text);
  if (sign >= 0 && (isRange(tokens) || tokens.some((token) => token.text === '..'))) {
    const dots = tokens.findLastIndex((token) => token.text === '..' || token.text === '...');
    let end = tokens.length;
    for (let at = dots + 2; at < tokens.length; at += 1) if (tokens[at]?.text === '=') end = at - 2;
    tops.push(
      tokens
        .slice(dots + 1, end)
        .filter((token) => !(token.kind === 'operator' && ',)}\\}'.includes(token.text))),
    );
    // A second range behind a comma.
    if (end < tokens.length) {
      const second = rangeLetters(tokens.slice(end + 1));
      indices.push(...second.indices);
      tops.push(...second.tops);
    }
  }
  return { indices, tops };
}
