/** Names and the raw scripts behind them, before anything is decided about their meaning. */
import { type Cursor, described } from './cursor.js';
import type { Token } from './token.js';
import { isKnownName, type Vocabulary } from './vocabulary.js';

export interface Script {
  readonly above: boolean;
  readonly tokens: readonly Token[];
  /** `(l)` in `a^(l)`; `braces` for `a^{(l)}` too, whose tokens then hold the brackets. */
  readonly bracket: 'none' | 'braces' | 'round' | 'square';
  readonly place: Token;
}

/** Where the notation of the line matters: LaTeX takes one sign after `_`, plain math a run. */
export type Notation = 'plain' | 'latex' | 'mixed';

/**
 * Takes one name from the cursor; a run of letters is split into known names. `undefined` (and
 * nothing taken) if no name stands here. `note` tells about a run that became a new name.
 */
export function takeName(
  cursor: Cursor,
  vocabulary: Vocabulary,
  notation: Notation,
): { readonly name: string; readonly token: Token; readonly isNew: boolean } | undefined {
  const token = cursor.peek();
  if (token.kind === 'name') {
    cursor.take();
    return { name: token.text, token, isNew: false };
  }
  if (token.kind !== 'word') return undefined;
  const length = knownLength(token.text, vocabulary, notation);
  if (length !== undefined && length < token.text.length) cursor.split(length);
  const taken = cursor.take();
  return { name: taken.text, token: taken, isNew: length === undefined && token.text.length > 1 };
}

/** How many characters of a run make its first name; `undefined` if the whole is a new name. */
function knownLength(word: string, vocabulary: Vocabulary, notation: Notation): number | undefined {
  if (word.length === 1 || isKnownName(vocabulary, word)) return word.length;
  if (vocabulary.plain) return undefined;
  const digits = /^([A-Za-z]+)\d+$/.exec(word);
  const first = firstOfSplit(word, vocabulary);
  if (first !== undefined) return first;
  if (notation === 'latex') return 1;
  if (digits && notation === 'mixed') return undefined;
  return notation === 'mixed' && /^[A-Za-z]+$/.test(word) && word.length <= 3 ? 1 : undefined;
}

/** The length of the first part when the whole run splits into known names, longest first. */
function firstOfSplit(word: string, vocabulary: Vocabulary): number | undefined {
  const reachable: (number | undefined)[] = new Array(word.length + 1).fill(undefined);
  reachable[word.length] = 0;
  for (let at = word.length - 1; at >= 0; at -= 1) {
    for (let end = word.length; end > at; end -= 1) {
      if (reachable[end] === undefined) continue;
      const part = word.slice(at, end);
      const known = isKnownName(vocabulary, part) || (part === 'e' && word.length <= 3);
      if (known) {
        reachable[at] = end - at;
        break;
      }
    }
  }
  return reachable[0];
}

/** Scripts on one name; each power stands inside the one before it. */
const MOST_SCRIPTS = 60;

/** Takes all scripts (subscripts, superscripts, primes) that follow. */
export function takeScripts(
  cursor: Cursor,
  vocabulary: Vocabulary,
  notation: Notation,
  afterSign = false,
): Script[] {
  const scripts: Script[] = [];
  for (;;) {
    const place = cursor.peek();
    if (place.kind !== 'operator') return scripts;
    if (scripts.length >= MOST_SCRIPTS && (cursor.is('_') || cursor.is('^') || cursor.is("'")))
      throw cursor.error(
        `more than ${MOST_SCRIPTS} indices, powers and primes stand on one name; put brackets or give names to parts`,
      );
    if (cursor.is('_') || cursor.is('^'))
      scripts.push(takeScript(cursor, vocabulary, notation, afterSign));
    else if (cursor.is('.^')) {
      const dot: Token = { ...cursor.take(), text: '.*' };
      const inner = cursor.is('(') || cursor.is('{') ? cursor.group() : [cursor.take()];
      scripts.push({ above: true, tokens: [dot, ...inner], bracket: 'none', place });
    } else if (cursor.is("'")) {
      cursor.take();
      scripts.push({ above: true, tokens: [place], bracket: 'none', place });
    } else return scripts;
  }
}

function takeScript(
  cursor: Cursor,
  vocabulary: Vocabulary,
  notation: Notation,
  afterSign: boolean,
): Script {
  const place = cursor.take();
  const above = place.text === '^';
  const token = cursor.peek();
  const script = (tokens: readonly Token[], bracket: Script['bracket'] = 'none'): Script => ({
    above,
    tokens,
    bracket,
    place,
  });
  if (cursor.is('{')) return script(cursor.group(), 'braces');
  if (cursor.is('(')) return script(cursor.group(), 'round');
  if (cursor.is('[')) return script(cursor.group(), 'square');
  if (cursor.is('-') || cursor.is('+')) {
    const sign = cursor.take();
    const inner = takeScriptTokens(cursor, vocabulary, notation, above, afterSign);
    return script([sign, ...inner]);
  }
  if (token.kind === 'end')
    throw cursor.error(
      `expected ${above ? 'an exponent or upper index after "^"' : 'an index after "_"'}, met ${described(token)}`,
    );
  return script(takeScriptTokens(cursor, vocabulary, notation, above, afterSign));
}

function takeScriptTokens(
  cursor: Cursor,
  vocabulary: Vocabulary,
  notation: Notation,
  above: boolean,
  afterSign: boolean,
): readonly Token[] {
  const token = cursor.peek();
  if (token.kind === 'word' || token.kind === 'number') {
    cursor.split(scriptLength(cursor, token, vocabulary, notation, above, afterSign));
    return [cursor.take()];
  }
  if (token.kind === 'command' && token.text === 'frac') {
    const taken = [cursor.take()];
    for (let argument = 0; argument < 2; argument += 1) taken.push(...takeArgument(cursor));
    return taken;
  }
  if (token.kind === 'name' || token.kind === 'command' || token.kind === 'text')
    return [cursor.take()];
  if (['*', ':', "'", '.*'].includes(token.text)) return [cursor.take()];
  throw cursor.error(
    `expected ${above ? 'an exponent or upper index after "^"' : 'an index after "_"'}, met ${described(token)}`,
  );
}

/** The argument of a LaTeX command with its braces, for passing on. */
function takeArgument(cursor: Cursor): readonly Token[] {
  if (cursor.is('{')) {
    const open = cursor.peek();
    const inner = cursor.group();
    return [open, ...inner, cursor.previous as Token];
  }
  cursor.split(1);
  return [cursor.take()];
}

function scriptLength(
  cursor: Cursor,
  token: Token,
  vocabulary: Vocabulary,
  notation: Notation,
  above: boolean,
  afterSign: boolean,
): number {
  const run = token.text;
  if (run.length === 1) return 1;
  if (notation === 'latex') return 1;
  const next = cursor.peek(1);
  const scripted =
    next.kind === 'operator' && (next.text === '_' || next.text === '^') && !next.spaced;
  const called = next.kind === 'operator' && next.text === '(' && !next.spaced;
  if (above) {
    if (token.kind === 'number') return run.length;
    const digits = /^\d+/.exec(run);
    if (digits) return digits[0].length;
    if (isKnownName(vocabulary, run) && !vocabulary.indices.has(run[0] as string))
      return run.length;
    return vocabulary.plain && !scripted ? run.length : 1;
  }
  if (afterSign) {
    if (scripted) return run.length - 1 || 1;
    return notation === 'mixed' && token.kind === 'word' ? 1 : run.length;
  }
  if (notation === 'mixed' && token.kind === 'word' && (scripted || called)) {
    const indices = [...run].every((letter) => /\d/.test(letter) || vocabulary.indices.has(letter));
    // `W_hy^T` beside `W_{hy}`: the run is written as a label elsewhere.
    const labels = [...vocabulary.labels.values()].some((own) => own.has(run));
    return indices || labels ? run.length : 1;
  }
  return run.length;
}
