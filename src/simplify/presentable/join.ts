/** Sums over one range joined, and entries at the end of a range taken into it. */
import { combine } from '../../expression/affine.js';
import {
  add,
  type BoundFormula,
  type Formula,
  minusOne,
  multiply,
  number,
  one,
  sum,
  symbol,
} from '../../expression/formula.js';
import { freeNames, substitute } from '../../expression/walk.js';
import { affine, tidyIndex } from '../affine.js';
import { canonicalKey } from '../canonical-key.js';
import { cost } from '../cost.js';
import { isNonNegative } from '../ranges.js';
import { commonFactors } from './factor.js';
import type { PresentLaw, Surroundings } from './law.js';
import { monomial, monomialFormula, monomialKey } from './monomial.js';

interface OuterSum {
  /** Key of the factors outside the sum, without the number. */
  readonly outside: string;
  readonly factors: readonly Formula[];
  readonly sum: BoundFormula;
  /** The body times the number before the sum. */
  readonly body: Formula;
}

/** A term as factors times one sum. */
function outerSum(term: Formula): OuterSum | undefined {
  const value = monomial(term);
  const sums = value.parts.filter((part) => part.base.kind === 'sum' && part.exponent.equals(1));
  const [only] = sums;
  if (sums.length !== 1 || only?.base.kind !== 'sum' || only.base.where.length > 0)
    return undefined;
  const rest = {
    ...value,
    coefficient: number(1).value,
    parts: value.parts.filter((part) => part !== only),
  };
  return {
    outside: monomialKey(rest),
    factors: [monomialFormula(rest)],
    sum: only.base,
    body: multiply(number(value.coefficient), only.base.body),
  };
}

const joinSums: PresentLaw = {
  name: 'join-sums',
  because: 'sums over one range are one sum',
  level: 'main',
  apply: (formula, around) => {
    if (formula.kind !== 'add') return undefined;
    for (const [at, left] of formula.terms.entries())
      for (const [other, right] of formula.terms.entries()) {
        if (other <= at) continue;
        const joined = joinedSum(left, right, around);
        if (!joined) continue;
        return add(
          ...formula.terms.flatMap((term, place) =>
            place === other ? [] : [place === at ? joined : term],
          ),
        );
      }
    return undefined;
  },
};

/** The sum of two terms as one sum, if that is shorter. */
function joinedSum(left: Formula, right: Formula, around: Surroundings): Formula | undefined {
  const first = outerSum(left);
  const second = outerSum(right);
  if (!first?.sum.bounds || !second?.sum.bounds || first.outside !== second.outside)
    return undefined;
  const sameRange =
    canonicalKey(first.sum.bounds.lower) === canonicalKey(second.sum.bounds.lower) &&
    canonicalKey(first.sum.bounds.upper) === canonicalKey(second.sum.bounds.upper);
  const { index } = first.sum;
  const captured = index !== second.sum.index && freeNames(second.body).has(index);
  if (!sameRange || captured) return undefined;
  const renamed = substitute(second.body, new Map([[second.sum.index, symbol(index)]]));
  const body = add(first.body, renamed);
  const factored = commonFactors.apply(body, around) ?? body;
  const joined = multiply(...first.factors, sum(index, first.sum.bounds, factored));
  return cost(joined) < cost(add(left, right)) - 1e-9 ? joined : undefined;
}

/** `p_1 prod_{i=2}^{n} p_i` is `prod_{i=1}^{n} p_i`, for sums likewise; the range must not be broken. */
const takeInEnds: PresentLaw = {
  name: 'take-in-end',
  because: 'the factor or term beside the range joins it',
  level: 'main',
  apply: (formula, around) => {
    if (formula.kind !== 'add' && formula.kind !== 'multiply') return undefined;
    const kind = formula.kind === 'add' ? 'sum' : 'product';
    const parts = formula.kind === 'add' ? formula.terms : formula.factors;
    for (const [at, part] of parts.entries()) {
      if (part.kind !== kind || !part.bounds || part.where.length > 0) continue;
      for (const [other, entry] of parts.entries()) {
        const widened = other === at ? undefined : widenedBy(part, entry, around);
        if (!widened) continue;
        const rest = parts.flatMap((next, place) =>
          place === other ? [] : [place === at ? widened : next],
        );
        return formula.kind === 'add' ? add(...rest) : multiply(...rest);
      }
    }
    return undefined;
  },
};

function widenedBy(
  range: BoundFormula,
  entry: Formula,
  around: Surroundings,
): BoundFormula | undefined {
  const { bounds } = range;
  if (!bounds || !freeNames(range.body).has(range.index)) return undefined;
  const span = combine(combine(affine(bounds.upper), affine(bounds.lower), -1), affine(one), 1);
  if (!isNonNegative(span, around.known)) return undefined;
  const key = canonicalKey(entry);
  const at = (index: Formula) =>
    canonicalKey(substitute(range.body, new Map([[range.index, index]])));
  const before = tidyIndex(add(bounds.lower, minusOne));
  if (at(before) === key) return { ...range, bounds: { ...bounds, lower: before } };
  const after = tidyIndex(add(bounds.upper, one));
  if (at(after) === key) return { ...range, bounds: { ...bounds, upper: after } };
  return undefined;
}

export const joinLaws: readonly PresentLaw[] = [joinSums, takeInEnds];
