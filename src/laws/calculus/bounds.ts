/** Derivatives of bounded sums and products, deltas, indicators and cases. */
import {
  add,
  type BoundFormula,
  bound,
  type Condition,
  cases,
  compare,
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
} from '../../expression/formula.js';
import { Unsupported } from '../../expression/unsupported.js';
import {
  freeNames,
  freshName,
  mapCondition,
  renameBound,
  substitute,
} from '../../expression/walk.js';
import type { DerivativeRow } from './row.js';

const x = symbol('x');
const k = symbol('k');
const toThree = { lower: one, upper: number(3) };
const isPositive = compare(x, '>', zero);

function boundsOf(of: BoundFormula): { lower: Formula; upper: Formula } {
  if (of.bounds) return of.bounds;
  throw new Unsupported(`the ${of.kind} over ${of.index} has no range yet`, of);
}

const sumOver: DerivativeRow = {
  name: 'sum-over-index',
  statement: 'd/dx sum_k u_k = sum_k du_k/dx',
  example: [sum('k', toThree, power(x, k)), x],
  level: 'detail',
  take(of, { by, inner }) {
    if (of.kind !== 'sum') return undefined;
    boundsOf(of);
    const apart = renameBound(of, freeNames(by));
    return {
      after: bound('sum', apart.index, apart.bounds, inner(apart.body), apart.where),
      because: 'the derivative of a sum is the sum of the derivatives',
      bindings: { u: of, x: by },
    };
  },
};

/**
 * One factor at a time, with the factors before and after it as products of their own. Dividing the
 * whole product by the factor would be shorter and wrong where a factor is zero.
 */
const productOver: DerivativeRow = {
  name: 'product-over-index',
  statement: 'd/dx prod_k u_k = sum_m prod_{k<m} u_k du_m/dx prod_{k>m} u_k',
  example: [product('k', toThree, add(x, k)), x],
  level: 'main',
  take(of, { by, inner }) {
    if (of.kind !== 'product') return undefined;
    const { lower, upper } = boundsOf(of);
    const apart = renameBound(of, freeNames(by));
    const taken = new Set([...freeNames(by), ...freeNames(of), ...freeNames(apart.body)]);
    taken.add(apart.index);
    const chosen = symbol(freshName(apart.index, taken));
    const atChosen = new Map([[apart.index, chosen]]);
    const before = { lower, upper: add(chosen, minusOne) };
    const after = { lower: add(chosen, one), upper };
    const body = multiply(
      product(apart.index, before, apart.body, apart.where),
      inner(substitute(apart.body, atChosen)),
      product(apart.index, after, apart.body, apart.where),
    );
    const where = apart.where.map((condition) =>
      mapCondition(condition, (part) => substitute(part, atChosen)),
    );
    return {
      after: sum(chosen.name, { lower, upper }, body, where),
      because: 'product rule: each factor is differentiated once, those before and after it stay',
      bindings: { u: of, x: by },
    };
  },
};

/** Away from the border, where the two sides of a comparison differ. */
const awayFromBorder = (condition: Condition): readonly Condition[] => {
  switch (condition.kind) {
    case 'compare':
      return [compare(condition.left, '!=', condition.right)];
    case 'member':
      return [];
    default:
      return condition.parts.flatMap(awayFromBorder);
  }
};

const ofIndicator: DerivativeRow = {
  name: 'indicator',
  statement: 'd/dx 1{u > 0} = 0 where u != 0',
  example: [indicator(isPositive), x],
  level: 'detail',
  take: (of, { by }) =>
    of.kind === 'indicator'
      ? {
          after: zero,
          because: 'a step is flat on both sides of its jump',
          bindings: { u: of, x: by },
          assumes: awayFromBorder(of.when),
        }
      : undefined,
};

const ofCases: DerivativeRow = {
  name: 'cases',
  statement: 'd/dx of cases = cases of d/dx',
  example: [cases([{ when: isPositive, value: power(x, number(2)) }], multiply(number(3), x)), x],
  level: 'main',
  take(of, { by, depends, inner }) {
    if (of.kind !== 'cases') return undefined;
    const branches = of.branches.map(({ when, value }) => ({ when, value: inner(value) }));
    const borders = of.branches.map((branch) => branch.when);
    return {
      after: cases(branches, of.otherwise && inner(of.otherwise)),
      because: 'each case is differentiated on its own',
      bindings: { u: of, x: by },
      assumes: borders.filter((when) => depends.onCondition(when)).flatMap(awayFromBorder),
    };
  },
};

export const boundRows: readonly DerivativeRow[] = [sumOver, productOver, ofIndicator, ofCases];
