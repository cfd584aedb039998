/** Scripts of names and brackets: indices, powers, transposes, entries. */
import { type Formula, number, operation, rawPower, symbol, whole } from '../expression/formula.js';
import type { Parser } from './grammar.js';
import { isTransposeLetter, readIndex, readLower, splitAtCommas, upperMeaning } from './indices.js';
import { type Script, takeScripts } from './scripts.js';
import type { Token } from './token.js';

/** Scripts sorted into indices (part of the symbol) and what is done to it (powers, transposes). */
export interface Sorted {
  readonly name: string;
  readonly upper: readonly Formula[];
  readonly lower: readonly Formula[];
  readonly after: readonly Script[];
}

export function sortScripts(parser: Parser, base: string, scripts: readonly Script[]): Sorted {
  const { vocabulary, bound } = parser.context;
  let name = base;
  const lower: Formula[] = [];
  const after: Script[] = [];
  for (const script of scripts) {
    if (script.above) continue;
    const read = readLower(parser, name, script);
    if (read.label !== undefined) name = `${name}_${read.label}`;
    lower.push(...read.indices);
  }
  const upper: Formula[] = [];
  let closed = false;
  for (const script of scripts) {
    if (!script.above) continue;
    const isPrime =
      script.place.text === "'" || (script.tokens.length === 1 && script.tokens[0]?.text === "'");
    const isStar = script.tokens.length === 1 && script.tokens[0]?.text === '*';
    if (!isPrime && isStar) {
      name = `${name}star`;
      continue;
    }
    const meaning =
      closed || isPrime ? undefined : upperMeaning(script, name, upper.length, vocabulary, bound);
    if (meaning?.kind === 'index') {
      for (const index of meaning.indices) upper.push(readIndex(parser, index, script.place));
      if (meaning.rest.length > 0) {
        after.push({ ...script, tokens: meaning.rest, bracket: 'none' });
        closed = true;
      }
    } else {
      after.push(script);
      closed = true;
    }
  }
  return { name, upper, lower, after };
}

/** The symbol, with the upper indices that are missing as whole ones. */
export function symbolWith(
  parser: Parser,
  sorted: { name: string; upper: readonly Formula[]; lower: readonly Formula[] },
  token: Token,
): Formula {
  const entry = parser.context.vocabulary.names.get(sorted.name);
  const isEntryOfMatrix = !entry?.declared && sorted.lower.length >= 2;
  const name = isEntryOfMatrix ? matrixOfEntry(parser, sorted.name) : sorted.name;
  const expected = parser.context.vocabulary.names.get(name)?.upper ?? 0;
  const missing = Math.max(0, expected - sorted.upper.length);
  const padding = new Array<Formula>(missing).fill(whole);
  void token;
  return symbol(name, [...sorted.upper, ...padding, ...sorted.lower]);
}

/** The lower-case entry of a declared matrix is its entry: `x_ij` of `X`. */
function matrixOfEntry(parser: Parser, name: string): string {
  const { names } = parser.context.vocabulary;
  const capital = name.length === 1 ? name.toUpperCase() : name;
  if (capital === name) return name;
  const matrix = names.get(capital);
  const own = names.get(name);
  return matrix?.declared && !own?.declared && (matrix.lower ?? 0) === 2 ? capital : name;
}

/** What follows a bracket, number or fraction: powers, transposes, entries. */
export function withPowers(parser: Parser, formula: Formula): Formula {
  const scripts = takeScripts(parser.cursor, parser.context.vocabulary, parser.context.notation);
  return applyScripts(parser, formula, scripts);
}

export function applyScripts(
  parser: Parser,
  formula: Formula,
  scripts: readonly Script[],
): Formula {
  let result = formula;
  for (const script of towers(parser, scripts)) result = applyScript(parser, result, script);
  return result;
}

/** `2^3^2` is 2 to the power `3^2`: powers of powers are joined from the right. */
export function towers(parser: Parser, scripts: readonly Script[]): readonly Script[] {
  const joined: Script[] = [];
  for (const script of [...scripts].reverse()) {
    const next = joined.at(-1);
    if (!next || !isPower(parser, script) || !isPower(parser, next)) joined.push(script);
    else joined[joined.length - 1] = { ...script, tokens: tower(script, next), bracket: 'none' };
  }
  return joined.reverse();
}

const isPower = (parser: Parser, { above, tokens }: Script): boolean =>
  above &&
  !isTransposeLetter(tokens, parser.context.vocabulary, parser.context.bound) &&
  !tokens.some((token) => token.text === "'" || token.text === '.*' || token.text === 'top');

/** The tokens of an exponent with a power of its own. */
function tower(base: Script, exponent: Script): readonly Token[] {
  const sign = (text: string): Token => ({ ...exponent.place, kind: 'operator', text, length: 1 });
  const inner = base.bracket === 'none' ? base.tokens : [sign('('), ...base.tokens, sign(')')];
  return [...inner, sign('^'), sign('{'), ...exponent.tokens, sign('}')];
}

function applyScript(parser: Parser, formula: Formula, script: Script): Formula {
  const { vocabulary, bound } = parser.context;
  if (!script.above) {
    const indices = readLower(parser, '', script).indices;
    if (indices.length === 0)
      throw parser.cursor.error('expected indices here, met a label', script.place);
    return operation('entry', formula, ...indices);
  }
  const [first, ...rest] = script.tokens;
  if (first === undefined) throw parser.cursor.error('expected an exponent here', script.place);
  if (first.kind === 'operator' && first.text === "'") {
    const transposed = operation('transpose', formula);
    return rest.length > 0
      ? applyScript(parser, transposed, { ...script, tokens: rest })
      : transposed;
  }
  if (first.kind === 'operator' && first.text === '.*') {
    const exponent = parser.whole(rest, script.place);
    return operation('elementwise_power', formula, exponent);
  }
  if (isTransposeLetter(script.tokens, vocabulary, bound)) {
    const isNumber = vocabulary.lastSteps.has(first.text);
    if (isNumber && script.bracket === 'round') return rawPower(formula, symbol(first.text));
    // Of a number it is a power: what the name stands for is known when the shapes are.
    return operation('transpose', formula, ...(isNumber ? [symbol(first.text)] : []));
  }
  // `{-\top}` and `{-T}`: the inverse transposed; `{2\top}`.
  const last = script.tokens.at(-1) as Token;
  if (script.tokens.length > 1 && last.kind === 'command' && last.text === 'top') {
    const before = script.tokens.slice(0, -1);
    const inner =
      before.length === 1 && before[0]?.text === '-'
        ? number(-1)
        : parser.whole(before, script.place);
    return operation('transpose', rawPower(formula, inner));
  }
  if (
    script.tokens.length === 2 &&
    first.text === '-' &&
    isTransposeLetter([last], vocabulary, bound)
  )
    return operation('transpose', rawPower(formula, number(-1)));
  if (first.kind === 'command' && first.text === 'top')
    return applyScript(parser, operation('transpose', formula), { ...script, tokens: rest });
  return rawPower(formula, parser.whole(script.tokens, script.place));
}

/** Arguments between brackets. */
export function readArguments(
  parser: Parser,
  tokens: readonly Token[],
  place: Token,
): readonly Formula[] {
  return splitAtCommas(tokens).map((part) => {
    if (part.length === 0) throw parser.cursor.error('expected an argument here', place);
    return parser.whole(part, place);
  });
}
