/** Derivatives not yet taken: `dC/dw`, `d/dx (...)`, `\frac{\partial C}{\partial w}`, `\nabla_w C`. */
import {
  derivative,
  type Formula,
  number,
  rawMultiply,
  rawPower,
  symbol,
  whole,
} from '../expression/formula.js';
import { writePlain } from '../write/write.js';
import { described } from './cursor.js';
import type { Parser } from './grammar.js';
import { readIndex } from './indices.js';
import { isDifferential, refuseFraction, refuseMissingBelow } from './missing-signs.js';
import { ReadError } from './problem.js';
import { sortScripts, symbolWith, withPowers } from './script-meaning.js';
import { takeName, takeScripts } from './scripts.js';
import type { Token } from './token.js';
import { isKnownName } from './vocabulary.js';

/** What is derived by, with how often. */
interface Variable {
  readonly by: Formula;
  readonly times: number;
}

/** Highest order of derivative that is read. */
const HIGHEST_ORDER = 9;

const applyAll = (of: Formula, variables: readonly Variable[]): Formula => {
  let result = of;
  for (const { by, times } of [...variables].reverse())
    for (let time = 0; time < times; time += 1) result = derivative(result, by);
  return result;
};

/** A plain quotient of differentials, if one stands here; otherwise nothing is taken. */
export function tryDerivative(parser: Parser): Formula | undefined {
  const { cursor } = parser;
  const token = cursor.peek();
  const isPartial = token.kind === 'command' && token.text === 'partial';
  if (!isPartial && !startsDifferential(parser, token)) return undefined;
  const mark = cursor.mark();
  const quotient = attempt(parser);
  if (quotient) return finishQuotient(parser, quotient.of, quotient.variables);
  cursor.reset(mark);
  if (isDifferential(parser, token, 'defined')) refuseHalf(parser, token);
  cursor.reset(mark);
  return undefined;
}

/** `dC/w`: one of its signs is forgotten. */
function refuseHalf(parser: Parser, start: Token): void {
  const { cursor } = parser;
  let of: Formula;
  try {
    takeD(parser);
    of = parser.factorWithoutDerivative();
  } catch (error) {
    if (error instanceof ReadError) return;
    throw error;
  }
  if (cursor.accept('/')) refuseMissingBelow(parser, start, of);
}

/** A word that starts with d and is no name itself. */
function startsDifferential(parser: Parser, token: Token): boolean {
  const { vocabulary } = parser.context;
  if (token.kind !== 'word' || token.text[0] !== 'd') return false;
  if (token.text === 'd') return !vocabulary.names.get('d')?.declared || parser.cursor.is('/', 1);
  return (
    !isKnownName(vocabulary, token.text) || vocabulary.names.get(token.text)?.declared === false
  );
}

interface Quotient {
  /** Absent in an operator `d/dx`. */
  readonly of: Formula | undefined;
  readonly variables: readonly Variable[];
}

/** `d NUMERATOR / d VARIABLES`; `undefined` if what stands here is none, whatever the reason. */
function attempt(parser: Parser): Quotient | undefined {
  const { cursor } = parser;
  try {
    const order = takeD(parser);
    if (order === undefined) return undefined;
    const of = cursor.is('/') ? undefined : parser.factorWithoutDerivative();
    if (!cursor.accept('/')) return undefined;
    const variables = takeVariables(parser, order);
    return variables && { of, variables };
  } catch (error) {
    if (error instanceof ReadError) return undefined;
    throw error;
  }
}

function finishQuotient(
  parser: Parser,
  of: Formula | undefined,
  variables: readonly Variable[],
): Formula {
  if (of !== undefined) return withPowers(parser, applyAll(of, variables));
  return applyAll(operand(parser), variables);
}

/** What an operator applies to: the whole product that follows. */
function operand(parser: Parser): Formula {
  if (!parser.startsFactor() && !parser.cursor.is('-'))
    throw parser.cursor.error(
      `expected what this derivative is of, met ${described(parser.cursor.peek())}`,
    );
  return parser.term();
}

/** Takes `d`, `d2`, `d^2` or a partial sign with its order. */
function takeD(parser: Parser): number | undefined {
  const { cursor } = parser;
  const token = cursor.peek();
  if (token.kind === 'command' && token.text === 'partial') cursor.take();
  else {
    if (token.kind !== 'word' || token.text[0] !== 'd') return undefined;
    cursor.split(1);
    cursor.take();
    const next = cursor.peek();
    const digits = next.kind === 'word' || next.kind === 'number' ? /^\d/.exec(next.text) : null;
    if (digits && !next.spaced) {
      cursor.split(1);
      return Number(cursor.take().text);
    }
  }
  return takeOrder(parser) ?? 1;
}

function takeOrder(parser: Parser): number | undefined {
  const { cursor } = parser;
  if (!cursor.is('^')) return undefined;
  const mark = cursor.mark();
  cursor.take();
  const tokens = cursor.is('{') ? cursor.group() : [cursor.take()];
  const text = tokens.map((token) => token.text).join('');
  // A run like `2C` after `d^` starts with the order.
  if (/^\d$/.test(text)) return Number(text);
  cursor.reset(mark);
  cursor.take();
  if (cursor.peek().kind === 'word' && /^\d/.test(cursor.peek().text)) {
    cursor.split(1);
    return Number(cursor.take().text);
  }
  cursor.reset(mark);
  return undefined;
}

/** `dw_1 dw_2`, `dw^2`: as many as the order says. */
function takeVariables(parser: Parser, order: number): readonly Variable[] | undefined {
  const { cursor } = parser;
  if (order < 1 || order > HIGHEST_ORDER) return undefined;
  const variables: Variable[] = [];
  let total = 0;
  while (total < order) {
    const token = cursor.peek();
    if (cursor.is('(') && total === 0 && order > 1) {
      // `d2C/(dw_1 dw_2)`
      const group = cursor.group();
      const inner = parser.inner(group, token);
      const read = takeVariables(inner, order);
      if (!read || !inner.cursor.atEnd) return undefined;
      return read;
    }
    if (token.kind === 'command' && token.text === 'partial') cursor.take();
    else if (token.kind === 'word' && token.text[0] === 'd') {
      if (token.text.length === 1) cursor.take();
      else {
        cursor.split(1);
        cursor.take();
      }
    } else return undefined;
    const variable = takeVariable(parser, order - total, variables.length === 0);
    if (!variable) return undefined;
    variables.push(variable);
    total += variable.times;
  }
  return total === order ? variables : undefined;
}

/** One symbol with its indices; a last `^2` may be the order. */
function takeVariable(parser: Parser, left: number, isFirst: boolean): Variable | undefined {
  const { cursor } = parser;
  const { vocabulary, notation } = parser.context;
  const taken = takeName(cursor, vocabulary, notation);
  if (!taken) return undefined;
  const mark = cursor.mark();
  const scripts = takeScripts(cursor, vocabulary, notation);
  const last = scripts.at(-1);
  const text = last?.above ? last.tokens.map((token) => token.text).join('') : '';
  const isOrder =
    left > 1 && /^\d$/.test(text) && Number(text) <= left && last?.bracket !== 'round';
  if (isOrder) {
    const sorted = sortScripts(parser, taken.name, scripts.slice(0, -1));
    return { by: symbolWith(parser, sorted, taken.token), times: Number(text) };
  }
  const [only] = scripts;
  if (only?.above && scripts.length === 1 && vocabulary.powerNames.has(taken.name) && text === '2')
    return { by: rawPower(symbol(taken.name), number(2)), times: 1 };
  const sorted = sortScripts(parser, taken.name, scripts);
  // `dL/dW^3`: nobody differentiates by a power, so this is an index.
  const [power] = sorted.after;
  if (
    left === 1 &&
    isFirst &&
    power &&
    sorted.after.length === 1 &&
    /^([A-SU-Za-su-z]|\d+)$/.test(text)
  ) {
    const index = readIndex(parser, power.tokens, power.place);
    return { by: symbol(sorted.name, [index, ...sorted.lower]), times: 1 };
  }
  if (sorted.after.length > 0) {
    // A power or transpose belongs to the quotient: `dL/dX^T`.
    cursor.reset(mark);
    let kept = 0;
    const own = scripts.length - sorted.after.length;
    while (kept < own) {
      takeScripts1(parser);
      kept += 1;
    }
  }
  return { by: symbolWith(parser, sorted, taken.token), times: 1 };
}

/** Takes a single script. */
function takeScripts1(parser: Parser): void {
  const { cursor } = parser;
  const { vocabulary, notation } = parser.context;
  const before = cursor.mark();
  const all = takeScripts(cursor, vocabulary, notation);
  const second = all[1];
  if (!second) return;
  // Go back to where the second script begins.
  cursor.reset(before);
  do cursor.take();
  while (
    !cursor.atEnd &&
    !(cursor.peek().line === second.place.line && cursor.peek().column === second.place.column)
  );
}

/** `\frac{\partial C}{\partial w}` and `\frac{d}{dx}`; `undefined` if it is an ordinary fraction. */
export function readDerivativeFraction(
  parser: Parser,
  above: readonly Token[],
  below: readonly Token[],
  place: Token,
): Formula | undefined {
  const { cursor } = parser;
  const first = below[0];
  const top = above[0];
  const partialBelow = first?.kind === 'command' && first.text === 'partial';
  const partialAbove = top?.kind === 'command' && top.text === 'partial';
  const dBelow =
    first !== undefined &&
    startsDifferential(parser.inner(below, place), first) &&
    isDifferentialList(parser, below);
  const dAbove =
    top !== undefined &&
    top.kind === 'word' &&
    top.text[0] === 'd' &&
    startsDifferential(parser.inner(above, place), top);
  if (partialBelow && !partialAbove && !dAbove) {
    refuseFraction(parser, above, below, 'above', place);
    throw cursor.error(
      'this fraction has a partial sign below the bar only; did you mean \\frac{\\partial ...}{\\partial ...}?',
      place,
    );
  }
  if (partialAbove && !partialBelow && !dBelow) {
    refuseFraction(parser, above, below, 'below', place);
    throw cursor.error(
      'this fraction has a partial sign above the bar only; did you mean \\frac{\\partial ...}{\\partial ...}?',
      place,
    );
  }
  if (dAbove && !dBelow && !partialBelow && isDifferential(parser, top, 'defined'))
    refuseFraction(parser, above, below, 'below', place);
  if (dBelow && !dAbove && isDifferential(parser, first, 'named') && isDefined(parser, above))
    refuseFraction(parser, above, below, 'above', place);
  if (!(partialBelow || dBelow) || !(partialAbove || dAbove)) return undefined;
  const upper = parser.inner(above, place);
  const order = takeD(upper) ?? 1;
  const lower = parser.inner(below, place);
  const variables = takeVariables(lower, order);
  if (variables && isTransposed(lower)) {
    const [by] = variables.map((variable) => writePlain(variable.by));
    throw cursor.error(
      `a derivative by the transpose of ${by}: write (dL/d${by})^T for the gradient as a row, or df/d${by} for the matrix of df_i/d${by}_j`,
      below[0] ?? place,
    );
  }
  if (!variables || !lower.cursor.atEnd)
    throw cursor.error(
      `expected ${order === 1 ? 'one name' : `names for a derivative of order ${order}`} below the bar, such as \\partial w`,
      below[0] ?? place,
    );
  if (upper.cursor.atEnd) return applyAll(operand(parser), variables);
  const of = upper.expression();
  upper.finish();
  return applyAll(of, variables);
}

/** Whether nothing but a transpose is left. */
function isTransposed({ cursor }: Parser): boolean {
  if (!cursor.is('^')) return cursor.is("'") && cursor.rest().length === 1;
  const text = cursor.rest().map((token) => token.text);
  return ['^top', '^T', '^{top}', '^{T}'].includes(text.join(''));
}

/** Whether the tokens begin with a quantity of the sheet. */
const isDefined = (parser: Parser, tokens: readonly Token[]): boolean =>
  parser.context.vocabulary.names.get(tokens[0]?.text ?? '')?.defined === true;

/** Whether a denominator is made of differentials: `dx`, `d x_1 d x_2`, not `d_k` or `d + 1`. */
function isDifferentialList(parser: Parser, tokens: readonly Token[]): boolean {
  const [first, second] = tokens;
  if (first?.text !== 'd') return true;
  void parser;
  return second !== undefined && (second.kind === 'word' || second.kind === 'name');
}

/** `\nabla_W C`, `\nabla C`: gradient of the factor that follows. */
export function readNabla(parser: Parser): Formula {
  const { cursor } = parser;
  const { vocabulary, notation } = parser.context;
  const place = cursor.take();
  const scripts = takeScripts(cursor, vocabulary, notation);
  const below = scripts.find((script) => !script.above);
  const above = scripts.find((script) => script.above)?.tokens ?? [];
  // `\nabla_w^2 L` is the matrix of second derivatives.
  const isSecond = above.length === 1 && above[0]?.text === '2';
  const factors: Formula[] = [];
  for (;;) {
    if (!parser.startsFactor())
      throw cursor.error(
        'expected what this gradient is of',
        cursor.peek().kind === 'end' ? place : cursor.peek(),
      );
    const factor = parser.factor();
    factors.push(factor);
    if (factor.kind !== 'number') break;
  }
  const of = rawMultiply(factors);
  if (!below) {
    // Which quantity the gradient is by cannot be told from the sign: by all that `of` is made of.
    return derivative(of, symbol('nabla', [whole]));
  }
  const inner = parser.inner(below.tokens, below.place);
  const by = readGradientVariable(inner);
  inner.finish();
  return isSecond ? derivative(derivative(of, by), by) : derivative(of, by);
}

function readGradientVariable(parser: Parser): Formula {
  const { cursor } = parser;
  const { vocabulary, notation } = parser.context;
  const taken = takeName(cursor, vocabulary, notation);
  if (!taken)
    throw cursor.error(`expected the name the gradient is by, met ${described(cursor.peek())}`);
  const scripts = takeScripts(cursor, vocabulary, notation);
  const sorted = sortScripts(parser, taken.name, scripts);
  const formula = symbolWith(parser, sorted, taken.token);
  // `\nabla_a C` without a layer is by the last layer, where the layers have a last one.
  if (
    formula.kind === 'symbol' &&
    sorted.upper.length === 0 &&
    formula.indices[0]?.kind === 'whole'
  ) {
    const top = vocabulary.lastUpper.get(taken.name);
    if (top) return symbol(formula.name, [top, ...formula.indices.slice(1)]);
  }
  return formula;
}
