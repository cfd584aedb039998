import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  delta,
  type Formula,
  indicator,
  multiply,
  number,
  power,
  product,
  subtract,
  sum,
  symbol,
} from '../../src/expression/formula.js';
import { structureKey } from '../../src/expression/same.js';
import { LONGEST_RANGE, wholeNumber, writtenOutSums } from '../../src/forms/unroll.js';
import { writePlain } from '../../src/write/write.js';

const L = symbol('L');
const l = symbol('l');
const j = symbol('j');
const network = {
  sizes: new Map([
    [structureKey(L), 3],
    [structureKey(symbol('n', [number(2)])), 2],
  ]),
};
const range = (lower: number, upper: Formula) => ({ lower: number(lower), upper });
const text = (formula: Formula): string => writePlain(writtenOutSums(formula, network));

describe('writing out sums and products', () => {
  it('writes out a chain of known depth, with the last index as a number', () => {
    const slopes = product(
      'l',
      range(1, L),
      subtract(number(1), power(symbol('f', [l]), number(2))),
    );
    const weights = product('l', range(2, L), symbol('w', [l]));
    expect(text(multiply(symbol('x'), slopes, weights, symbol('f', [L])))).toBe(
      'x (1 - f_1^2) (1 - f_2^2) (1 - f_3^2) w_2 w_3 f_3',
    );
  });

  it('works out shifted indices', () => {
    expect(text(sum('l', range(1, L), symbol('z', [add(l, number(1))])))).toBe('z_2 + z_3 + z_4');
  });

  it('takes sizes that depend on a layer', () => {
    const units = sum('j', range(1, symbol('n', [number(2)])), symbol('a', [j]));
    expect(text(units)).toBe('a_1 + a_2');
  });

  it('leaves out what a condition excludes, and decides deltas and indicators', () => {
    const others = sum('l', range(1, L), symbol('x', [l]), [compare(l, '!=', number(2))]);
    expect(text(others)).toBe('x_1 + x_3');
    const picked = sum('l', range(1, L), multiply(delta(l, number(2)), symbol('x', [l])));
    expect(text(picked)).toBe('x_2');
    const late = sum(
      'l',
      range(1, L),
      multiply(indicator(compare(l, '>=', number(2))), symbol('x', [l])),
    );
    expect(text(late)).toBe('x_2 + x_3');
  });

  it('gives 0 and 1 for empty ranges', () => {
    expect(text(sum('l', range(4, L), symbol('x', [l])))).toBe('0');
    expect(text(product('l', range(4, L), symbol('x', [l])))).toBe('1');
  });

  it('leaves symbolic and very long ranges, and conditions it cannot decide', () => {
    const symbolic = sum('l', range(1, symbol('N')), symbol('x', [l]));
    expect(text(symbolic)).toBe('sum_{l=1}^N x_l');
    const long = sum('l', range(1, number(LONGEST_RANGE + 1)), symbol('x', [l]));
    expect(text(long)).toBe(`sum_{l=1}^{${LONGEST_RANGE + 1}} x_l`);
    const open = sum('l', range(1, L), symbol('x', [l]), [compare(l, '!=', symbol('i'))]);
    expect(text(open)).toBe('sum_{l=1, l != i}^L x_l');
  });

  it('tells whole numbers from others', () => {
    expect(wholeNumber(add(L, number(-1)), network)).toBe(2);
    expect(wholeNumber(symbol('N'), network)).toBeUndefined();
    expect(wholeNumber(number('1/2'), network)).toBeUndefined();
  });
});
