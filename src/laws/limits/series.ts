/** Asymptotic series for t -> infinity: a few terms of falling size and a bound of what is left out. */
import Fraction from 'fraction.js';
import type { Formula } from '../../expression/formula.js';
import { Unsupported } from '../../expression/unsupported.js';
import {
  applied,
  type Coefficient,
  coefficientOf,
  formulaOf,
  isZero,
  noCoefficient,
  plus,
  raised,
  rational,
  signOf,
  times,
} from './coefficient.js';
import {
  compareGrowth,
  exponentialOf,
  logOfT,
  type Monomial,
  monomialKey,
  powerOfT,
  product,
  toPower,
  unit,
} from './monomial.js';
import { signUnknown } from './sign.js';

export interface Term {
  readonly coefficient: Coefficient;
  readonly monomial: Monomial;
}

/** What is left out is smaller than `rest` (little o); `undefined` where nothing is left out. */
export interface Series {
  readonly terms: readonly Term[];
  readonly rest: Monomial | undefined;
}

/** Terms kept; more are only needed where that many cancel. */
const KEPT_TERMS = 7;
/** Order to which functions are expanded. */
const ORDER = 6;

const larger = (left: Monomial | undefined, right: Monomial | undefined): Monomial | undefined => {
  if (!left || !right) return left ?? right;
  return compareGrowth(left, right) >= 0 ? left : right;
};

/** Puts terms in order, adds those of one size, and forgets what the rest covers. */
function series(terms: readonly Term[], rest: Monomial | undefined): Series {
  const bySize = new Map<string, Term>();
  for (const term of terms) {
    const key = monomialKey(term.monomial);
    const before = bySize.get(key)?.coefficient ?? noCoefficient;
    bySize.set(key, { ...term, coefficient: plus(before, term.coefficient) });
  }
  const ordered = [...bySize.values()]
    .filter((term) => !isZero(term.coefficient))
    .filter((term) => !rest || compareGrowth(term.monomial, rest) >= 0)
    .sort((left, right) => compareGrowth(right.monomial, left.monomial));
  const kept = ordered.slice(0, KEPT_TERMS);
  const cut = ordered.length > kept.length ? kept.at(-1)?.monomial : undefined;
  return { terms: kept, rest: larger(rest, cut) };
}

export const exactly = (coefficient: Coefficient, monomial: Monomial = unit): Series =>
  series([{ coefficient, monomial }], undefined);
export const constantly = (formula: Formula): Series => exactly(coefficientOf(formula));
export const numerically = (value: number | Fraction): Series => exactly(rational(value));
/** Nothing but a bound. */
export const smallerThan = (rest: Monomial): Series => ({ terms: [], rest });

export const sumOf = (...parts: readonly Series[]): Series =>
  series(
    parts.flatMap((part) => part.terms),
    parts.map((part) => part.rest).reduce(larger, undefined),
  );

export function productOf(left: Series, right: Series): Series {
  const terms = left.terms.flatMap((first) =>
    right.terms.map((second) => ({
      coefficient: times(first.coefficient, second.coefficient),
      monomial: product(first.monomial, second.monomial),
    })),
  );
  const rests = [bound(left, right.rest), bound(right, left.rest)];
  return series(terms, rests.reduce(larger, undefined));
}

/** How large the product of a series with something smaller than `rest` can be. */
function bound(factor: Series, rest: Monomial | undefined): Monomial | undefined {
  if (!rest) return undefined;
  const size = factor.terms[0]?.monomial ?? factor.rest;
  return size && product(size, rest);
}

/** The largest term. @throws Unsupported where everything cancelled as far as it was computed */
export function leading(of: Series): Term {
  const [first] = of.terms;
  if (!first)
    throw new Unsupported(
      of.rest
        ? 'the leading terms of a part cancel; no limit was found'
        : 'a division by zero in a limit',
    );
  return first;
}

/** A series relative to its largest term, less one: something that vanishes. */
function relativeRest(of: Series, lead: Term): Series {
  const inverse = exactly(
    raised(lead.coefficient, new Fraction(-1)),
    toPower(lead.monomial, new Fraction(-1)),
  );
  const others: Series = { terms: of.terms.slice(1), rest: of.rest };
  return productOf(others, inverse);
}

/** a0 + a1 e + a2 e^2 + ... for an e that vanishes. */
export function powerSeries(coefficients: readonly Coefficient[], small: Series): Series {
  let total: Series = { terms: [], rest: undefined };
  let power = numerically(1);
  for (const coefficient of coefficients) {
    total = sumOf(total, productOf(exactly(coefficient), power));
    power = productOf(power, small);
    if (power.terms.length === 0 && !power.rest) return total;
  }
  const size = small.terms[0]?.monomial ?? small.rest ?? unit;
  return sumOf(total, smallerThan(toPower(size, new Fraction(coefficients.length - 1))));
}

/** A series to a rational power, by the binomial series. */
export function powerOf(of: Series, exponent: Fraction): Series {
  if (exponent.equals(0)) return numerically(1);
  const isInteger = exponent.d === 1n;
  if (of.terms.length === 0 && exponent.compare(0) > 0)
    return { terms: [], rest: of.rest && toPower(of.rest, exponent) };
  const lead = leading(of);
  if (!isInteger && signOf(lead.coefficient) !== 1)
    throw new Unsupported(
      'a root of something that is not known to be positive',
      formulaOf(lead.coefficient),
    );
  const front = exactly(raised(lead.coefficient, exponent), toPower(lead.monomial, exponent));
  let binomial = new Fraction(1);
  const coefficients = Array.from({ length: ORDER + 1 }, (_, n) => {
    if (n > 0) binomial = binomial.mul(exponent.sub(n - 1)).div(n);
    return rational(binomial);
  });
  return productOf(front, powerSeries(coefficients, relativeRest(of, lead)));
}

/** The exponential: what grows becomes a size, what is constant a factor, what vanishes a series. */
export function exponentialSeries(of: Series): Series {
  let size = unit;
  let factor: Coefficient = rational(1);
  const small: Term[] = [];
  for (const term of of.terms) {
    const { coefficient, monomial } = term;
    const growth = compareGrowth(monomial, unit);
    if (growth < 0) small.push(term);
    else if (growth === 0) factor = times(factor, applied('exp', coefficient));
    else size = product(size, sizeOfExponential(coefficient, monomial, of));
  }
  if (of.rest && compareGrowth(of.rest, unit) > 0)
    throw new Unsupported('an exponent is not known closely enough for a limit');
  let factorial = 1;
  const coefficients = Array.from({ length: ORDER + 1 }, (_, n) => {
    if (n > 0) factorial *= n;
    return rational(new Fraction(1, factorial));
  });
  const vanishing: Series = { terms: small, rest: of.rest };
  return productOf(exactly(factor, size), powerSeries(coefficients, vanishing));
}

function sizeOfExponential(coefficient: Coefficient, monomial: Monomial, whole: Series): Monomial {
  if (monomial.exponential.size === 0 && monomial.log.equals(0))
    return exponentialOf(coefficient, monomial.power);
  const isLog = monomial.exponential.size === 0 && monomial.power.equals(0);
  const exact = formulaOf(coefficient);
  if (isLog && monomial.log.equals(1) && exact.kind === 'number') return powerOfT(exact.value);
  throw new Unsupported(
    'an exponential of something that grows faster than a power, or slower than one',
    formulaOf(leading(whole).coefficient),
  );
}

/** The logarithm of a series that is positive in the end. */
export function logarithmSeries(of: Series): Series {
  const lead = leading(of);
  if (signOf(lead.coefficient) !== 1)
    throw new Unsupported(
      'a logarithm of something that is not known to be positive',
      formulaOf(lead.coefficient),
    );
  if (!lead.monomial.log.equals(0)) throw new Unsupported('a logarithm of a logarithm in a limit');
  const sizes: Term[] = [...lead.monomial.exponential].map(([power, coefficient]) => ({
    coefficient,
    monomial: powerOfT(new Fraction(power)),
  }));
  const logs = { coefficient: rational(lead.monomial.power), monomial: logOfT };
  const coefficients = Array.from({ length: ORDER + 1 }, (_, n) =>
    n === 0 ? noCoefficient : rational(new Fraction(n % 2 === 1 ? 1 : -1, n)),
  );
  return sumOf(
    exactly(applied('log', lead.coefficient)),
    series([...sizes, logs], undefined),
    powerSeries(coefficients, relativeRest(of, lead)),
  );
}

/** The sign in the end: of the largest term. */
export function finalSign(of: Series): -1 | 0 | 1 {
  if (of.terms.length === 0 && !of.rest) return 0;
  const lead = leading(of);
  const sign = signOf(lead.coefficient);
  if (!sign) throw signUnknown(lead.coefficient);
  return sign;
}
