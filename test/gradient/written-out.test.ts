/** Networks written out unit by unit: a softmax in scalars, and uses found by the entry. */
import { describe, expect, it } from 'vitest';
import type { Formula } from '../../src/expression/formula.js';
import { countNodes } from '../../src/expression/walk.js';
import { takeDerivatives } from '../../src/gradient/take.js';
import type { Assumption, Network } from '../../src/network/network.js';
import { writePlain } from '../../src/write/write.js';
import {
  add,
  call,
  d,
  define,
  divide,
  exp,
  family,
  multiply,
  negate,
  network,
  number,
  square,
  subtract,
  symbol,
  x,
} from './networks.js';
import { sweep } from './sweep.js';

const log = (of: Formula): Formula => call('log', [of]);

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1);

/** `exp(z_k)/(exp(z_1) + ... + exp(z_K))`. */
const share = (k: number, K: number): Formula =>
  divide(exp(x('z', k)), add(...upTo(K).map((j) => exp(x('z', j)))));

const names = (K: number) =>
  ['y', 'z', 'p'].map((name) => family(name, { index: 'k', lower: number(1), upper: number(K) }));

const crossEntropy = (K: number, part: (k: number) => Formula): Formula =>
  negate(add(...upTo(K).map((k) => multiply(x('y', k), log(part(k))))));

/** With a name for every share, or without. */
const named = (K: number): Network =>
  network(
    [...names(K), family('C')],
    [
      ...upTo(K).map((k) => define(x('p', k), share(k, K))),
      define(
        symbol('C'),
        crossEntropy(K, (k) => x('p', k)),
      ),
    ],
  );
const unnamed = (K: number): Network =>
  network(
    [...names(K), family('C')],
    [
      define(
        symbol('C'),
        crossEntropy(K, (k) => share(k, K)),
      ),
    ],
  );

const sumIsOne = (K: number): Assumption => ({
  condition: {
    kind: 'compare',
    relation: '=',
    left: add(...upTo(K).map((k) => x('y', k))),
    right: number(1),
  },
  ranges: [],
  text: 'sum of y = 1',
  line: 1,
});

/** The answer, compared at every entry with numbers of the definitions. */
function answer(ask: Formula, net: Network): string {
  const { taken, wrong, entries } = sweep(ask, net, { ranges: [] });
  expect(wrong).toEqual([]);
  expect(entries).toBeGreaterThan(0);
  return taken.cases.map(({ formula }) => writePlain(formula)).join(' | ');
}

describe('a softmax with cross-entropy, written out', () => {
  for (const K of [2, 3, 9]) {
    const total = upTo(K)
      .map((k) => `y_${k}`)
      .join(' + ');

    it(`has the gradient p - y for K = ${K}, with a name for each share`, () => {
      expect(answer(d(x('C'), x('z', 2)), named(K))).toBe(`-y_2 + p_2 (${total})`);
    });

    it(`has it for K = ${K} without names`, () => {
      const below = upTo(K)
        .map((k) => `exp(z_${k})`)
        .join(' + ');
      expect(answer(d(x('C'), x('z', 2)), unnamed(K))).toBe(
        `-y_2 + (${total}) exp(z_2)/(${below})`,
      );
    });
  }

  it('is p - y where the targets are assumed to sum to one, however many classes there are', () => {
    for (const K of [2, 30, 100]) {
      const net = { ...named(K), assumptions: [sumIsOne(K)] };
      const { cases, assumed } = takeDerivatives(d(x('C'), x('z', 1)), net);
      expect(cases.map(({ formula }) => writePlain(formula))).toEqual(['-y_1 + p_1']);
      expect(assumed).toEqual([sumIsOne(K)]);
    }
  });

  it('grows with the number of classes, not with its square', () => {
    const nodes = (K: number) =>
      countNodes(takeDerivatives(d(x('C'), x('z', 1)), unnamed(K)).cases[0]?.formula as Formula);
    expect(nodes(60) - nodes(40)).toBe(nodes(40) - nodes(20));
  });
});

describe('shares of other exponents, under other losses', () => {
  const exponents = [
    add(multiply(number(2), x('z', 1)), x('z', 2)),
    square(x('z', 2)),
    multiply(x('z', 1), x('z', 3)),
  ];
  const below = add(...exponents.map(exp));
  const net = network(
    [...names(3), family('C'), family('t')],
    [
      ...exponents.map((exponent, at) => define(x('p', at + 1), divide(exp(exponent), below))),
      define(
        symbol('C'),
        add(square(subtract(x('p', 1), symbol('t'))), multiply(x('p', 2), x('p', 3), x('z', 1))),
      ),
    ],
  );

  it('has the numbers of the definitions', () => {
    for (const k of upTo(3)) answer(d(x('C'), x('z', k)), net);
    for (const k of upTo(3)) answer(d(x('p', 2), x('z', k)), net);
  });

  it('is p (1 - p) for one share of two, and says the other exponent where it has no name', () => {
    const one = network([...names(2)], [define(x('p', 1), share(1, 2))]);
    expect(answer(d(x('p', 1), x('z', 1)), one)).toBe('p_1 (1 - p_1)');
    expect(answer(d(x('p', 1), x('z', 2)), one)).toBe('-exp(z_2)/(exp(z_1) + exp(z_2)) p_1');
  });

  it('takes a quotient that is no share by the laws of products', () => {
    const other = network(
      [...names(2)],
      [define(x('p', 1), divide(exp(x('z', 1)), add(exp(x('z', 2)), x('z', 1))))],
    );
    answer(d(x('p', 1), x('z', 1)), other);
    answer(d(x('p', 1), x('z', 2)), other);
  });
});
