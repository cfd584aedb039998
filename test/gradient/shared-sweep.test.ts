/** One sweep serves all asks about a network: it shares what it finds, and never shows that it does. */
import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/expression/formula.js';
import { structureKey } from '../../src/expression/same.js';
import { children } from '../../src/expression/walk.js';
import { takeDerivatives } from '../../src/gradient/take.js';
import type { Network } from '../../src/network/network.js';
import {
  add,
  call,
  d,
  define,
  family,
  multiply,
  network,
  range,
  square,
  subtract,
  x,
} from './networks.js';

const WIDTH = 3;
const units = [1, 2, 3];

/** `depth` layers of three units, each written out, and the squared error of the last layer. */
function writtenOut(depth: number): Network {
  const layers = Array.from({ length: depth }, (_, at) => at + 1);
  const below = (l: number, k: number) => (l === 1 ? x('x', k) : x('a', l - 1, k));
  const definitions = layers.flatMap((l) =>
    units.flatMap((j) => [
      define(
        x('z', l, j),
        add(...units.map((k) => multiply(x('w', l, j, k), below(l, k))), x('b', l, j)),
      ),
      define(x('a', l, j), call('tanh', [x('z', l, j)])),
    ]),
  );
  const errors = units.map((j) => square(subtract(x('a', depth, j), x('y', j))));
  const [l, j, k] = [range('l', 1, depth), range('j', 1, WIDTH), range('k', 1, WIDTH)];
  return network(
    [
      family('w', l, j, k),
      ...['b', 'z', 'a'].map((name) => family(name, l, j)),
      ...['x', 'y'].map((name) => family(name, j)),
      family('C'),
    ],
    [...definitions, define(x('C'), add(...errors))],
  );
}

const weights = (depth: number): readonly Formula[] =>
  Array.from({ length: depth }, (_, at) => at + 1).flatMap((l) =>
    units.flatMap((j) => units.map((k) => d(x('C'), x('w', l, j, k)))),
  );

const answersOf = (asks: readonly Formula[], net: Network) =>
  asks.map((ask) => {
    const { cases, derivation } = takeDerivatives(ask, net);
    expect(cases).toHaveLength(1);
    return { formula: cases[0]?.formula as Formula, derivation };
  });

/** Nodes of all formulas together, each object once. */
function distinctObjects(formulas: readonly Formula[]): number {
  const parts = new Set(formulas);
  for (const part of parts) for (const child of children(part)) parts.add(child);
  return parts.size;
}

describe('all gradients of a network written out', () => {
  it('share their adjoints: all together grow with the number of weights', () => {
    const sizes = [4, 8, 16].map((depth) => {
      const found = answersOf(weights(depth), writtenOut(depth));
      return distinctObjects(found.map(({ formula }) => formula));
    });
    const [a, b, c] = sizes as [number, number, number];
    expect(c - b).toBe(2 * (b - a));
    expect(c).toBeLessThan(25 * weights(16).length * WIDTH);
  });

  it('are the same, steps included, whatever was asked before', () => {
    const asks = weights(2);
    const shared = writtenOut(2);
    const told = (ask: Formula, net: Network) => {
      const { cases, derivation } = takeDerivatives(ask, net);
      return [
        ...cases.map(({ formula }) => structureKey(formula)),
        ...derivation.steps.map(({ law, after }) => `${law} ${structureKey(after)}`),
      ];
    };
    const alone = asks.map((ask) => told(ask, writtenOut(2)));
    expect([...asks].reverse().map((ask) => told(ask, shared))).toEqual([...alone].reverse());
    expect(asks.map((ask) => told(ask, shared))).toEqual(alone);
  });
});
