/** A term as a number times powers of factors, in the order of writing. */
import Fraction from 'fraction.js';
import { type Formula, multiply, number, power } from '../../expression/formula.js';
import { canonicalKey } from '../canonical-key.js';

export interface Part {
  readonly key: string;
  readonly base: Formula;
  readonly exponent: Fraction;
}

export interface Monomial {
  readonly coefficient: Fraction;
  readonly parts: readonly Part[];
}

/** The monomial of a term; factors with one base are merged at the place of the first. */
export function monomial(term: Formula): Monomial {
  let coefficient = new Fraction(1);
  const parts: Part[] = [];
  for (const factor of term.kind === 'multiply' ? term.factors : [term]) {
    if (factor.kind === 'number') {
      coefficient = coefficient.mul(factor.value);
      continue;
    }
    const rational = factor.kind === 'power' && factor.exponent.kind === 'number';
    const base = rational ? factor.base : factor;
    const exponent =
      factor.kind === 'power' && factor.exponent.kind === 'number'
        ? factor.exponent.value
        : new Fraction(1);
    const key = canonicalKey(base);
    const at = parts.findIndex((part) => part.key === key);
    const before = parts[at];
    if (before) parts[at] = { ...before, exponent: before.exponent.add(exponent) };
    else parts.push({ key, base, exponent });
  }
  return { coefficient, parts: parts.filter((part) => !part.exponent.equals(0)) };
}

/** The formula of a monomial. */
export const monomialFormula = (value: Monomial): Formula =>
  multiply(
    number(value.coefficient),
    ...value.parts.map((part) => power(part.base, number(part.exponent))),
  );

/** The key of a monomial without its coefficient. */
export const monomialKey = (value: Monomial): string =>
  value.parts
    .map((part) => `${part.key}^${part.exponent.toFraction()}`)
    .sort()
    .join('*');
