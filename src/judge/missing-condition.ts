/** A claim that is false as it stands, but true under a sign that the sheet does not state. */
import { type Condition, compare, indicator, symbol, zero } from '../expression/formula.js';
import { freeNames } from '../expression/walk.js';
import type { Network } from '../network/network.js';
import { signsMatter } from '../numeric/models.js';
import { type Comparison, compareSides } from './compare.js';

/** Single numbers whose sign is tried; a claim about more of them is just false. */
const MOST_LEAVES = 4;

/**
 * The sign of one number of the sheet under which a false equation holds (`x > 0` for
 * `sqrt(x^2) = x`); `undefined` if there is none, or where numbers are given.
 */
export function missingCondition(comparison: Comparison, network: Network): Condition | undefined {
  const sides = [comparison.left, comparison.right];
  if (comparison.relation !== '=' || network.givens.length > 0) return undefined;
  if (!signsMatter({ ...network, definitions: [] }, sides)) return undefined;
  // A number of which the sheet says something is not free to have the other sign.
  const stated = new Set(
    network.assumptions.flatMap(({ condition }) => [...freeNames(indicator(condition))]),
  );
  const leaves = [...new Set(sides.flatMap((side) => [...freeNames(side)]))].filter((name) => {
    const family = network.families.get(name);
    if (stated.has(name)) return false;
    return family?.kind === 'leaf' && family.role === 'quantity' && family.slots.length === 0;
  });
  if (leaves.length > MOST_LEAVES) return undefined;
  for (const name of leaves)
    for (const relation of ['>', '<'] as const) {
      const condition = compare(symbol(name), relation, zero);
      if (!holds(comparison, assuming(condition, network))) continue;
      // With the other sign it must fail everywhere: else the sign is not what decides.
      const opposite = compare(symbol(name), relation === '>' ? '<' : '>', zero);
      if (holds({ ...comparison, relation: '!=' }, assuming(opposite, network))) return condition;
    }
  return undefined;
}

function assuming(condition: Condition, network: Network): Network {
  const assumption = { condition, ranges: [], text: '', line: 0 };
  return { ...network, assumptions: [...network.assumptions, assumption] };
}

function holds(comparison: Comparison, network: Network): boolean {
  const { verdict } = compareSides(comparison, network);
  return verdict === 'proved' || verdict === 'agrees';
}
