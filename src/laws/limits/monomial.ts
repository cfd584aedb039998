/** Sizes to compare by: exp(polynomial in t) times a power of t times a power of log(t), t -> infinity. */
import Fraction from 'fraction.js';
import { structureKey } from '../../expression/same.js';
import {
  type Coefficient,
  formulaOf,
  isZero,
  noCoefficient,
  plus,
  rational,
  signOf,
  times,
} from './coefficient.js';
import { signUnknown } from './sign.js';

export interface Monomial {
  /** The polynomial in the exponential: coefficients by power of t (as text), all powers positive. */
  readonly exponential: ReadonlyMap<string, Coefficient>;
  readonly power: Fraction;
  readonly log: Fraction;
}

const nothing = new Fraction(0);
export const unit: Monomial = { exponential: new Map(), power: nothing, log: nothing };
export const powerOfT = (power: Fraction | number): Monomial => ({
  ...unit,
  power: new Fraction(power),
});
export const logOfT: Monomial = { ...unit, log: new Fraction(1) };

/** exp(c t^p). */
export const exponentialOf = (coefficient: Coefficient, power: Fraction): Monomial => ({
  ...unit,
  exponential: new Map([[power.toFraction(), coefficient]]),
});

export const monomialKey = (monomial: Monomial): string =>
  [
    ...[...monomial.exponential]
      .map(([power, coefficient]) => `${power}:${structureKey(formulaOf(sorted(coefficient)))}`)
      .sort(),
    monomial.power.toFraction(),
    monomial.log.toFraction(),
  ].join('|');

const sorted = (coefficient: Coefficient): Coefficient =>
  new Map([...coefficient].sort(([a], [b]) => (a < b ? -1 : 1)));

export function product(left: Monomial, right: Monomial): Monomial {
  const exponential = new Map(left.exponential);
  for (const [power, coefficient] of right.exponential) {
    const total = plus(exponential.get(power) ?? noCoefficient, coefficient);
    if (isZero(total)) exponential.delete(power);
    else exponential.set(power, total);
  }
  return {
    exponential,
    power: left.power.add(right.power),
    log: left.log.add(right.log),
  };
}

export function toPower(monomial: Monomial, exponent: Fraction): Monomial {
  const factor = rational(exponent);
  const exponential = new Map(
    [...monomial.exponential].map(([power, coefficient]) => [power, times(coefficient, factor)]),
  );
  if (exponent.equals(0)) exponential.clear();
  return { exponential, power: monomial.power.mul(exponent), log: monomial.log.mul(exponent) };
}

/**
 * Which of two grows faster: positive if the first does, zero if they are the same size.
 *
 * @throws Unsupported where the sign of a coefficient in an exponential is not known
 */
export function compareGrowth(left: Monomial, right: Monomial): number {
  const ratio = product(left, toPower(right, new Fraction(-1)));
  const [largest] = [...ratio.exponential].sort(([a], [b]) =>
    new Fraction(b).compare(new Fraction(a)),
  );
  if (largest) {
    const sign = signOf(largest[1]);
    if (!sign) throw signUnknown(largest[1]);
    return sign;
  }
  return ratio.power.compare(0) || ratio.log.compare(0);
}
