/** Small networks written by hand in the types of the network, for tests of numbers. */
import { type Formula, number, symbol } from '../../src/expression/formula.js';
import type { Definition, Family, Network, Slot } from '../../src/network/network.js';

/** One slot `variable = lower..upper`. */
export const slot = (
  variable: string,
  lower: Formula,
  upper: Formula,
  place: 'upper' | 'lower' = 'lower',
): Slot => ({ place, variable, bounds: { lower, upper } });

export const family = (
  name: string,
  kind: Family['kind'],
  slots: readonly Slot[] = [],
  more: Partial<Family> = {},
): Family => ({ name, kind, slots, role: 'quantity', row: false, guessed: false, latex: name, ...more });

export const size = (name: string): Family => family(name, 'leaf', [], { role: 'size' });

export const define = (
  name: string,
  head: readonly Formula[],
  right: Formula,
  ranges: Definition['ranges'] = [],
): Definition => ({ name, head, ranges, where: [], right, line: 1 });

/** A network of these parts; what is left out is empty. */
export const networkOf = (
  families: readonly Family[],
  definitions: readonly Definition[],
  more: Partial<Network> = {},
): Network => ({
  families: new Map(families.map((row) => [row.name, row])),
  definitions,
  functions: new Map(),
  sizes: new Map(),
  assumptions: [],
  conventions: [],
  givens: [],
  layout: 'numerator',
  softmaxOver: 'rows',
  equalSizes: [],
  notes: [],
  vocabulary: {
    ranks: new Map(),
    manners: new Map(),
    bodies: new Map(),
    calls: new Map(),
    powers: new Set(),
    entries: new Map(),
  },
  ...more,
});

export const one = number(1);
export const s = symbol;
