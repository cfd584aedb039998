import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  array,
  compare,
  type Formula,
  family,
  multiply,
  number,
  one,
  power,
  product,
  sum,
  symbol,
} from '../../src/expression/formula.js';
import { conditionKey, same, structureKey } from '../../src/expression/same.js';
import { close, evaluate, type Point } from '../laws/evaluator.js';
import { coreFormula } from './arbitrary.js';

const [i, j, k, m, n, x] = ['i', 'j', 'k', 'm', 'n', 'x'].map((name) => symbol(name)) as [
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
];
const w = (...indices: readonly Formula[]) => symbol('w', indices);
const toN = { lower: one, upper: n };

describe('the same up to the names of bound indices', () => {
  test('sums, products, families and arrays', () => {
    expect(same(sum('k', toN, w(k, x)), sum('m', toN, w(m, x)))).toBe(true);
    expect(same(product('k', toN, w(k)), product('j', toN, w(j)))).toBe(true);
    const soft = (name: string) =>
      family('softmax', [{ index: name, ...toN }], w(symbol(name)), [i]);
    expect(same(soft('k'), soft('j'))).toBe(true);
    const table = (a: string, b: string) =>
      array(
        [
          { index: a, ...toN },
          { index: b, lower: one, upper: symbol(a) },
        ],
        w(symbol(a), symbol(b)),
      );
    expect(same(table('i', 'j'), table('k', 'm'))).toBe(true);
  });

  test('a free name is not a bound one', () => {
    expect(same(sum('k', toN, w(k)), sum('k', toN, w(m)))).toBe(false);
    expect(same(sum('k', toN, sum('m', toN, w(k, m))), sum('k', toN, sum('m', toN, w(m, k))))).toBe(
      false,
    );
    expect(same(sum('k', toN, sum('k', toN, w(k))), sum('m', toN, sum('k', toN, w(m))))).toBe(
      false,
    );
  });

  test('ranges and conditions count', () => {
    expect(same(sum('k', toN, w(k)), sum('k', { lower: one, upper: m }, w(k)))).toBe(false);
    const guard = (name: string) =>
      sum(name, toN, w(symbol(name)), [compare(symbol(name), '!=', i)]);
    expect(same(guard('k'), guard('m'))).toBe(true);
    expect(same(guard('k'), sum('k', toN, w(k)))).toBe(false);
  });

  test('no law of algebra is used', () => {
    expect(same(add(x, w(i)), add(w(i), x))).toBe(false);
    expect(same(multiply(x, x), power(x, number(2)))).toBe(false);
    expect(conditionKey(compare(x, '<', i))).not.toBe(conditionKey(compare(i, '>', x)));
  });

  test('a name with indices is not the name without', () => {
    expect(same(symbol('w', []), w(i))).toBe(false);
    expect(same(sum('w', toN, symbol('w')), sum('k', toN, k))).toBe(true);
  });

  test('equal keys, equal numbers', () => {
    const points = [1, 2, 3].map((seed): Point => {
      return {
        seed,
        indices: new Map([
          ['k', 2],
          ['m', 1],
          ['k1', 3],
        ]),
      };
    });
    fc.assert(
      fc.property(coreFormula, coreFormula, (left, right) => {
        if (!same(left, right)) return true;
        return points.every((point) => close(evaluate(left, point), evaluate(right, point)));
      }),
      { numRuns: 300 },
    );
  });

  test('the key does not depend on what was asked before', () => {
    fc.assert(
      fc.property(coreFormula, (body) => {
        // Asked alone first, its free k is remembered as free; inside the sum it is bound.
        structureKey(body);
        const inside = sum('k', { lower: one, upper: number(2) }, body);
        const again = sum('k', { lower: one, upper: number(2) }, { ...body });
        return structureKey(inside) === structureKey(again);
      }),
      { numRuns: 200 },
    );
  });
});

describe('formulas whose parts are shared', () => {
  /** `2^60` leaves if it were written out; 120 objects. */
  const shared = (leaf: Formula): Formula => {
    let part = leaf;
    for (let depth = 0; depth < 60; depth += 1) part = power(add(part, multiply(x, part)), part);
    return part;
  };

  test('are compared object by object', () => {
    expect(same(shared(w(i)), shared(w(i)))).toBe(true);
    expect(same(shared(w(i)), shared(w(m)))).toBe(false);
    expect(same(shared(w(i)), multiply(shared(w(i)), x))).toBe(false);
  });

  test('are compared object by object under sums too', () => {
    const under = (index: string) => sum(index, toN, shared(w(symbol(index))));
    expect(same(under('k'), under('j'))).toBe(true);
    expect(same(under('k'), sum('k', toN, shared(w(m))))).toBe(false);
    const twice = (outer: string, inner: string, used: string) =>
      sum(outer, toN, sum(inner, toN, shared(w(symbol(used)))));
    expect(same(twice('k', 'j', 'j'), twice('a', 'b', 'b'))).toBe(true);
    expect(same(twice('k', 'j', 'j'), twice('a', 'b', 'a'))).toBe(false);
  });

  test('have short keys, however long they are', () => {
    expect(structureKey(shared(w(i))).length).toBeLessThan(2001);
  });
});

describe('what binders bind', () => {
  test('is told by how far out the binder stands', () => {
    const nested = (body: Formula) => sum('k', toN, sum('m', toN, body));
    expect(same(nested(w(k)), nested(w(m)))).toBe(false);
    expect(same(nested(w(k)), sum('m', toN, sum('k', toN, w(m))))).toBe(true);
    // A part without a letter of the outer sum has one key inside and outside of it.
    const inner = sum('m', toN, w(m));
    expect(structureKey(sum('k', toN, multiply(w(k), inner)))).toContain(structureKey(inner));
  });
});
