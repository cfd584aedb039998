import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, type Formula, multiply, number, symbol } from '../../src/expression/formula.js';
import { substitute } from '../../src/expression/walk.js';
import { compareAffine, hull, shiftedOf, tidyIndex } from '../../src/network/affine.js';

const affine = fc
  .tuple(
    fc.integer({ min: -3, max: 3 }),
    fc.integer({ min: -2, max: 2 }),
    fc.integer({ min: -2, max: 2 }),
  )
  .map(([constant, a, b]) =>
    add(number(constant), multiply(number(a), symbol('L')), multiply(number(b), symbol('N'))),
  );

const valueAt = (formula: Formula, L: number, N: number): number => {
  const put = tidyIndex(
    substitute(
      formula,
      new Map([
        ['L', number(L)],
        ['N', number(N)],
      ]),
    ),
  );
  return put.kind === 'number' ? put.value.valueOf() : Number.NaN;
};

describe('affine index arithmetic', () => {
  it('decides comparisons only where they hold for all sizes', () => {
    fc.assert(
      fc.property(affine, affine, (left, right) => {
        const order = compareAffine(left, right);
        if (order === undefined) return;
        for (let L = 1; L <= 4; L += 1)
          for (let N = 1; N <= 4; N += 1) {
            const difference = valueAt(left, L, N) - valueAt(right, L, N);
            expect(order === 0 ? difference === 0 : difference * order >= 0).toBe(true);
          }
      }),
    );
  });

  it('finds a hull that holds both ranges', () => {
    fc.assert(
      fc.property(affine, affine, (one, other) => {
        const both = hull({ lower: one, upper: one }, { lower: other, upper: other });
        // A written number is taken to lie within a size, so only decided ends are compared.
        if (compareAffine(one, other) === undefined) return;
        for (const end of [one, other]) {
          expect(valueAt(both.lower, 2, 3)).toBeLessThanOrEqual(valueAt(end, 2, 3));
          expect(valueAt(both.upper, 2, 3)).toBeGreaterThanOrEqual(valueAt(end, 2, 3));
        }
      }),
    );
  });

  it('reads shifts of one variable and nothing else', () => {
    const isVariable = (name: string): boolean => name !== 'L';
    expect(shiftedOf(add(symbol('l'), number(-1)), isVariable)).toEqual({
      variable: 'l',
      offset: -1,
    });
    expect(shiftedOf(multiply(number(2), symbol('l')), isVariable)).toBeUndefined();
    expect(shiftedOf(add(symbol('i'), symbol('k')), isVariable)).toBeUndefined();
    expect(shiftedOf(symbol('L'), isVariable)).toBeUndefined();
  });
});
