/**
 * Known functions through exp, log, powers and indicators: one row each. What has no row stays an
 * atom whose arguments are in normal form. Every row is exact where the function is defined.
 */
import {
  add,
  call,
  compare,
  divide,
  exp,
  type Formula,
  indicator,
  log,
  multiply,
  negate,
  number,
  one,
  pi,
  power,
  reciprocal,
  subtract,
  zero,
} from '../expression/formula.js';

type Row = (u: Formula, v: Formula) => Formula;

const two = number(2);
const half = number('1/2');
const positive = (u: Formula) => indicator(compare(u, '>', zero));
const negative = (u: Formula) => indicator(compare(u, '<', zero));
const squared = (u: Formula) => power(u, two);
const expTwice = (u: Formula) => exp(multiply(two, u));
const sine = (u: Formula) => call('sin', [u]);
const cosine = (u: Formula) => call('cos', [u]);
const relu = (u: Formula) => call('relu', [u]);
const absolute = (u: Formula) => call('abs', [u]);

export const throughExp: ReadonlyMap<string, Row> = new Map<string, Row>([
  ['sigmoid', (u) => divide(exp(u), add(one, exp(u)))],
  ['tanh', (u) => divide(subtract(expTwice(u), one), add(expTwice(u), one))],
  ['coth', (u) => divide(add(expTwice(u), one), subtract(expTwice(u), one))],
  ['cosh', (u) => multiply(half, add(exp(u), exp(negate(u))))],
  ['sinh', (u) => multiply(half, subtract(exp(u), exp(negate(u))))],
  ['sech', (u) => divide(two, add(exp(u), exp(negate(u))))],
  ['csch', (u) => divide(two, subtract(exp(u), exp(negate(u))))],
  ['softplus', (u) => log(add(one, exp(u)))],
  ['silu', (u) => multiply(u, call('sigmoid', [u]))],
  ['mish', (u) => multiply(u, call('tanh', [call('softplus', [u])]))],
  ['gelu', (u) => multiply(half, u, add(one, call('erf', [divide(u, power(two, half))])))],
  ['expm1', (u) => subtract(exp(u), one)],
  ['log1p', (u) => log(add(one, u))],
  ['log2', (u) => divide(log(u), log(two))],
  ['log10', (u) => divide(log(u), log(number(10)))],
  ['sqrt', (u) => power(u, half)],
  ['leaky_relu', (u) => add(multiply(number('1/100'), u), multiply(number('99/100'), relu(u)))],
  ['elu', (u) => add(relu(u), multiply(negative(u), subtract(exp(u), one)))],
  ['abs', (u) => subtract(multiply(two, relu(u)), u)],
  ['sign', (u) => subtract(positive(u), negative(u))],
  ['heaviside', positive],
  ['softsign', (u) => divide(u, add(one, absolute(u)))],
  ['max', (u, v) => add(v, relu(subtract(u, v)))],
  ['min', (u, v) => subtract(u, relu(subtract(u, v)))],
  ['hypot', (u, v) => power(add(squared(u), squared(v)), half)],
  ['pow', (u, v) => power(u, v)],
  ['identity', (u) => u],
  ['tan', (u) => divide(sine(u), cosine(u))],
  ['cot', (u) => divide(cosine(u), sine(u))],
  ['sec', (u) => reciprocal(cosine(u))],
  ['csc', (u) => reciprocal(sine(u))],
  ['acot', (u) => subtract(multiply(half, pi), call('atan', [u]))],
  ['asec', (u) => call('acos', [reciprocal(u)])],
  ['acsc', (u) => call('asin', [reciprocal(u)])],
  ['acoth', (u) => call('atanh', [reciprocal(u)])],
  ['asech', (u) => call('acosh', [reciprocal(u)])],
  ['acsch', (u) => call('asinh', [reciprocal(u)])],
  ['sinc', (u) => divide(sine(u), u)],
]);

/** Functions with `f(-u) = f(u)` or `f(-u) = -f(u)`, which are kept as atoms. */
export const parity: ReadonlyMap<string, 'even' | 'odd'> = new Map([
  ['sin', 'odd'],
  ['cos', 'even'],
  ['atan', 'odd'],
  ['asin', 'odd'],
  ['erf', 'odd'],
  ['asinh', 'odd'],
  ['atanh', 'odd'],
  ['cbrt', 'odd'],
  ['hardtanh', 'odd'],
]);
