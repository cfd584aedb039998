/**
 * Functions of numbers on the tape. The slopes here are written once more, apart from the texts in
 * the table of functions: the laws made of those texts are tested against this file. A function
 * without a slope here takes the text of its row, so that a new function stays one row.
 */

import type { FunctionRow } from '../expression/functions.js';
import { functionNamed } from '../expression/functions.js';
import { Unsupported } from '../expression/unsupported.js';
import type { Node, Operation, Tape } from './tape.js';

/** The slope in the argument `u` and the value `r` of the function. */
type Slope = (tape: Tape, u: Node, r: Node) => Node | undefined;

const number = (tape: Tape, value: number): Node => tape.constant(value);
const plus = (tape: Tape, ...terms: Node[]): Node => tape.add(terms);
const times = (tape: Tape, ...factors: Node[]): Node =>
  factors.reduce((left, right) => tape.multiply(left, right));
const minus = (tape: Tape, left: Node, right: Node): Node => tape.add([left, tape.negate(right)]);
const oneMinus = (tape: Tape, node: Node): Node => minus(tape, tape.one, node);
const square = (tape: Tape, node: Node): Node => tape.multiply(node, node);
const over = (tape: Tape, node: Node): Node => tape.power(node, number(tape, -1));
const root = (tape: Tape, node: Node): Node => tape.power(node, number(tape, 0.5));
const at = (tape: Tape, name: string, ...args: Node[]): Node => applyElementary(tape, name, args);
/** A slope that depends on the sign of the argument only. */
/** A slope decided by where a number lies; on which side an unknown one lies is not known. */
const decided =
  (slope: (tape: Tape, u: Node) => Node): Slope =>
  (tape, u) => {
    const missing = tape.missingFor(u);
    return missing === undefined ? slope(tape, u) : tape.absent(missing);
  };

const steps = (below: number, zero: number, above: number): Slope =>
  decided((tape, u) => number(tape, tape.value(u) > 0 ? above : tape.value(u) < 0 ? below : zero));

const overRoot =
  (sign: number, inside: (tape: Tape, u: Node) => Node): Slope =>
  (tape, u) =>
    times(tape, number(tape, sign), over(tape, root(tape, inside(tape, u))));
const squareMinusOne = (tape: Tape, u: Node): Node => plus(tape, square(tape, u), number(tape, -1));
const oneMinusSquare = (tape: Tape, u: Node): Node => oneMinus(tape, square(tape, u));
const onePlusSquare = (tape: Tape, u: Node): Node => plus(tape, tape.one, square(tape, u));
const absolute = (tape: Tape, u: Node): Node => at(tape, 'abs', u);

/** DLMF 4.20, 4.24, 4.34, 4.38 and 7.2. */
const slopes: ReadonlyMap<string, Slope> = new Map<string, Slope>([
  ['exp', (_tape, _u, r) => r],
  ['log', (tape, u) => over(tape, u)],
  ['log2', (tape, u) => times(tape, number(tape, Math.LOG2E), over(tape, u))],
  ['log10', (tape, u) => times(tape, number(tape, Math.LOG10E), over(tape, u))],
  ['log1p', (tape, u) => over(tape, plus(tape, tape.one, u))],
  ['expm1', (tape, u) => at(tape, 'exp', u)],
  ['sqrt', (tape, _u, r) => times(tape, number(tape, 0.5), over(tape, r))],
  ['cbrt', (tape, _u, r) => times(tape, number(tape, 1 / 3), over(tape, square(tape, r)))],
  ['abs', steps(-1, 0, 1)],
  ['sign', () => undefined],
  ['heaviside', () => undefined],
  ['sin', (tape, u) => at(tape, 'cos', u)],
  ['cos', (tape, u) => tape.negate(at(tape, 'sin', u))],
  ['tan', (tape, _u, r) => onePlusSquare(tape, r)],
  ['cot', (tape, _u, r) => tape.negate(onePlusSquare(tape, r))],
  ['sec', (tape, u, r) => times(tape, r, at(tape, 'tan', u))],
  ['csc', (tape, u, r) => tape.negate(times(tape, r, at(tape, 'cot', u)))],
  ['asin', overRoot(1, oneMinusSquare)],
  ['acos', overRoot(-1, oneMinusSquare)],
  ['atan', (tape, u) => over(tape, onePlusSquare(tape, u))],
  ['acot', (tape, u) => tape.negate(over(tape, onePlusSquare(tape, u)))],
  ['asec', overRoot(1, (tape, u) => times(tape, square(tape, u), squareMinusOne(tape, u)))],
  ['acsc', overRoot(-1, (tape, u) => times(tape, square(tape, u), squareMinusOne(tape, u)))],
  ['sinh', (tape, u) => at(tape, 'cosh', u)],
  ['cosh', (tape, u) => at(tape, 'sinh', u)],
  ['tanh', (tape, _u, r) => oneMinusSquare(tape, r)],
  ['coth', (tape, _u, r) => oneMinusSquare(tape, r)],
  ['sech', (tape, u, r) => tape.negate(times(tape, r, at(tape, 'tanh', u)))],
  ['csch', (tape, u, r) => tape.negate(times(tape, r, at(tape, 'coth', u)))],
  ['asinh', overRoot(1, onePlusSquare)],
  ['acosh', overRoot(1, squareMinusOne)],
  ['atanh', (tape, u) => over(tape, oneMinusSquare(tape, u))],
  ['acoth', (tape, u) => over(tape, oneMinusSquare(tape, u))],
  // Not over root(u^2 ...): below zero asech has no value, and neither has its slope a sign to keep.
  [
    'asech',
    (tape, u) => tape.negate(over(tape, times(tape, u, root(tape, oneMinusSquare(tape, u))))),
  ],
  ['acsch', overRoot(-1, (tape, u) => times(tape, square(tape, u), onePlusSquare(tape, u)))],
  ['sinc', (tape, u, r) => times(tape, minus(tape, at(tape, 'cos', u), r), over(tape, u))],
  [
    'erf',
    (tape, u) =>
      times(
        tape,
        number(tape, 2 / Math.sqrt(Math.PI)),
        at(tape, 'exp', tape.negate(square(tape, u))),
      ),
  ],
  ['sigmoid', (tape, _u, r) => times(tape, r, oneMinus(tape, r))],
  ['relu', steps(0, 0, 1)],
  ['leaky_relu', steps(0.01, 0.01, 1)],
  ['softplus', (tape, u) => at(tape, 'sigmoid', u)],
  ['softsign', (tape, u) => over(tape, square(tape, plus(tape, tape.one, absolute(tape, u))))],
  [
    'silu',
    (tape, u, r) => {
      const s = at(tape, 'sigmoid', u);
      return plus(tape, s, times(tape, r, oneMinus(tape, s)));
    },
  ],
  ['hardtanh', decided((tape, u) => number(tape, tape.value(u) > -1 && tape.value(u) < 1 ? 1 : 0))],
  ['identity', (tape) => tape.one],
  ['elu', decided((tape, u) => (tape.value(u) > 0 ? tape.one : at(tape, 'exp', u)))],
  [
    'gelu',
    (tape, u) => {
      const area = times(
        tape,
        number(tape, 0.5),
        at(tape, 'erf', times(tape, number(tape, Math.SQRT1_2), u)),
      );
      const density = at(tape, 'exp', times(tape, number(tape, -0.5), square(tape, u)));
      return plus(
        tape,
        number(tape, 0.5),
        area,
        times(tape, number(tape, 1 / Math.sqrt(2 * Math.PI)), u, density),
      );
    },
  ],
  [
    'mish',
    (tape, u) => {
      const t = at(tape, 'tanh', at(tape, 'softplus', u));
      return plus(tape, t, times(tape, u, at(tape, 'sigmoid', u), oneMinusSquare(tape, t)));
    },
  ],
]);

type Slopes = (tape: Tape, args: readonly Node[], r: Node, input: number) => Node | undefined;

/** Functions of two numbers. */
const slopesOfTwo: ReadonlyMap<string, Slopes> = new Map<string, Slopes>([
  ['hypot', (tape, args, r, input) => tape.divide(args[input] as Node, r)],
  ['max', (tape, args, _r, input) => chosen(tape, args, input, 1)],
  ['min', (tape, args, _r, input) => chosen(tape, args, input, -1)],
]);

const chosen = (tape: Tape, args: readonly Node[], input: number, sign: number): Node => {
  for (const arg of args) {
    const missing = tape.missingFor(arg);
    if (missing !== undefined) return tape.absent(missing);
  }
  const own = sign * tape.value(args[input] as Node);
  const other = sign * tape.value(args[1 - input] as Node);
  // Of equal ones the first carries the derivative, beside a constant none does.
  const mayBeEqual = input === 0 && tape.canVary(args[1] as Node);
  return number(tape, own > other || (mayBeEqual && own === other) ? 1 : 0);
};

const operations = new WeakMap<FunctionRow, Operation>();

/** Whether the slope of a function is written in this file. */
export const hasSlope = (name: string): boolean => slopes.has(name) || slopesOfTwo.has(name);

/** The tape's operation of a row; made once. */
function operationOf(row: FunctionRow): Operation {
  const known = operations.get(row);
  if (known) return known;
  const slope = slopes.get(row.name);
  const slopeOfTwo = slopesOfTwo.get(row.name);
  const operation: Operation = {
    name: row.name,
    slope: (tape, self, input) => {
      const args = tape.inputsOf(self);
      if (slope) return slope(tape, args[0] as Node, self);
      if (slopeOfTwo) return slopeOfTwo(tape, args, self, input);
      throw new Unsupported(`no slope of ${row.name} is known by numbers`);
    },
  };
  operations.set(row, operation);
  return operation;
}

/** A known function applied to nodes; arguments beyond two of `max` and `min` are taken in turn. */
export function applyElementary(tape: Tape, name: string, args: readonly Node[]): Node {
  const row = functionNamed(name);
  if (!row) throw new Unsupported(`the function ${name} is not known`);
  if (row.name === 'pow') return tape.power(args[0] as Node, args[1] as Node);
  if (args.length > 2 && (row.name === 'max' || row.name === 'min'))
    return args.reduce((left, right) => applyElementary(tape, row.name, [left, right]));
  if (args.length !== row.parameters.length)
    throw new Unsupported(
      `${row.name} takes ${row.parameters.length} argument(s), not ${args.length}`,
    );
  const value = row.value(...args.map((arg) => tape.value(arg)));
  return tape.made(operationOf(row), args, value);
}
