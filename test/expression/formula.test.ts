import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  compare,
  divide,
  all as everyOf,
  type Formula,
  infinity,
  minusOne,
  multiply,
  negate,
  number,
  one,
  power,
  rawAdd,
  rawMultiply,
  rawPower,
  subtract,
  symbol,
  zero,
} from '../../src/expression/formula.js';
import { same } from '../../src/expression/same.js';
import { close, evaluate, type Point } from '../laws/evaluator.js';
import { coreFormula } from './arbitrary.js';

const x = symbol('x');
const y = symbol('y');
const point: Point = {
  seed: 4,
  indices: new Map([
    ['k', 2],
    ['m', 1],
    ['k1', 3],
  ]),
};

describe('constructors', () => {
  test('there is one way to write minus and division', () => {
    expect(subtract(x, y)).toEqual(rawAdd([x, rawMultiply([minusOne, y])]));
    expect(divide(x, y)).toEqual(rawMultiply([x, rawPower(y, minusOne)]));
    expect(negate(negate(x))).toBe(x);
  });

  test('numbers are folded exactly', () => {
    expect(add(number('1/3'), x, number('1/6'))).toEqual(rawAdd([number('1/2'), x]));
    expect(add(number('0.1'), number('0.2'))).toEqual(number('3/10'));
    expect(multiply(x, number(3), y, number('1/3'))).toEqual(rawMultiply([x, y]));
    expect(multiply(x, zero)).toEqual(zero);
    expect(add()).toEqual(zero);
    expect(multiply()).toEqual(one);
  });

  test('powers', () => {
    expect(power(x, one)).toBe(x);
    expect(power(x, zero)).toEqual(one);
    expect(power(number('2/3'), number(-2))).toEqual(number('9/4'));
    expect(power(power(x, number(2)), number(3))).toEqual(rawPower(x, number(6)));
  });

  test('a power that the reals do not allow to be folded is kept', () => {
    const root = power(power(x, number(2)), number('1/2'));
    expect(root).toEqual(rawPower(rawPower(x, number(2)), number('1/2')));
    expect(power(zero, minusOne)).toEqual(rawPower(zero, minusOne));
    expect(power(number(2), number(100000)).kind).toBe('power');
  });

  test('raw constructors only flatten', () => {
    expect(rawAdd([rawAdd([x, zero]), y])).toEqual(rawAdd([x, zero, y]));
    expect(rawMultiply([x])).toBe(x);
    expect(everyOf(compare(x, '=', y))).toEqual(compare(x, '=', y));
  });

  test('nodes are frozen', () => {
    for (const node of [x, add(x, y), multiply(x, y), power(x, y), infinity])
      expect(Object.isFrozen(node)).toBe(true);
  });

  test('have the number of what they were made from', () => {
    const pairs = fc.tuple(coreFormula, coreFormula, fc.integer({ min: -2, max: 3 }));
    fc.assert(
      fc.property(pairs, ([left, right, whole]) => {
        const [a, b] = [left, right].map((side) => evaluate(side, point)) as [number, number];
        const number_ = number(whole);
        const agree = (formula: Formula, value: number): boolean =>
          close(evaluate(formula, point), value, 1e-9) || !Number.isFinite(value);
        return (
          agree(add(left, number_, right), a + whole + b) &&
          agree(multiply(left, number_, right), a * whole * b) &&
          agree(power(left, number_), a ** whole)
        );
      }),
      { numRuns: 300 },
    );
  });

  test('are idempotent', () => {
    fc.assert(
      fc.property(fc.array(coreFormula, { maxLength: 4 }), (parts) => {
        return (
          same(add(add(...parts)), add(...parts)) &&
          same(multiply(multiply(...parts)), multiply(...parts))
        );
      }),
      { numRuns: 200 },
    );
  });
});
