/** How many derivatives a number goes through: it sets the step of central differences. */
import type { Formula } from '../expression/formula.js';
import { children } from '../expression/walk.js';
import type { Network } from '../network/network.js';

/** More derivatives inside one another are treated like so many. */
const MOST = 3;

const remembered = new WeakMap<Network, ReadonlyMap<string, number>>();

/** How many derivatives lie inside one another in a formula, its definitions included; at most 3. */
export const derivativeOrder = (formula: Formula, network: Network): number =>
  orderIn(formula, ordersOf(network), new Map());

/** The order of every name. It grows at most three times, and then whoever uses the name is looked at. */
function ordersOf(network: Network): ReadonlyMap<string, number> {
  const known = remembered.get(network);
  if (known) return known;
  const orders = new Map<string, number>();
  const users = new Map<string, Set<number>>();
  for (const [place, { right }] of network.definitions.entries())
    for (const name of symbolNames(right)) {
      const places = users.get(name);
      if (places) places.add(place);
      else users.set(name, new Set([place]));
    }
  const waiting = new Set(network.definitions.keys());
  for (const place of waiting) {
    waiting.delete(place);
    const definition = network.definitions[place];
    if (!definition) continue;
    const order = orderIn(definition.right, orders, new Map());
    if (order <= (orders.get(definition.name) ?? 0)) continue;
    orders.set(definition.name, order);
    for (const user of users.get(definition.name) ?? []) waiting.add(user);
  }
  remembered.set(network, orders);
  return orders;
}

function symbolNames(formula: Formula): ReadonlySet<string> {
  const names = new Set<string>();
  const parts = new Set([formula]);
  for (const part of parts) {
    if (part.kind === 'symbol') names.add(part.name);
    for (const child of children(part)) parts.add(child);
  }
  return names;
}

function orderIn(
  formula: Formula,
  orders: ReadonlyMap<string, number>,
  seen: Map<Formula, number>,
): number {
  const known = seen.get(formula);
  if (known !== undefined) return known;
  let order = 0;
  for (const part of children(formula)) order = Math.max(order, orderIn(part, orders, seen));
  if (formula.kind === 'derivative') order += 1;
  if (formula.kind === 'call') order += formula.slots.length;
  if (formula.kind === 'symbol') order = Math.max(order, orders.get(formula.name) ?? 0);
  order = Math.min(MOST, order);
  seen.set(formula, order);
  return order;
}
