/**
 * How far rounding may have taken the numbers of a tape from the true ones: a running error bound
 * (Higham, Accuracy and Stability of Numerical Algorithms, section 3.3), worked out on demand. Where
 * it is as large as the difference of two numbers, doubles cannot tell them apart.
 */
import type { Node, Tape } from './tape.js';

/** Half the distance from 1 to the next double. */
const UNIT = 2 ** -53;
/** Roundings taken for one call of a function. */
const CALL = 4;

/** Bounds of the rounding errors of one tape, remembered by node. */
export class Rounding {
  private readonly errors = new Map<Node, number>();

  constructor(private readonly tape: Tape) {}

  /** The bound of a node; `Infinity` where the range of doubles was left on the way. */
  of(node: Node): number {
    const waiting = [node];
    for (let next = waiting.at(-1); next !== undefined; next = waiting.at(-1)) {
      const open = this.tape.inputsOf(next).filter((input) => !this.errors.has(input));
      if (open.length > 0) {
        for (const input of open) waiting.push(input);
        continue;
      }
      waiting.pop();
      if (!this.errors.has(next)) this.errors.set(next, this.worked(next));
    }
    return this.errors.get(node) as number;
  }

  private worked(node: Node): number {
    const { tape } = this;
    const inputs = tape.inputsOf(node);
    const value = tape.value(node);
    const sizes = inputs.map((input) => Math.abs(tape.value(input)));
    const errors = inputs.map((input) => this.errors.get(input) as number);
    if (errors.includes(Number.POSITIVE_INFINITY)) return Number.POSITIVE_INFINITY;
    if (!Number.isFinite(value)) return hasLeftRange(value, sizes) ? Number.POSITIVE_INFINITY : 0;
    const error = this.carried(node, value, sizes, errors);
    return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
  }

  private carried(
    node: Node,
    value: number,
    sizes: readonly number[],
    errors: readonly number[],
  ): number {
    const { tape } = this;
    const [size = 0, other = 0] = sizes;
    const [error = 0, otherError = 0] = errors;
    const own = UNIT * Math.abs(value);
    switch (tape.operationOf(node)) {
      case 'leaf':
        return 0;
      case 'constant':
        return Number.isSafeInteger(value) ? 0 : own;
      case 'link':
        // A number given for an entry is what it is.
        return value === tape.value(tape.input(node, 0)) ? error : 0;
      case 'add':
        return total(errors) + UNIT * total(sizes);
      case 'multiply':
        return size * otherError + other * error + error * otherError + own;
      case 'power': {
        const exponent = tape.value(tape.input(node, 1));
        if (error === 0) return own + Math.abs(value * Math.log(size || 1)) * otherError;
        // A base that may be zero.
        if (error >= size) return exponent > 0 ? (size + error) ** exponent : Infinity;
        const ofBase = Math.abs(exponent / size) * error;
        return own + Math.abs(value) * (ofBase + Math.abs(Math.log(size)) * otherError);
      }
      default: {
        const fromInputs = errors.map((part, place) => {
          if (part === 0) return 0;
          const slope = tape.slope(node, place);
          return slope === undefined ? 0 : Math.abs(tape.value(slope)) * part;
        });
        return total(fromInputs) + CALL * own;
      }
    }
  }
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, part) => sum + part, 0);

/**
 * Whether a value is none because doubles end: a power or exponential too large, or a power below
 * the least of them. `1/0` and `log(0)` have no value in any arithmetic.
 */
const hasLeftRange = (value: number, sizes: readonly number[]): boolean =>
  Number.isNaN(value)
    ? isLostPower(sizes)
    : sizes.length > 0 &&
      sizes.every((size) => Number.isFinite(size)) &&
      sizes.some((size) => size > 1);

/** The tape says NaN for a power that fell below the least double. */
const isLostPower = ([base, exponent]: readonly number[]): boolean =>
  base !== undefined && exponent !== undefined && base ** exponent === 0 && base !== 0;
