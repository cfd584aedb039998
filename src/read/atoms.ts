/** Numbers, names with their scripts, brackets, and the constructions of LaTeX. */
import { call, type Formula, infinity, number, one, operation, pi } from '../expression/formula.js';
import {
  readBold,
  readBracket,
  readCases,
  readFraction,
  readMatrix,
  readRoot,
} from './brackets.js';
import { readCall, readFunctionName } from './calls.js';
import { letterCommands } from './commands.js';
import { described } from './cursor.js';
import { readNabla } from './derivatives.js';
import type { Parser } from './grammar.js';
import { readIndex, splitAtCommas } from './indices.js';
import { applyScripts, sortScripts, symbolWith, towers, withPowers } from './script-meaning.js';
import { type Script, takeName, takeScripts } from './scripts.js';
import { readSign } from './signs.js';
import { NUMBER } from './spelling.js';
import type { Token } from './token.js';
import { isDeclared, isKnownFunction, isKnownName } from './vocabulary.js';

/** One factor with its scripts. */
export function readAtom(parser: Parser): Formula {
  const { cursor } = parser;
  const token = cursor.peek();
  switch (token.kind) {
    case 'number':
      return readNumber(parser);
    case 'word':
    case 'name':
      return readName(parser);
    case 'command':
      return readCommand(parser);
    case 'operator':
      if (
        cursor.is('[') ||
        cursor.is('(') ||
        cursor.is('{') ||
        cursor.is('\\{') ||
        cursor.is('|') ||
        cursor.is('||') ||
        cursor.is('\\langle')
      )
        return withPowers(parser, readBracket(parser));
  }
  throw cursor.error(`expected a number, a name or a bracket, met ${described(token)}`);
}

/** A script or argument may take the first digit only: of `1e3` an exponent is left over. */
const isWholeNumber = (text: string): boolean => NUMBER.exec(text)?.[0].length === text.length;

function readNumber(parser: Parser): Formula {
  const { cursor } = parser;
  const token = cursor.take();
  if (
    token.text === '1' &&
    (cursor.is('\\{') || cursor.is('{') || cursor.is('[')) &&
    !cursor.peek().spaced
  )
    return readBold(parser, token);
  // `1_{z > 0}`
  if (token.text === '1' && cursor.is('_') && cursor.is('{', 1)) return readBold(parser, token);
  if (!isWholeNumber(token.text))
    throw cursor.error(
      `"${token.text}" is cut from a number; put brackets around the number`,
      token,
    );
  return withPowers(parser, number(token.text));
}

/** A bold one with its scripts: `\mathbf{1}^T`, `\mathbf{1}_n` (the size fits by itself). */
function readOnes(parser: Parser, place: Token): Formula {
  const formula = readBold(parser, place);
  const { cursor } = parser;
  const { vocabulary, notation } = parser.context;
  const scripts = takeScripts(cursor, vocabulary, notation);
  const isOnes = formula.kind === 'operation';
  return applyScripts(parser, formula, isOnes ? scripts.filter(({ above }) => above) : scripts);
}

function readCommand(parser: Parser): Formula {
  const { cursor } = parser;
  const token = cursor.peek();
  switch (token.text) {
    case 'frac':
      return withPowers(parser, readFraction(parser));
    case 'sqrt':
      return withPowers(parser, readRoot(parser));
    case 'sum':
    case 'prod':
      return readSign(parser);
    case 'nabla':
      return readNabla(parser);
    case 'blank':
      return parser.blank();
    case 'bold-one':
      return readOnes(parser, cursor.take());
    case 'begin:cases':
      return withPowers(parser, readCases(parser));
    case 'partial':
      // `\partial_w C`
      if (cursor.is('_', 1)) return readNabla(parser);
      throw cursor.error(
        'this partial sign belongs to no derivative; expected \\frac{\\partial C}{\\partial w} or dC/dw',
      );
    case 'lim':
      throw cursor.error('a limit is asked by a statement: limit FORMULA as z -> infinity');
  }
  if (/^begin:[bpvB]?(small)?matrix$/.test(token.text) || token.text === 'begin:array')
    return withPowers(parser, readMatrix(parser));
  throw cursor.error(`${described(token)} cannot stand in a formula here`);
}

/** A name: a sum sign, a function applied, a constant, or a quantity with its indices. */
function readName(parser: Parser): Formula {
  const { cursor } = parser;
  const { vocabulary, notation } = parser.context;
  const next = cursor.peek();
  if (parser.context.insideIndex) return readIndexName(parser);
  const plainSign =
    next.kind === 'word' &&
    (next.text === 'sum' || next.text === 'prod') &&
    !vocabulary.names.has(next.text);
  if (plainSign && cursor.is('_', 1)) return readSign(parser);
  if (plainSign && !cursor.is('(', 1)) return readSign(parser);
  if (
    next.text === 'cases' &&
    next.kind === 'word' &&
    cursor.is('(', 1) &&
    !vocabulary.names.has('cases')
  )
    return withPowers(parser, readCases(parser));
  const taken = takeName(cursor, vocabulary, notation);
  if (!taken) throw cursor.error(`expected a name, met ${described(next)}`);
  if (taken.token.kind === 'word' && !vocabulary.plain)
    noteNewName(parser, taken.token, taken.name);
  if (taken.name === 'delta' && cursor.is('(') && !isDeclared(vocabulary, 'delta')) {
    const pair = readPair(parser);
    if (pair) return withPowers(parser, deltaOf(pair));
  }
  const asFunction = readFunctionName(parser, taken.name, taken.token);
  if (asFunction) return readCall(parser, asFunction, taken.token);
  return readQuantity(parser, taken.name, taken.token);
}

/** A run that became a new name: a product was likely if its letters are names. */
function noteNewName(parser: Parser, token: Token, name: string): void {
  const { names, functions, sizes } = parser.context.vocabulary;
  if (!/^[A-Za-z]{2,3}$/.test(name) || letterCommands.has(name) || isKnownFunction(name)) return;
  if (names.get(name)?.declared || functions.has(name) || sizes.has(name)) return;
  const isLikely = name.length === 2 || [...name].every((letter) => names.has(letter));
  if (isLikely) parser.context.note(token, `${name}: did you mean ${[...name].join('*')}?`);
}

/** Functions of whole numbers, as they stand in the ends of ranges: `min(K, p)`. */
const wholeNumberFunctions: ReadonlySet<string> = new Set(['max', 'min', 'floor', 'ceil']);

/** Whether a run is one name nobody declared, and no product of names that are known. */
function isNewName({ context }: Parser, run: string): boolean {
  const { vocabulary, notation, bound } = context;
  if (letterCommands.has(run) || /^[A-Za-z](?:hat|bar|tilde)$/.test(run)) return true;
  if (notation !== 'plain' || !/^[A-Za-z]{2,}$/.test(run)) return false;
  const isKnown = (letter: string) =>
    bound.includes(letter) || vocabulary.indices.has(letter) || isKnownName(vocabulary, letter);
  return ![...run].every(isKnown);
}

/** Inside an index every letter stands for itself: `2i+1`, `n_l`. */
function readIndexName(parser: Parser): Formula {
  const { cursor } = parser;
  const { vocabulary } = parser.context;
  const token = cursor.peek();
  if (wholeNumberFunctions.has(token.text) && cursor.is('(', 1) && !cursor.peek(1).spaced) {
    cursor.take();
    const place = cursor.peek();
    return call(
      token.text,
      splitAtCommas(cursor.group()).map((part) =>
        parser.whole(part, part[0] ?? place, { insideIndex: true }),
      ),
    );
  }
  const asItIs =
    token.kind === 'name' ||
    isNewName(parser, token.text) ||
    vocabulary.sizes.has(token.text) ||
    vocabulary.names.has(token.text) ||
    parser.context.bound.includes(token.text) ||
    vocabulary.indices.has(token.text);
  if (!asItIs) cursor.split(1);
  const taken = cursor.take();
  if (cursor.is('(') && !cursor.peek().spaced && taken.text.length > 1) {
    const inner = parser.whole(cursor.group(), taken);
    return call(taken.text, [inner]);
  }
  return quantityWith(
    parser,
    taken.text,
    taken,
    takeScripts(cursor, vocabulary, parser.context.notation),
  );
}

/** A quantity with its scripts. */
function readQuantity(parser: Parser, name: string, token: Token): Formula {
  const scripts = takeScripts(parser.cursor, parser.context.vocabulary, parser.context.notation);
  return quantityWith(parser, name, token, scripts);
}

function quantityWith(
  parser: Parser,
  base: string,
  token: Token,
  scripts: readonly Script[],
): Formula {
  const { vocabulary } = parser.context;
  const sorted = sortScripts(parser, base, scripts);
  const isSubscripted = sorted.lower.length > 0 || sorted.upper.length > 0;
  const constant =
    isSubscripted ||
    (isDeclared(vocabulary, sorted.name) && !vocabulary.besideFamilies.has(sorted.name))
      ? undefined
      : constantNamed(parser, sorted.name);
  if (constant === 'euler') {
    const [first, ...others] = towers(parser, sorted.after);
    if (!first) return call('exp', [one]);
    const exponent = parser.whole(first.tokens, first.place);
    return applyScripts(parser, call('exp', [exponent]), others);
  }
  if (constant) return applyScripts(parser, constant, sorted.after);
  const kronecker = base === 'delta' && scripts.length === 0 ? deltaCall(parser) : undefined;
  if (kronecker) return kronecker;
  if (sorted.name === 'delta' && sorted.lower.length === 2 && !hasEntry(parser, 'delta'))
    return applyScripts(parser, deltaOf(sorted.lower), sorted.after);
  return applyScripts(parser, symbolWith(parser, sorted, token), sorted.after);
}

const hasEntry = (parser: Parser, name: string): boolean =>
  isDeclared(parser.context.vocabulary, name);

/** `delta(i, j)`, also where `delta` is declared: two indices in brackets are no factor. */
function deltaCall(parser: Parser): Formula | undefined {
  const { cursor } = parser;
  if (!cursor.is('(')) return undefined;
  const mark = cursor.mark();
  const place = cursor.peek();
  const parts = splitAtCommas(cursor.group());
  if (parts.length !== 2) {
    cursor.reset(mark);
    return undefined;
  }
  const delta = deltaOf(parts.map((part) => readIndex(parser, part, place)));
  const { vocabulary, notation } = parser.context;
  return applyScripts(parser, delta, takeScripts(cursor, vocabulary, notation));
}

/** Two arguments in brackets: `delta(i,j)`; nothing is taken if there are not two. */
function readPair(parser: Parser): readonly Formula[] | undefined {
  const { cursor } = parser;
  const mark = cursor.mark();
  const place = cursor.peek();
  const parts = splitAtCommas(cursor.group());
  if (parts.length === 2) return parts.map((part) => readIndex(parser, part, place));
  cursor.reset(mark);
  return undefined;
}

const deltaOf = (indices: readonly Formula[]): Formula =>
  Object.freeze({ kind: 'delta', left: indices[0] as Formula, right: indices[1] as Formula });

function constantNamed(parser: Parser, name: string): Formula | 'euler' | undefined {
  const { vocabulary } = parser.context;
  switch (name) {
    case 'e':
      return 'euler';
    case 'pi':
      return pi;
    case 'infinity':
    case 'inf':
      return infinity;
    case 'ones':
      return operation('ones');
    case 'I': {
      const hasFamilies = [...vocabulary.names.values()].some(
        (entry) =>
          entry.declared &&
          (entry.upper > 0 || (entry.lower ?? 0) > 0 || /^[A-Z]$/.test(entry.name)),
      );
      return hasFamilies && !vocabulary.sizes.has('I') ? operation('identity') : undefined;
    }
    default:
      return undefined;
  }
}
