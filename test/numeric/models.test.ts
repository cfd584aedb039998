import { describe, expect, it } from 'vitest';
import {
  call,
  compare,
  derivative,
  type Formula,
  multiply,
  number,
  one,
  power,
  subtract,
  sum,
  symbol,
} from '../../src/expression/formula.js';
import type { Assumption } from '../../src/network/network.js';
import { evaluate } from '../../src/numeric/evaluate.js';
import { makeModels } from '../../src/numeric/models.js';
import { chain, deepNet, define, family, networkOf, range, size, slot } from './networks.js';

const [l, k, L, N] = [symbol('l'), symbol('k'), symbol('L'), symbol('N')];

const assuming = (
  condition: Assumption['condition'],
  ranges: Assumption['ranges'] = [],
): Assumption => ({ condition, ranges, text: '', line: 1 });

describe('sizes', () => {
  it('gives neighbouring layers different widths, never one', () => {
    const net = deepNet('tanh', symbol('a', [L, one]));
    for (const model of makeModels(net, { formulas: [], count: 10 })) {
      const widths = [0, 1, 2].map((layer) => evaluate(symbol('n', [number(layer)]), model));
      expect(new Set(widths).size).toBe(3);
      expect(Math.min(...widths)).toBeGreaterThanOrEqual(2);
    }
  });

  it('takes the depths 3, 2, 4, 5, 1 in turn, never below a layer that is written', () => {
    const depths = (formulas: readonly Formula[]) =>
      makeModels(chain, { formulas, count: 5 }).map((model) => evaluate(L, model));
    expect([...depths([])].sort()).toEqual([1, 2, 3, 4, 5]);
    expect(Math.min(...depths([symbol('f', [number(3)])]))).toBe(3);
    expect(Math.min(...depths([symbol('f', [subtract(L, number(2))])]))).toBe(2);
  });

  it('keeps the sizes that the sheet fixes', () => {
    const fixed = { ...chain, sizes: new Map([['L[]', 4]]) };
    for (const model of makeModels(fixed, { formulas: [], count: 4 }))
      expect(evaluate(L, model)).toBe(4);
  });

  it('keeps sizes with two names equal', () => {
    const net = networkOf(
      [size('N'), size('M'), family('x', 'leaf', [slot('i', one, N), slot('j', one, symbol('M'))])],
      [],
      { equalSizes: [{ left: N, right: symbol('M') }] },
    );
    for (const model of makeModels(net, { formulas: [], count: 5 }))
      expect(evaluate(N, model)).toBe(evaluate(symbol('M'), model));
  });

  it('says so where the equation of a size needs that size', () => {
    const least = call('min', [N, L]);
    const net = networkOf([size('N'), size('L')], [], {
      equalSizes: [{ left: N, right: least }],
    });
    const [model] = makeModels(net, { formulas: [], count: 1 });
    expect(() => model && evaluate(N, model)).toThrow(
      'nothing fixes the number N; give it, as in `N = 3`',
    );
  });

  it('is at least 3 where two values of an index are compared', () => {
    const unequal = sum('k', { lower: one, upper: N }, symbol('x', [k]), [
      compare(k, '!=', symbol('i')),
    ]);
    const net = networkOf([size('N'), family('x', 'leaf', [slot('i', one, N)])], []);
    for (const model of makeModels(net, { formulas: [unequal], count: 6 }))
      expect(evaluate(N, model)).toBeGreaterThanOrEqual(3);
  });
});

describe('signs', () => {
  it('gives any two leaves all four combinations', () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const net = networkOf(
      names.map((name) => family(name, 'leaf')),
      [],
    );
    const mixed = makeModels(net, { formulas: [], count: 14 }).filter(
      ({ mode }) => mode === 'mixed',
    );
    for (const left of names)
      for (const right of names) {
        if (left >= right) continue;
        const signs = mixed.map((model) =>
          [left, right].map((name) => Math.sign(evaluate(symbol(name), model))).join(),
        );
        expect(new Set(signs).size, `${left} and ${right}`).toBe(4);
      }
  });
});

describe('assumptions', () => {
  const y = (index: Formula) => symbol('y', [index]);

  it('scales shares to their total, all positive', () => {
    const total = sum('k', { lower: one, upper: N }, y(k));
    const net = networkOf([size('N'), family('y', 'leaf', [slot('k', one, N)])], [], {
      assumptions: [assuming(compare(total, '=', one))],
    });
    for (const model of makeModels(net, { formulas: [], count: 8 })) {
      expect(evaluate(total, model)).toBeCloseTo(1, 12);
      for (let index = 1; index <= evaluate(N, model); index += 1)
        expect(evaluate(y(number(index)), model)).toBeGreaterThan(0);
    }
  });

  it('draws a leaf within its bounds', () => {
    const net = networkOf([family('x', 'leaf'), family('p', 'leaf')], [], {
      assumptions: [
        assuming(compare(symbol('x'), '<', number(-2))),
        assuming(compare(symbol('p'), '>', number(0))),
        assuming(compare(symbol('p'), '<', one)),
      ],
    });
    for (const model of makeModels(net, { formulas: [], count: 8 })) {
      expect(evaluate(symbol('x'), model)).toBeLessThan(-2);
      expect(evaluate(symbol('p'), model)).toBeGreaterThan(0);
      expect(evaluate(symbol('p'), model)).toBeLessThan(1);
    }
  });

  it('finds models in which something defined is positive', () => {
    const z = multiply(symbol('x'), symbol('v'));
    const net = networkOf(
      [family('x', 'leaf'), family('v', 'leaf'), family('z', 'defined')],
      [define('z', [], z)],
      { assumptions: [assuming(compare(symbol('z'), '>', number(0)))] },
    );
    const found = makeModels(net, { formulas: [], count: 8 });
    expect(found).toHaveLength(8);
    for (const model of found) expect(evaluate(symbol('z'), model)).toBeGreaterThan(0);
  });

  it('sets a leaf to a value without making it depend on it', () => {
    const [H, t, x] = [symbol('H'), symbol('t'), symbol('x')];
    const loss = power(subtract(H, t), number(2));
    const net = networkOf(
      [family('x', 'leaf'), family('t', 'leaf'), family('H', 'defined'), family('C', 'defined')],
      [define('H', [], power(x, number(3))), define('C', [], multiply(loss, x))],
      { assumptions: [assuming(compare(H, '=', t))] },
    );
    for (const model of makeModels(net, { formulas: [], count: 5 })) {
      expect(evaluate(t, model)).toBe(evaluate(H, model));
      expect(evaluate(derivative(subtract(H, t), x), model)).toBe(
        evaluate(derivative(H, x), model),
      );
    }
  });

  it('sets entries of a family one by one', () => {
    const net = networkOf([size('N'), family('y', 'leaf', [slot('k', one, N)])], [], {
      assumptions: [assuming(compare(y(k), '=', power(k, number(2))), [range('k', one, N)])],
    });
    for (const model of makeModels(net, { formulas: [y(number(3))], count: 3 }))
      expect(evaluate(y(number(3)), model)).toBe(9);
  });

  it('makes no model where nothing satisfies them', () => {
    const square = power(symbol('x'), number(2));
    const net = networkOf([family('x', 'leaf')], [], {
      assumptions: [assuming(compare(square, '<', number(0)))],
    });
    expect(makeModels(net, { formulas: [], count: 3 })).toHaveLength(0);
  });
});

describe('drawing', () => {
  it('gives the same models for the same seed and others for another', () => {
    const value = (seed: number) =>
      makeModels(chain, { formulas: [], count: 3, seed }).map((model) =>
        evaluate(symbol('f', [L]), model),
      );
    expect(value(7)).toEqual(value(7));
    expect(value(7)).not.toEqual(value(8));
  });

  it('draws a symmetric matrix as one', () => {
    const net = networkOf(
      [size('N'), family('S', 'leaf', [slot('i', one, N), slot('j', one, N)], { symmetric: true })],
      [],
    );
    for (const model of makeModels(net, { formulas: [], count: 3 }))
      expect(evaluate(symbol('S', [one, number(2)]), model)).toBe(
        evaluate(symbol('S', [number(2), one]), model),
      );
  });

  it('gives a letter that stands free one value within its range', () => {
    const net = networkOf(
      [
        size('N'),
        family('y', 'leaf', [slot('k', one, N)]),
        family('o', 'leaf', [], { role: 'index' }),
        family('p', 'defined'),
      ],
      [define('p', [], symbol('y', [symbol('o')]))],
    );
    for (const model of makeModels(net, { formulas: [], count: 5 })) {
      const letter = evaluate(symbol('o'), model);
      expect(letter).toBeGreaterThanOrEqual(1);
      expect(letter).toBeLessThanOrEqual(evaluate(N, model));
      expect(evaluate(symbol('p'), model)).toBe(
        evaluate(symbol('y', [l]), model, new Map([['l', letter]])),
      );
    }
  });
});
