/** The lines of a derivative on whose way no definition lies: the rules of calculus, one by one. */
import type { DerivativeFormula } from '../expression/formula.js';
import { contains, freeNames } from '../expression/walk.js';
import { differentiateSteps } from '../laws/differentiate-steps.js';
import type { Network } from '../network/network.js';
import type { Step } from '../rewrite/step.js';

/**
 * The steps of a formula's own derivative; none where a name in it has a definition (its derivative
 * then is the sum over uses) or where it holds derivatives itself.
 */
export function localLines(asked: DerivativeFormula, network: Network): readonly Step[] {
  const { of, by } = asked;
  if (of.kind === 'symbol' || by.kind !== 'symbol') return [];
  const names = freeNames(of);
  if (network.definitions.some((definition) => names.has(definition.name))) return [];
  if (contains(of, (part) => part.kind === 'derivative')) return [];
  const { conventions, functions } = network;
  return differentiateSteps(of, by, { conventions, functions }).steps;
}
