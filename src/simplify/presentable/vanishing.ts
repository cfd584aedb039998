/** Sums that vanish by the definition of a mean: `sum_i (x_i - mu)` with `mu = 1/N sum_i x_i`. */
import { add, type Formula, zero } from '../../expression/formula.js';
import { contains } from '../../expression/walk.js';
import { cost } from '../cost.js';
import { proveEqual } from '../prove.js';
import type { PresentLaw, Surroundings } from './law.js';

/** Sums beyond this cost are not looked at. */
const COST_LIMIT = 12;

export const vanishingSums: PresentLaw = {
  name: 'sum-vanishes',
  because: 'this sum is 0, by the definitions of the names in it',
  level: 'main',
  apply: (formula, around) => {
    if (formula.kind !== 'add' || around.definitions.length === 0) return undefined;
    const kept = formula.terms.filter((term) => !vanishes(term, around));
    return kept.length === formula.terms.length ? undefined : add(...kept, zero);
  },
};

const vanishes = (term: Formula, around: Surroundings): boolean =>
  (term.kind === 'multiply' ? term.factors : [term]).some((factor) => isZeroSum(factor, around));

function isZeroSum(formula: Formula, around: Surroundings): boolean {
  if (formula.kind !== 'sum' || formula.body.kind !== 'add' || cost(formula) > COST_LIMIT)
    return false;
  const defined = new Set(around.definitions.map((definition) => definition.name));
  if (!contains(formula.body, (part) => part.kind === 'symbol' && defined.has(part.name)))
    return false;
  const ranges = [...around.known.ranges].map(([index, range]) => ({ ...range, index }));
  const context = { ranges, definitions: around.definitions, unfold: 1 };
  const proof = proveEqual(formula, zero, context);
  return proof.proved && proof.unfolded === 1;
}
