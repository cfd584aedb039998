import { describe, expect, it } from 'vitest';
import {
  add,
  call,
  derivative,
  type Formula,
  family as familyFunction,
  multiply,
  negate,
  number,
  one,
  power,
  subtract,
  sum,
  symbol,
  whole,
  zero,
} from '../../src/expression/formula.js';
import type { Given, NestedNumbers, Network } from '../../src/network/network.js';
import { agree } from '../../src/numeric/agree.js';
import { IndexOutOfRange } from '../../src/numeric/errors.js';
import { values, valuesOf } from '../../src/numeric/values.js';
import { define, family, networkOf, range, scalar, shaped, size, slot } from './networks.js';

const [i, j, k, l, m] = ['i', 'j', 'k', 'l', 'm'].map((name) => symbol(name)) as [
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
];
const n = (layer: Formula): Formula => symbol('n', [layer]);
const three = number(3);
const H = symbol('H');
const layers = (name: string) => (layer: number) => (unit: number) =>
  symbol(name, [number(layer), number(unit)]);
const [z, a] = [layers('z'), layers('a')];
const W = (layer: number, from: number, to: number) =>
  symbol('W', [number(layer), number(from), number(to)]);

const given = (target: Given['target'], value: NestedNumbers): Given => ({
  target,
  value,
  line: 1,
});
const near = (value: NestedNumbers | undefined, wanted: NestedNumbers): void => {
  if (typeof value === 'number' && typeof wanted === 'number') {
    expect(Math.abs(value - wanted)).toBeLessThanOrEqual(1e-9 * Math.abs(wanted) + 1e-12);
    return;
  }
  if (typeof value !== 'object' || typeof wanted !== 'object') throw new Error('another shape');
  expect(value).toHaveLength(wanted.length);
  for (const [place, part] of wanted.entries()) near(value[place], part);
};

/** `z^l_j = sum_i W^l_ij a^(l-1)_i`, three layers, `H = z^3_1`; weights go from i to j. */
const reluNet = (givens: readonly Given[], activation = 'relu'): Network => {
  const unit = (last: Formula) => [slot('l', one, last, 'upper'), slot('j', one, n(l))];
  return networkOf(
    [
      family('n', 'leaf', [slot('l', zero, three, 'upper')], { role: 'size' }),
      family('x', 'leaf', [slot('i', one, n(zero))]),
      family('W', 'leaf', [
        slot('l', one, three, 'upper'),
        slot('i', one, n(subtract(l, one))),
        slot('j', one, n(l)),
      ]),
      family('a', 'defined', [slot('l', zero, number(2), 'upper'), slot('j', one, n(l))]),
      family('z', 'defined', unit(three)),
      family('H', 'defined'),
    ],
    [
      define('a', [zero, i], symbol('x', [i]), [range('i', one, n(zero))]),
      define(
        'z',
        [l, j],
        sum(
          'i',
          { lower: one, upper: n(subtract(l, one)) },
          multiply(symbol('W', [l, i, j]), symbol('a', [subtract(l, one), i])),
        ),
        [range('l', one, three), range('j', one, n(l))],
      ),
      define('a', [l, j], call('g', [symbol('z', [l, j])]), [
        range('l', one, number(2)),
        range('j', one, n(l)),
      ]),
      define('H', [], z(3)(1)),
    ],
    {
      givens,
      functions: new Map([
        ['g', { name: 'g', latex: 'g', parameters: ['x'], body: call(activation, [symbol('x')]) }],
      ]),
      sizes: new Map([
        ['n[0]', 2],
        ['n[1]', 2],
        ['n[2]', 2],
        ['n[3]', 1],
      ]),
    },
  );
};
const layer = (name: string, at: number) => symbol(name, [number(at), whole]);
const weights = (at: number) => symbol('W', [number(at), whole, whole]);

describe('derivatives given as numbers', () => {
  const net = reluNet([
    given(weights(2), [
      [5, 1],
      [1, 2],
    ]),
    given(layer('z', 1), [3, -2]),
    given(derivative(H, z(2)(1)), -3),
    given(derivative(H, z(2)(2)), 1),
  ]);

  it.each<[string, Formula, number]>([
    ['dH/da^1_1', derivative(H, a(1)(1)), -14],
    ['dH/da^1_2', derivative(H, a(1)(2)), -1],
    ['dH/dz^1_1', derivative(H, z(1)(1)), -14],
    ['dH/dz^1_2', derivative(H, z(1)(2)), 0],
    ['dH/dW^2_11', derivative(H, W(2, 1, 1)), -9],
    ['dH/dW^2_21', derivative(H, W(2, 2, 1)), 0],
    ['dH/dW^2_12', derivative(H, W(2, 1, 2)), 3],
  ])('stand for all that lies behind them: %s', (_, formula, wanted) => {
    near(values(scalar(formula), net), wanted);
  });

  it('say nothing about what lies above them', () => {
    expect(valuesOf(scalar(derivative(H, a(2)(1))), net)).toMatchObject({ kind: 'missing' });
    expect(valuesOf(scalar(H), net)).toMatchObject({ kind: 'missing' });
  });

  it('let a line hold that these numbers make true, and say that they do', () => {
    const line = scalar(derivative(H, a(1)(1)));
    expect(agree(line, scalar(number(-14)), net)).toMatchObject({
      verdict: 'agrees',
      onlyGiven: true,
    });
    expect(agree(line, scalar(number(-13)), net).verdict).toBe('differs');
    const rule = sum(
      'k',
      { lower: one, upper: n(number(2)) },
      multiply(symbol('W', [number(2), one, k]), derivative(H, symbol('z', [number(2), k]))),
    );
    expect(agree(line, scalar(rule), net)).toMatchObject({ verdict: 'agrees', onlyGiven: false });
  });

  it('stand for a loss that nobody defined, too', () => {
    const open = networkOf(
      [family('C', 'leaf'), family('u', 'defined'), family('v', 'leaf'), family('p', 'leaf')],
      [define('u', [], multiply(symbol('v'), symbol('v')))],
      { givens: [given(derivative(symbol('C'), symbol('u')), 2), given(symbol('v'), 5)] },
    );
    near(values(scalar(derivative(symbol('C'), symbol('v'))), open), 20);
    expect(valuesOf(scalar(derivative(symbol('C'), symbol('p'))), open).kind).toBe('missing');
  });

  it('need no size that lies behind them', () => {
    const sizes = new Map([...net.sizes].filter(([key]) => key !== 'n[3]'));
    near(values(scalar(derivative(H, a(1)(1))), { ...net, sizes }), -14);
    expect(valuesOf(scalar(derivative(H, a(2)(1))), { ...net, sizes }).kind).toBe('missing');
  });

  it('may be given by the name of the derivative', () => {
    const named = networkOf(
      [
        family('u', 'defined'),
        family('v', 'leaf'),
        family('C', 'defined'),
        family('delta', 'defined'),
      ],
      [
        define('u', [], power(symbol('v'), number(2))),
        define('C', [], call('F', [symbol('u')])),
        define('delta', [], derivative(symbol('C'), symbol('u'))),
      ],
      { givens: [given(symbol('delta'), 2), given(symbol('v'), 5)] },
    );
    near(values(scalar(derivative(symbol('C'), symbol('v'))), named), 20);
  });
});

describe('a network with a unit at the kink', () => {
  const net = reluNet([
    given(symbol('x', [whole]), [-2, 3]),
    given(weights(1), [
      [2, 0],
      [-3, 3],
    ]),
    given(weights(2), [
      [4, 5],
      [0, 1],
    ]),
    given(weights(3), [[7], [-2]]),
  ]);
  const two = number(2);
  const slopeAt = (u: Formula) => call('g', [u], { slots: [{ argument: 0, at: [] }] });

  it('has the values of a forward pass', () => {
    near(values(shaped(symbol('z', [one, j]), [range('j', one, two)]), net), [-13, 9]);
    near(values(shaped(symbol('z', [two, j]), [range('j', one, two)]), net), [0, 9]);
    near(values(scalar(H), net), -18);
  });

  it('has slope 0 exactly at 0 by default, and what a convention says', () => {
    near(values(scalar(slopeAt(z(2)(1))), net), 0);
    near(values(scalar(slopeAt(z(2)(2))), net), 1);
    near(values(scalar(derivative(H, z(2)(1))), net), 0);
    const other = { ...net, conventions: [{ function: 'relu', at: 0, value: 1 }] };
    near(values(scalar(slopeAt(z(2)(1))), other), 1);
    near(values(scalar(derivative(H, z(2)(1))), other), 7);
  });

  it('has the gradients of the whole matrices', () => {
    const gradient = (at: number, rows: Formula, columns: Formula) =>
      shaped(derivative(H, symbol('W', [number(at), i, j])), [
        range('i', one, rows),
        range('j', one, columns),
      ]);
    near(values(gradient(3, two, one), net), [[0], [9]]);
    near(values(gradient(2, two, two), net), [
      [0, 0],
      [0, -18],
    ]);
    near(values(gradient(1, two, two), net), [
      [0, 4],
      [0, -6],
    ]);
  });

  it('refuses an entry that does not exist', () => {
    expect(() => values(scalar(derivative(H, W(3, 1, 2))), net)).toThrow(IndexOutOfRange);
  });

  it('differs from a line about an entry that does not exist', () => {
    const product = multiply(derivative(H, z(3)(1)), a(2)(2));
    expect(agree(scalar(derivative(H, W(3, 1, 2))), scalar(product), net).verdict).toBe('differs');
    expect(agree(scalar(derivative(H, W(3, 2, 1))), scalar(product), net).verdict).toBe('agrees');
  });
});

describe('numbers of other networks', () => {
  it('are those worked out elsewhere for two units', () => {
    const names = ['x', 't', 'w1', 'w2', 'b'];
    const [x, t, w1, w2, b] = names.map((name) => symbol(name)) as [
      Formula,
      Formula,
      Formula,
      Formula,
      Formula,
    ];
    const half = power(subtract(symbol('y'), t), number(2));
    const net = networkOf(
      [
        ...names.map((name) => family(name, 'leaf')),
        ...['a', 'y', 'C'].map((name) => family(name, 'defined')),
      ],
      [
        define('a', [], call('relu', [multiply(w1, x)])),
        define('y', [], call('sigmoid', [add(multiply(w2, symbol('a')), b)])),
        define('C', [], multiply(number('1/2'), half)),
      ],
      {
        givens: names.map((name, place) =>
          given(symbol(name), [3, 1, 0.01, -5, -1][place] as number),
        ),
      },
    );
    const C = symbol('C');
    near(values(scalar(C), net), 0.28842841648243966);
    near(values(scalar(derivative(C, w1)), net), 2.0809165621704553);
    near(values(scalar(derivative(C, w2)), net), -0.00416183312434091);
    near(values(scalar(derivative(C, b)), net), -0.13872777081136367);
    // A number that was handed in: it forgets the hidden unit.
    expect(agree(scalar(C), scalar(number('0.26722332269')), net).verdict).toBe('differs');
  });

  it('are those worked out elsewhere for tanh with unequal weights', () => {
    const net = reluNet(
      [
        given(symbol('x', [whole]), [2, 1]),
        given(weights(1), [
          [1, 2],
          [0.5, -1],
        ]),
        given(weights(2), [
          [0.3, -0.4],
          [0.6, 0.9],
        ]),
        given(weights(3), [[1.5], [-0.7]]),
      ],
      'tanh',
    );
    near(values(scalar(H), net), 0.745341914862697);
    near(values(scalar(derivative(H, z(2)(1))), net), 0.737701535059567);
    near(values(scalar(derivative(H, W(2, 2, 1))), net), 0.734053419263021);
    near(
      values(
        shaped(derivative(H, symbol('W', [number(2), i, j])), [
          range('i', one, number(2)),
          range('j', one, number(2)),
        ]),
        net,
      ),
      [
        [0.727826882258028, -0.54269066560808],
        [0.734053419263021, -0.547333367868802],
      ],
    );
  });

  it('are those worked out elsewhere for softmax with cross-entropy', () => {
    const rows = (name: string) => (at: number) => symbol(name, [number(at), whole]);
    const last = [{ index: 'm', lower: one, upper: n(three) }];
    const net = networkOf(
      [
        family('n', 'leaf', [slot('l', zero, three, 'upper')], { role: 'size' }),
        family('h', 'mixed', [slot('l', zero, number(2), 'upper'), slot('j', one, n(l))]),
        family('W', 'leaf', [
          slot('l', one, three, 'upper'),
          slot('j', one, n(l)),
          slot('k', one, n(subtract(l, one))),
        ]),
        family('b', 'leaf', [slot('l', one, three, 'upper'), slot('j', one, n(l))]),
        family('z', 'defined', [slot('l', one, three, 'upper'), slot('j', one, n(l))]),
        family('yhat', 'defined', [slot('j', one, n(three))]),
        family('y', 'leaf', [slot('j', one, n(three))]),
        family('C', 'defined'),
      ],
      [
        define(
          'z',
          [l, j],
          add(
            sum(
              'k',
              { lower: one, upper: n(subtract(l, one)) },
              multiply(symbol('W', [l, j, k]), symbol('h', [subtract(l, one), k])),
            ),
            symbol('b', [l, j]),
          ),
          [range('l', one, three), range('j', one, n(l))],
        ),
        define('h', [l, j], call('tanh', [symbol('z', [l, j])]), [
          range('l', one, number(2)),
          range('j', one, n(l)),
        ]),
        define('yhat', [j], familyFunction('softmax', last, symbol('z', [three, m]), [j]), [
          range('j', one, n(three)),
        ]),
        define(
          'C',
          [],
          negate(
            sum(
              'k',
              { lower: one, upper: n(three) },
              multiply(symbol('y', [k]), call('log', [symbol('yhat', [k])])),
            ),
          ),
        ),
      ],
      {
        givens: [
          given(rows('h')(0), [1, 0, 1, 0]),
          given(symbol('y', [whole]), [0, 1, 0]),
          given(weights(1), [
            [0.2, -0.4, 0.6, 0.1],
            [0.7, 0.1, -0.3, 0.5],
            [-0.5, 0.3, 0.8, -0.2],
            [0.4, 0.9, -0.1, -0.6],
          ]),
          given(rows('b')(1), [0.1, -0.2, 0.05, 0.3]),
          given(weights(2), [
            [0.6, -0.1, 0.4, 0.2],
            [-0.3, 0.8, 0.2, -0.7],
            [0.5, -0.9, 0.3, 0.1],
          ]),
          given(rows('b')(2), [-0.25, 0.15, 0.4]),
          given(weights(3), [
            [0.9, -0.7, 0.2],
            [0.35, 0.55, -0.4],
            [-0.6, 0.25, 0.8],
          ]),
          given(rows('b')(3), [0.05, -0.1, 0.2]),
        ],
      },
    );
    const C = symbol('C');
    const signal = (at: number, width: number) =>
      values(
        shaped(derivative(C, symbol('z', [number(at), j])), [range('j', one, number(width))]),
        net,
      );
    near(values(scalar(C), net), 1.76536001307822);
    near(signal(3, 3), [0.465672551891416, -0.828874831904634, 0.363202280013218]);
    near(signal(2, 3), [-0.0759694538687879, -0.659885176051709, 0.434785517162576]);
    near(
      signal(1, 4),
      [0.180050665312959, -0.876104236678196, -0.0283164246487604, 0.348818467746548],
    );
  });
});

describe('what is missing', () => {
  const net = networkOf(
    [
      size('N'),
      ...['x', 'p', 'q'].map((name) => family(name, 'leaf')),
      family('u', 'defined'),
      family('v', 'leaf', [slot('k', one, symbol('N'))]),
    ],
    [define('u', [], multiply(symbol('p'), symbol('q')))],
    { givens: [given(symbol('x'), 2), given(symbol('u'), 6)] },
  );

  it('is named, and only if it is needed', () => {
    expect(valuesOf(scalar(add(symbol('x'), multiply(symbol('p'), symbol('q')))), net)).toEqual({
      kind: 'missing',
      names: ['p', 'q'],
    });
    near(values(scalar(multiply(symbol('x'), symbol('x'))), net), 4);
    near(values(scalar(derivative(multiply(symbol('x'), symbol('p')), symbol('p'))), net), 2);
  });

  it('is not asked for where a defined name has a number, which keeps its derivatives', () => {
    near(values(scalar(add(symbol('u'), one)), net), 7);
    expect(valuesOf(scalar(derivative(symbol('u'), symbol('p'))), net)).toEqual({
      kind: 'missing',
      names: ['q'],
    });
  });

  it('may be a size, which a given list fixes', () => {
    const total = scalar(sum('k', { lower: one, upper: symbol('N') }, symbol('v', [k])));
    expect(valuesOf(total, net)).toEqual({ kind: 'missing', names: ['N'] });
    const filled = {
      ...net,
      givens: [...net.givens, given(symbol('v', [whole]), [[1], [2], [4]])],
    };
    near(values(total, filled), 7);
  });
});
