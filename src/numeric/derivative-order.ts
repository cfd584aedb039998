/** How many derivatives a number goes through: it sets the step of central differences. */
import type { Formula } from '../expression/formula.js';
import { children } from '../expression/walk.js';
import type { Network } from '../network/network.js';
import { definitionsOf } from './heads.js';

/** How many derivatives lie inside one another in a formula, its definitions included. */
export function derivativeOrder(
  formula: Formula,
  network: Network,
  open: ReadonlySet<string> = new Set(),
): number {
  const inside = (part: Formula) => derivativeOrder(part, network, open);
  const below = Math.max(0, ...children(formula).map(inside));
  if (formula.kind === 'derivative') return below + 1;
  if (formula.kind === 'call') return below + formula.slots.length;
  if (formula.kind !== 'symbol' || open.has(formula.name)) return below;
  const opened = new Set([...open, formula.name]);
  const named = definitionsOf(network, formula.name).map(({ right }) =>
    derivativeOrder(right, network, opened),
  );
  return Math.max(below, 0, ...named);
}
