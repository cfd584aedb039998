/** Bounded sums and products: constants out, deltas, short ranges. */
import {
  add,
  type BoundFormula,
  type Formula,
  multiply,
  one,
  power,
  product,
  rawAdd,
  subtract,
  sum,
  zero,
} from '../../expression/formula.js';
import { freeNames, substitute } from '../../expression/walk.js';
import { affine, asInteger, difference, solveFor, tidyIndex } from '../affine.js';
import { isNonNegative, isWithin } from '../ranges.js';
import type { PresentLaw } from './law.js';

const factorsOf = (formula: Formula): readonly Formula[] =>
  formula.kind === 'multiply' ? formula.factors : [formula];

const lengthOf = (formula: BoundFormula): Formula | undefined =>
  formula.bounds && tidyIndex(add(subtract(formula.bounds.upper, formula.bounds.lower), one));

const shortRanges: PresentLaw = {
  name: 'short-range',
  because: 'a sum over no entries is 0, a product over none is 1, and one entry stands alone',
  level: 'detail',
  apply: (formula) => {
    if ((formula.kind !== 'sum' && formula.kind !== 'product') || !formula.bounds) return undefined;
    if (formula.kind === 'sum' && formula.body.kind === 'number' && formula.body.value.equals(0))
      return zero;
    if (
      formula.kind === 'product' &&
      formula.body.kind === 'number' &&
      formula.body.value.equals(1)
    )
      return one;
    const length = lengthOf(formula);
    const count = length && asInteger(length);
    if (count === undefined || count > 1) return undefined;
    if (count <= 0) return formula.kind === 'sum' ? zero : one;
    if (formula.where.length > 0) return undefined;
    return substitute(formula.body, new Map([[formula.index, formula.bounds.lower]]));
  },
};

const constantsOut: PresentLaw = {
  name: 'factors-before-sum',
  because: 'factors that do not change with the index come out of the sum',
  level: 'detail',
  apply: (formula, around) => {
    if (formula.kind !== 'sum' || !formula.bounds) return undefined;
    const factors = factorsOf(formula.body);
    const outside = factors.filter((factor) => !freeNames(factor).has(formula.index));
    if (outside.length === 0) return undefined;
    const inside = factors.filter((factor) => !outside.includes(factor));
    if (inside.length > 0)
      return multiply(
        ...outside,
        sum(formula.index, formula.bounds, multiply(...inside), formula.where),
      );
    const length = lengthOf(formula);
    if (formula.where.length > 0 || !length) return undefined;
    if (isNonNegative(affine(length), around.known)) return multiply(length, ...outside);
    const plain = formula.body.kind === 'number' && formula.body.value.equals(1);
    return plain ? undefined : multiply(...outside, sum(formula.index, formula.bounds, one));
  },
};

const constantProducts: PresentLaw = {
  name: 'constant-product',
  because: 'a product of equal factors is a power',
  level: 'detail',
  apply: (formula, around) => {
    if (formula.kind !== 'product' || !formula.bounds || formula.where.length > 0) return undefined;
    const factors = factorsOf(formula.body);
    const outside = factors.filter((factor) => !freeNames(factor).has(formula.index));
    const length = lengthOf(formula);
    if (outside.length === 0 || !length) return undefined;
    if (!isNonNegative(affine(length), around.known)) return undefined;
    const inside = factors.filter((factor) => !outside.includes(factor));
    return multiply(
      power(multiply(...outside), length),
      ...(inside.length > 0 ? [product(formula.index, formula.bounds, multiply(...inside))] : []),
    );
  },
};

const collapseDeltas: PresentLaw = {
  name: 'delta-in-sum',
  because: 'the delta keeps one entry of the sum, the one whose index it names',
  level: 'main',
  apply: (formula, around) => {
    if (formula.kind !== 'sum' || !formula.bounds || formula.where.length > 0) return undefined;
    const factors = factorsOf(formula.body);
    for (const [at, factor] of factors.entries()) {
      if (factor.kind !== 'delta') continue;
      const value = solveFor(difference(factor.left, factor.right), formula.index);
      if (!value || freeNames(value).has(formula.index)) continue;
      if (!isWithin(value, formula.bounds, around.known)) continue;
      const rest = multiply(...factors.filter((_, place) => place !== at));
      return substitute(rest, new Map([[formula.index, value]]));
    }
    return undefined;
  },
};

const holdsDelta = (formula: Formula, index: string): boolean =>
  formula.kind === 'add' &&
  formula.terms.some((term) =>
    factorsOf(term).some((factor) => factor.kind === 'delta' && freeNames(factor).has(index)),
  );

/** Only the bracket that holds the delta is opened. */
const splitAtDelta: PresentLaw = {
  name: 'split-at-delta',
  because: 'the sum is split, so that the delta can act',
  level: 'detail',
  apply: (formula) => {
    if (formula.kind !== 'sum' || !formula.bounds) return undefined;
    const { index, bounds, where } = formula;
    const factors = factorsOf(formula.body);
    const at = factors.findIndex((factor) => holdsDelta(factor, index));
    const bracket = factors[at];
    if (bracket?.kind !== 'add') return undefined;
    return rawAdd(
      bracket.terms.map((term) => {
        const body = multiply(...factors.map((factor, place) => (place === at ? term : factor)));
        return sum(index, bounds, body, where);
      }),
    );
  },
};

export const sumLaws: readonly PresentLaw[] = [
  shortRanges,
  collapseDeltas,
  splitAtDelta,
  constantsOut,
  constantProducts,
];
