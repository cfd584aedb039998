/** Powers of polynomials: inverses with factored denominators, roots, symbolic exponents. */
import Fraction from 'fraction.js';
import { type Formula, multiply, number, power, wholePower } from '../expression/formula.js';
import { freeNames } from '../expression/walk.js';
import { NowhereDefined } from './context.js';
import type { Session } from './session.js';
import { isNotNegative } from './signs.js';
import {
  addAll,
  atom,
  constant,
  constantOf,
  type Factor,
  isConstant,
  onlyTerm,
  type Polynomial,
  polynomialFormula,
  polynomialOf,
  scale,
  sortedTerms,
  type Term,
} from './term.js';
import { positiveIndicator, raise, times, timesAll } from './tidy.js';

/** Largest whole exponent that is multiplied out. */
const LARGEST_EXPONENT = 64;

/** A polynomial to a rational power. */
export function rationalPower(base: Polynomial, exponent: Fraction, session: Session): Polynomial {
  if (exponent.equals(0)) return constant(1);
  if (exponent.d === 1n) {
    const whole = exponent.valueOf();
    if (onlyTerm(base)?.bounds.length === 0 || isConstant(base))
      return monomialPower(base, exponent, session);
    if (whole > 0 && whole <= LARGEST_EXPONENT) return raise(base, whole, session);
  }
  if (base.size === 0) {
    if (exponent.compare(0) > 0) return base;
    throw new NowhereDefined('the formula');
  }
  return exponent.d === 1n ? compoundPower(base, exponent, session) : root(base, exponent, session);
}

function monomialPower(base: Polynomial, exponent: Fraction, session: Session): Polynomial {
  const term = onlyTerm(base);
  if (!term) {
    if (exponent.compare(0) > 0) return base;
    throw new NowhereDefined('the formula');
  }
  if (term.coefficient.equals(0) && exponent.compare(0) <= 0)
    throw new NowhereDefined('the formula');
  // A number with too many digits stays the power that it is.
  const coefficient = wholePower(term.coefficient, exponent);
  const front = coefficient ? constant(coefficient) : atom(number(term.coefficient), exponent);
  const factors = new Map(
    [...term.factors].map(([key, factor]): [string, Factor] => [
      key,
      { base: factor.base, exponent: factor.exponent.mul(exponent) },
    ]),
  );
  return timesAll(
    [front, ...[...factors.values()].map((part) => atom(part.base, part.exponent))],
    session,
  );
}

/** What all terms share: a rational and the factors free of bound indices. */
export function content(value: Polynomial): {
  readonly common: Term;
  readonly primitive: Polynomial;
} {
  const terms = [...value.values()];
  const shared = new Map<string, Factor>();
  const firstTerm = terms[0];
  const lead = sortedTerms(value)[0]?.[1].coefficient ?? new Fraction(1);
  if (!firstTerm)
    return {
      common: { coefficient: new Fraction(1), factors: shared, bounds: [] },
      primitive: value,
    };
  for (const term of terms)
    for (const [key, factor] of term.factors) {
      const bound = new Set(term.bounds.map((range) => range.index));
      if ([...freeNames(factor.base)].some((name) => bound.has(name))) continue;
      if (!shared.has(key)) shared.set(key, factor);
    }
  for (const [key, factor] of shared) {
    const exponents = terms.map((term) => {
      const bound = new Set(term.bounds.map((range) => range.index));
      const usesBound = [...freeNames(factor.base)].some((name) => bound.has(name));
      return usesBound ? new Fraction(0) : (term.factors.get(key)?.exponent ?? new Fraction(0));
    });
    const least = exponents.reduce((low, next) => (next.compare(low) < 0 ? next : low));
    if (least.equals(0)) shared.delete(key);
    else shared.set(key, { base: factor.base, exponent: least });
  }
  const primitive = polynomialOf(
    terms.map((term) => {
      const factors = new Map(term.factors);
      for (const [key, factor] of shared) {
        const exponent = (factors.get(key)?.exponent ?? new Fraction(0)).sub(factor.exponent);
        if (exponent.equals(0)) factors.delete(key);
        else factors.set(key, { base: factor.base, exponent });
      }
      return { ...term, coefficient: term.coefficient.div(lead), factors };
    }),
  );
  return { common: { coefficient: lead, factors: shared, bounds: [] }, primitive };
}

/** Denominators that a fraction of sums is put over, at most. */
const DENOMINATOR_LIMIT = 8;

/** `value = numerator / product of base^exponent`, for sums in denominators free of bound indices. */
export function overCommonDenominator(
  value: Polynomial,
  session: Session,
): { readonly numerator: Polynomial; readonly denominators: readonly Factor[] } {
  const denominators: Factor[] = [];
  let numerator = value;
  while (denominators.length < DENOMINATOR_LIMIT && numerator.size > 1) {
    const next = compoundDenominator(numerator);
    if (!next) break;
    denominators.push(next);
    numerator = times(numerator, atom(next.base, next.exponent), session);
  }
  return { numerator, denominators };
}

function compoundDenominator(value: Polynomial): Factor | undefined {
  for (const term of value.values()) {
    const bound = new Set(term.bounds.map((range) => range.index));
    for (const [key, factor] of term.factors) {
      if (factor.exponent.compare(0) >= 0) continue;
      if (factor.base.kind !== 'add' && factor.base.kind !== 'sum') continue;
      if ([...freeNames(factor.base)].some((name) => bound.has(name))) continue;
      const least = [...value.values()]
        .map((other) => other.factors.get(key)?.exponent ?? new Fraction(0))
        .reduce((low, next) => (next.compare(low) < 0 ? next : low));
      return { base: factor.base, exponent: least.neg() };
    }
  }
  return undefined;
}

/** A negative power of a sum: the content comes out, the rest stays one atom. */
function compoundPower(base: Polynomial, exponent: Fraction, session: Session): Polynomial {
  const { numerator, denominators } = overCommonDenominator(base, session);
  if (denominators.length > 0)
    return timesAll(
      [
        rationalPower(numerator, exponent, session),
        ...denominators.map((part) => atom(part.base, part.exponent.mul(exponent.neg()))),
      ],
      session,
    );
  const { common, primitive } = content(base);
  const outside = monomialPower(polynomialOf([common]), exponent, session);
  if (isConstant(primitive)) {
    if (primitive.size === 0) throw new NowhereDefined('the formula');
    const value = constantOf(primitive).pow(exponent);
    return scale(outside, value ?? 1);
  }
  return times(outside, atom(polynomialFormula(primitive), exponent), session);
}

/** A fractional power: what is known not to be negative comes out, the rest is one atom. */
function root(base: Polynomial, exponent: Fraction, session: Session): Polynomial {
  const { common, primitive } = content(base);
  const parts: Polynomial[] = [numberRoot(common.coefficient.abs(), exponent, session)];
  let inside: Polynomial = scale(primitive, common.coefficient.compare(0) < 0 ? -1 : 1);
  for (const factor of common.factors.values()) {
    const outcome = factorRoot(factor, exponent, session);
    if (outcome) parts.push(outcome);
    else inside = times(inside, atom(factor.base, factor.exponent), session);
  }
  if (isConstant(inside) && constantOf(inside).equals(1)) return timesAll(parts, session);
  const single = onlyTerm(inside);
  const lone =
    single?.coefficient.equals(1) && single.bounds.length === 0 && single.factors.size === 1
      ? ([...single.factors.values()][0] as Factor)
      : undefined;
  if (lone?.exponent.equals(1)) parts.push(atom(lone.base, exponent));
  else if (lone && lone.exponent.d === 1n && lone.exponent.n === 1n)
    parts.push(atom(lone.base, exponent.mul(lone.exponent)));
  else parts.push(atom(polynomialFormula(inside), exponent));
  return timesAll(parts, session);
}

/** `(a^e)^r` for an atom: as `a^(e r)`, or through the absolute value for even `e`. */
function factorRoot(factor: Factor, exponent: Fraction, session: Session): Polynomial | undefined {
  const total = factor.exponent.mul(exponent);
  if (isNotNegative(factor.base, session)) return atom(factor.base, total);
  if (factor.exponent.d !== 1n || factor.exponent.n % 2n !== 0n) return undefined;
  if (total.d !== 1n) return undefined;
  const plain = atom(factor.base, total);
  return total.n % 2n === 0n ? plain : times(plain, signOf(factor.base), session);
}

/** `2 1{u > 0} - 1`: the sign of u wherever it is not 0. */
export const signOf = (base: Formula): Polynomial =>
  addAll([scale(atom(positiveIndicator(base)), 2), constant(-1)]);

/** Primes tried when a number is taken apart. */
const LARGEST_PRIME = 1000n;

function numberRoot(value: Fraction, exponent: Fraction, session: Session): Polynomial {
  if (value.equals(1)) return constant(1);
  const parts: Polynomial[] = [];
  const takeApart = (whole: bigint, sign: number): void => {
    let rest = whole;
    for (let prime = 2n; prime <= LARGEST_PRIME && prime * prime <= rest; prime += 1n) {
      let count = 0;
      while (rest % prime === 0n) {
        rest /= prime;
        count += 1;
      }
      if (count > 0) parts.push(atom(number(prime), exponent.mul(count * sign)));
    }
    if (rest > 1n) parts.push(atom(number(rest), exponent.mul(sign)));
  };
  takeApart(value.n, 1);
  takeApart(value.d, -1);
  return timesAll(parts, session);
}

/** A power with an exponent that is not a number: whole parts of the exponent come out. */
export function symbolicPower(
  base: Polynomial,
  exponent: Polynomial,
  session: Session,
): Polynomial {
  const term = onlyTerm(base);
  const numeric = isConstant(base);
  const atoms: readonly Factor[] =
    term && term.bounds.length === 0 && !numeric && term.coefficient.equals(1)
      ? [...term.factors.values()].filter((factor) => factor.exponent.d === 1n)
      : [];
  const single = atoms.length === 1 && term?.factors.size === 1 ? atoms[0] : undefined;
  const body = single ? single.base : polynomialFormula(base);
  const factor = single ? single.exponent : new Fraction(1);
  const parts: Polynomial[] = [];
  for (const [key, part] of exponent) {
    const count = part.coefficient.mul(factor);
    if (key === '') parts.push(rationalPower(session.normalise(body), count, session));
    else {
      const unitTerm = polynomialFormula(polynomialOf([{ ...part, coefficient: new Fraction(1) }]));
      if (count.d === 1n) parts.push(atom(power(body, unitTerm), count));
      else parts.push(atom(power(body, multiply(number(count), unitTerm))));
    }
  }
  return timesAll(parts, session);
}
