/** Small networks written by hand in the types of the network, for tests of numbers. */
import {
  add,
  call,
  type Formula,
  multiply,
  number,
  power,
  subtract,
  sum,
  symbol,
  zero,
} from '../../src/expression/formula.js';
import type {
  Definition,
  Family,
  Lowered,
  Network,
  Range,
  Slot,
} from '../../src/network/network.js';
import type { World } from '../../src/numeric/world.js';

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
): Family => ({
  name,
  kind,
  slots,
  role: 'quantity',
  row: false,
  guessed: false,
  latex: name,
  ...more,
});

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
    numbered: new Map(),
  },
  ...more,
});

export const one = number(1);
export const s = symbol;

/** A formula without axes. */
export const scalar = (body: Formula, free: readonly Range[] = []): Lowered => ({
  axes: [],
  row: false,
  body,
  free,
  guessed: [],
});

/** A formula with axes. */
export const shaped = (body: Formula, axes: readonly Range[]): Lowered => ({
  ...scalar(body),
  axes,
});

export const range = (index: string, lower: Formula, upper: Formula): Range => ({
  index,
  lower,
  upper,
});

const [l, j, k, depth] = [symbol('l'), symbol('j'), symbol('k'), symbol('L')];
const width = (layer: Formula): Formula => symbol('n', [layer]);
const below = subtract(l, one);

/** The tanh chain `f_l = tanh(w_l f_{l-1})`, `C = (y - f_L)^2`, with symbolic depth. */
export const chain = networkOf(
  [
    size('L'),
    family('w', 'leaf', [slot('l', one, depth)]),
    family('y', 'leaf'),
    family('f', 'mixed', [slot('l', zero, depth)]),
    family('C', 'defined'),
  ],
  [
    define('f', [l], call('tanh', [multiply(symbol('w', [l]), symbol('f', [below]))]), [
      range('l', one, depth),
    ]),
    define('C', [], power(subtract(symbol('y'), symbol('f', [depth])), number(2))),
  ],
);

/**
 * A deep net with widths `n_l`: `z^l_j = sum_k w^l_jk a^(l-1)_k + b^l_j`, `a^l_j = g(z^l_j)` for a
 * function `g`, and a loss.
 */
export const deepNet = (activation: string, loss: Formula, more: Partial<Network> = {}): Network =>
  networkOf(
    [
      size('L'),
      family('n', 'leaf', [slot('l', zero, depth, 'upper')], { role: 'size' }),
      family('w', 'leaf', [
        slot('l', one, depth, 'upper'),
        slot('j', one, width(l)),
        slot('k', one, width(below)),
      ]),
      family('b', 'leaf', [slot('l', one, depth, 'upper'), slot('j', one, width(l))]),
      family('z', 'defined', [slot('l', one, depth, 'upper'), slot('j', one, width(l))]),
      family('a', 'mixed', [slot('l', zero, depth, 'upper'), slot('j', one, width(l))]),
      family('y', 'leaf', [slot('j', one, width(depth))]),
      family('C', 'defined'),
    ],
    [
      define(
        'z',
        [l, j],
        add(
          sum(
            'k',
            { lower: one, upper: width(below) },
            multiply(symbol('w', [l, j, k]), symbol('a', [below, k])),
          ),
          symbol('b', [l, j]),
        ),
        [range('l', one, depth), range('j', one, width(l))],
      ),
      define('a', [l, j], call(activation, [symbol('z', [l, j])]), [
        range('l', one, depth),
        range('j', one, width(l)),
      ]),
      define('C', [], loss),
    ],
    more,
  );

/** A world in which `u` and `v` (or other names) have these values and nothing else is known. */
export const fixedWorld = (
  values: readonly number[],
  names: readonly string[] = ['u', 'v'],
): World => ({
  size: () => undefined,
  sizes: () => new Map(),
  leaf: (name) => values[names.indexOf(name)],
  pinned: () => undefined,
  cuts: () => [],
  pick: () => 0,
  member: () => false,
  wave: () => undefined,
});
