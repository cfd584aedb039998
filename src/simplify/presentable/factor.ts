/** Common factors of sums, signs, and the order of terms. */
import Fraction from 'fraction.js';
import {
  type AddFormula,
  add,
  type Formula,
  multiply,
  negate,
  number,
  power,
} from '../../expression/formula.js';
import { cost, startsNegative } from '../cost.js';
import type { PresentLaw } from './law.js';
import { type Monomial, monomial, monomialFormula, type Part } from './monomial.js';

const gcd = (left: bigint, right: bigint): bigint =>
  right === 0n ? left : gcd(right, left % right);

/** The greatest rational that leaves whole numbers everywhere. */
function numericContent(values: readonly Fraction[]): Fraction {
  let above = 0n;
  let below = 1n;
  for (const value of values) {
    above = gcd(value.n, above);
    below = (below * value.d) / gcd(below, value.d);
  }
  return new Fraction(above, below);
}

function commonParts(terms: readonly Monomial[]): readonly Part[] {
  const [first, ...others] = terms;
  if (!first) return [];
  return first.parts.flatMap((part) => {
    let exponent = part.exponent;
    for (const other of others) {
      const own = other.parts.find((candidate) => candidate.key === part.key)?.exponent;
      if (!own || own.compare(0) !== exponent.compare(0)) return [];
      if (own.abs().compare(exponent.abs()) < 0) exponent = own;
    }
    return [{ ...part, exponent }];
  });
}

const without = (term: Monomial, common: readonly Part[], content: Fraction): Monomial => ({
  coefficient: term.coefficient.div(content),
  parts: term.parts.flatMap((part) => {
    const taken = common.find((candidate) => candidate.key === part.key);
    const exponent = taken ? part.exponent.sub(taken.exponent) : part.exponent;
    return exponent.equals(0) ? [] : [{ ...part, exponent }];
  }),
});

/**
 * Polynomials of one name stay written out (`9 t^2 + 2 t`), except for the slope of the sigmoid
 * and its like, `c (s - s^2)`.
 */
function isPolynomialOfOneName(terms: readonly Monomial[]): boolean {
  const keys = new Set(terms.flatMap((term) => term.parts.map((part) => part.key)));
  if (keys.size !== 1) return false;
  const whole = terms.every((term) =>
    term.parts.every((part) => part.exponent.d === 1n && part.exponent.compare(0) > 0),
  );
  if (!whole) return false;
  const [first, second] = terms;
  const slope =
    terms.length === 2 &&
    first !== undefined &&
    second !== undefined &&
    first.coefficient.equals(second.coefficient.neg()) &&
    [first, second].every((term) => term.parts.length === 1);
  return !slope;
}

/** Common factors keep their side: before or after what differs, as in the first term. */
function besides(
  first: Monomial,
  common: readonly Part[],
): { readonly before: readonly Formula[]; readonly after: readonly Formula[] } {
  const varying = first.parts.findIndex((part) => {
    const taken = common.find((candidate) => candidate.key === part.key);
    return !taken?.exponent.equals(part.exponent);
  });
  const before: Formula[] = [];
  const after: Formula[] = [];
  for (const part of common) {
    const at = first.parts.findIndex((candidate) => candidate.key === part.key);
    (varying >= 0 && at > varying ? after : before).push(power(part.base, number(part.exponent)));
  }
  return { before, after };
}

export const commonFactors: PresentLaw = {
  name: 'common-factor',
  because: 'common factors are taken out',
  level: 'main',
  apply: (formula) => {
    if (formula.kind !== 'add') return undefined;
    const terms = formula.terms.map(monomial);
    if (isPolynomialOfOneName(terms)) return undefined;
    const common = commonParts(terms);
    const content = numericContent(terms.map((term) => term.coefficient));
    const { before, after } = besides(terms[0] as Monomial, common);
    const candidates = [content, new Fraction(1)].map((value) =>
      multiply(
        number(value),
        ...before,
        add(...terms.map((term) => monomialFormula(without(term, common, value)))),
        ...after,
      ),
    );
    const [best] = candidates.sort((left, right) => cost(left) - cost(right));
    return best && cost(best) < cost(formula) - 1e-9 ? best : undefined;
  },
};

const isPlainNumber = (formula: Formula | undefined): boolean => formula?.kind === 'number';

/** A difference whose sign may be turned: it does not start with a number, and has a minus. */
const canTurn = (formula: AddFormula): boolean =>
  !isPlainNumber(formula.terms[0]) &&
  formula.terms.some(startsNegative) &&
  !formula.terms.every(startsNegative);

/** Minus a sum, positive terms first. */
function turned(formula: AddFormula): Formula {
  const terms = formula.terms.map((term) => negate(term));
  return add(
    ...terms.filter((term) => !startsNegative(term)),
    ...terms.filter((term) => startsNegative(term)),
  );
}

const turnDifference: PresentLaw = {
  name: 'turn-difference',
  because: '-(a - b) is b - a',
  level: 'detail',
  apply: (formula, around) => {
    // The minus of a term is the operator of its sum: nothing is gained by turning there.
    if (around.parent === 'add') return undefined;
    if (formula.kind !== 'multiply' || !startsNegative(formula)) return undefined;
    for (const [at, factor] of formula.factors.entries()) {
      const odd =
        factor.kind === 'power' &&
        factor.exponent.kind === 'number' &&
        factor.exponent.value.equals(-1);
      const base = odd ? factor.base : factor;
      if (base.kind !== 'add' || !canTurn(base)) continue;
      const next = odd ? power(turned(base), number(-1)) : turned(base);
      const factors = formula.factors.map((other, place) => (place === at ? next : other));
      return multiply(number(-1), ...factors);
    }
    return undefined;
  },
};

/** `(-a - b) c` is `-(a + b) c`. */
const minusOut: PresentLaw = {
  name: 'minus-out',
  because: 'the minus before every term comes out of the bracket',
  level: 'detail',
  apply: (formula) => {
    if (formula.kind !== 'multiply') return undefined;
    const at = formula.factors.findIndex(
      (factor) => factor.kind === 'add' && factor.terms.every(startsNegative),
    );
    const factor = formula.factors[at];
    if (factor?.kind !== 'add') return undefined;
    const positive = add(...factor.terms.map((term) => negate(term)));
    return multiply(
      number(-1),
      ...formula.factors.map((other, place) => (place === at ? positive : other)),
    );
  },
};

const positiveFirst: PresentLaw = {
  name: 'positive-first',
  because: 'a positive term is written first',
  level: 'detail',
  apply: (formula) => {
    if (formula.kind !== 'add' || !startsNegative(formula.terms[0] as Formula)) return undefined;
    const at = formula.terms.findIndex((term) => !startsNegative(term));
    const term = formula.terms[at];
    if (!term) return undefined;
    return add(term, ...formula.terms.filter((_, place) => place !== at));
  },
};

/** Polynomials of one name by falling powers. */
const fallingPowers: PresentLaw = {
  name: 'falling-powers',
  because: 'the highest power is written first',
  level: 'detail',
  apply: (formula) => {
    if (formula.kind !== 'add') return undefined;
    const terms = formula.terms.map(monomial);
    const varying = terms.filter((term) => term.parts.length > 0);
    if (varying.length < 2 || !isPolynomialOfOneName(terms)) return undefined;
    if (terms.some((term) => term.coefficient.compare(0) < 0)) return undefined;
    const degree = (term: Formula) => monomial(term).parts[0]?.exponent.valueOf() ?? 0;
    const sorted = [...formula.terms].sort((left, right) => degree(right) - degree(left));
    return sorted.every((term, at) => term === formula.terms[at]) ? undefined : add(...sorted);
  },
};

export const signLaws: readonly PresentLaw[] = [
  minusOut,
  turnDifference,
  positiveFirst,
  fallingPowers,
];
