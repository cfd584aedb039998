/** Laws of bounded sums and products. They bind indices, so they are functions. */
import {
  add,
  type BoundFormula,
  bound,
  compare,
  delta,
  type Formula,
  indicator,
  minusOne,
  multiply,
  number,
  one,
  power,
  product,
  sum,
  symbol,
  zero,
} from '../expression/formula.js';
import { same } from '../expression/same.js';
import { conditionFormulas, freeNames, mapCondition, substitute } from '../expression/walk.js';
import type { Law } from '../rewrite/law.js';
import { plainly } from './application.js';

const [i, k, n, x] = [symbol('i'), symbol('k'), symbol('n'), symbol('x')];
const toN = { lower: one, upper: n };
const wk = symbol('w', [k]);

/** Sums (products) written out at most. */
const LARGEST_WRITTEN_SUM = 12;

const mentions = (formula: Formula, index: string): boolean => freeNames(formula).has(index);

/** The number of values of an index, where both ends are numbers. */
function countOf(formula: BoundFormula): { from: number; count: number } | undefined {
  const { bounds } = formula;
  if (bounds?.lower.kind !== 'number' || bounds.upper.kind !== 'number') return undefined;
  const from = bounds.lower.value.valueOf();
  const count = Math.floor(bounds.upper.value.valueOf()) - from + 1;
  return Number.isInteger(from) ? { from, count: Math.max(count, 0) } : undefined;
}

const constantsOut: Law = {
  name: 'constants-out-of-sum',
  statement: 'sum_k c u_k = c sum_k u_k',
  example: sum('k', toN, multiply(x, wk, number(3))),
  apply(formula) {
    if (formula.kind !== 'sum' || formula.body.kind !== 'multiply') return undefined;
    const { index, bounds, where, body } = formula;
    const outside = body.factors.filter((factor) => !mentions(factor, index));
    if (outside.length === 0) return undefined;
    const inside = body.factors.filter((factor) => mentions(factor, index));
    return plainly(multiply(...outside, sum(index, bounds, multiply(...inside), where)));
  },
};

const split: Law = {
  name: 'split-sum',
  statement: 'sum_k (u_k + v_k) = sum_k u_k + sum_k v_k',
  example: sum('k', toN, add(wk, power(wk, number(2)), x)),
  apply(formula) {
    if (formula.kind !== 'sum' || formula.body.kind !== 'add') return undefined;
    const { index, bounds, where, body } = formula;
    return plainly(add(...body.terms.map((term) => sum(index, bounds, term, where))));
  },
};

const splitProduct: Law = {
  name: 'split-product',
  statement: 'prod_k u_k v_k = prod_k u_k prod_k v_k',
  example: product('k', toN, multiply(wk, add(wk, x))),
  apply(formula) {
    if (formula.kind !== 'product' || formula.body.kind !== 'multiply') return undefined;
    const { index, bounds, where, body } = formula;
    return plainly(multiply(...body.factors.map((part) => product(index, bounds, part, where))));
  },
};

/** The index that a delta fixes: `delta(k, e)` or `delta(e, k)` where e is free of k. */
function fixedBy(factor: Formula, index: string): Formula | undefined {
  if (factor.kind !== 'delta') return undefined;
  const { left, right } = factor;
  const isIndex = (side: Formula): boolean => same(side, symbol(index));
  if (isIndex(left) && !mentions(right, index)) return right;
  return isIndex(right) && !mentions(left, index) ? left : undefined;
}

const collapse: Law = {
  name: 'collapse-delta',
  statement: 'sum_k delta(k, i) u_k = u_i where i is in the range',
  example: sum('k', toN, multiply(delta(k, i), wk, x), [compare(k, '!=', number(7))]),
  apply(formula) {
    if (formula.kind !== 'sum' || !formula.bounds) return undefined;
    const { index, bounds, where, body } = formula;
    const factors = body.kind === 'multiply' ? body.factors : [body];
    const position = factors.findIndex((factor) => fixedBy(factor, index) !== undefined);
    const fixed = position < 0 ? undefined : fixedBy(factors[position] as Formula, index);
    if (!fixed) return undefined;
    const placed = new Map([[index, fixed]]);
    const others = factors.filter((_, place) => place !== position);
    return plainly(multiply(...others.map((factor) => substitute(factor, placed))), {
      bindings: new Map([[index, fixed]]),
      assumes: [
        compare(bounds.lower, '<=', fixed),
        compare(fixed, '<=', bounds.upper),
        ...where.map((condition) => mapCondition(condition, (part) => substitute(part, placed))),
      ],
    });
  },
};

const empty: Law = {
  name: 'empty-range',
  statement: 'a sum over nothing is 0, a product over nothing 1',
  example: sum('k', { lower: number(3), upper: number(2) }, wk),
  apply(formula) {
    if (formula.kind !== 'sum' && formula.kind !== 'product') return undefined;
    if (countOf(formula)?.count !== 0) return undefined;
    return plainly(formula.kind === 'sum' ? zero : one);
  },
};

const writtenOut: Law = {
  name: 'written-out',
  statement: 'sum_{k=1}^3 u_k = u_1 + u_2 + u_3',
  example: sum('k', { lower: number(2), upper: number(4) }, power(wk, k)),
  apply(formula) {
    if (formula.kind !== 'sum' && formula.kind !== 'product') return undefined;
    const range = countOf(formula);
    if (!range || range.count > LARGEST_WRITTEN_SUM || formula.where.length > 0) return undefined;
    const parts = Array.from({ length: range.count }, (_, offset) =>
      substitute(formula.body, new Map([[formula.index, number(range.from + offset)]])),
    );
    return plainly(formula.kind === 'sum' ? add(...parts) : multiply(...parts));
  },
};

const ofConstant: Law = {
  name: 'sum-of-constant',
  statement: 'sum_{k=a}^b c = (b - a + 1) c',
  example: sum('k', toN, x),
  apply(formula) {
    if ((formula.kind !== 'sum' && formula.kind !== 'product') || !formula.bounds) return undefined;
    const { index, bounds, where, body } = formula;
    if (where.length > 0 || mentions(body, index)) return undefined;
    const count = add(bounds.upper, multiply(minusOne, bounds.lower), one);
    const after = formula.kind === 'sum' ? multiply(count, body) : power(body, count);
    return plainly(after, { assumes: [compare(count, '>=', zero)] });
  },
};

const firstApart: Law = {
  name: 'first-term-apart',
  statement: 'sum_{k=a}^b u_k = u_a + sum_{k=a+1}^b u_k where a <= b',
  example: sum('k', toN, wk),
  apply(formula) {
    if ((formula.kind !== 'sum' && formula.kind !== 'product') || !formula.bounds) return undefined;
    const { kind, index, bounds, where, body } = formula;
    if (where.length > 0) return undefined;
    const { lower, upper } = bounds;
    const first = substitute(body, new Map([[index, lower]]));
    const rest = bound(kind, index, { lower: add(lower, one), upper }, body);
    const after = kind === 'sum' ? add(first, rest) : multiply(first, rest);
    return plainly(after, { assumes: [compare(lower, '<=', upper)] });
  },
};

const indexApart = (formula: BoundFormula): boolean =>
  !formula.where.flatMap(conditionFormulas).some((part) => mentions(part, formula.index));

const guardOut: Law = {
  name: 'condition-out-of-sum',
  statement: 'sum_{k: c} u_k = 1{c} sum_k u_k where c does not mention k',
  example: sum('k', toN, wk, [compare(i, '<', number(2))]),
  apply(formula) {
    if (formula.kind !== 'sum' || formula.where.length === 0 || !indexApart(formula))
      return undefined;
    const guards = formula.where.map((when) => indicator(when));
    return plainly(multiply(...guards, sum(formula.index, formula.bounds, formula.body)));
  },
};

/** In the order in which they are tried. */
export const sumLaws: readonly Law[] = [
  empty,
  collapse,
  guardOut,
  constantsOut,
  split,
  splitProduct,
  ofConstant,
  writtenOut,
  firstApart,
];
