/** One letter for a number and for a family, or for an old and a new value. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function holds(...lines: readonly string[]): Promise<readonly (boolean | null | string)[]> {
  const { results } = await solveText(`${lines.join('\n')}\n`, 'sheet.hg');
  return results.map((result) => (result.kind === 'claim' ? result.holds : result.kind));
}

describe('a loss and its terms of the same letter', () => {
  it.each(['L_t', 'L^(t)', 'L^{(t)}'])('L = sum_t %s', async (term) => {
    expect(
      await holds(
        `${term} = 1/2 (w x_t - y_t)^2   for t = 1..T`,
        `L = sum_{t=1}^T ${term}`,
        'claim dL/dw = sum_t (w x_t - y_t) x_t',
        `claim d${term}/dw = (w x_t - y_t) x_t`,
        'claim dL/dw = (w x_t - y_t) x_t',
        'claim d(L^2)/dw = 2 L dL/dw',
      ),
    ).toEqual([true, true, false, true]);
  });
});

describe('a new value made of the old one', () => {
  it('of a number', async () => {
    expect(
      await holds(
        'C = 1/2 k w^2',
        'w_1 = w - eta dC/dw',
        'w_2 = w_1 - eta k w_1',
        'claim w_2 = (1 - eta k)^2 w',
        'claim w_2 = (1 - 2 eta k) w',
        'claim dw_2/dw = (1 - eta k)^2',
      ),
    ).toEqual([true, false, true]);
  });

  it('of a vector', async () => {
    expect(
      await holds(
        'x in R^3',
        'W in R^(3 x 3)',
        'x_1 = W x',
        'x_2 = W x_1',
        'L = norm(x_2)^2',
        'claim dL/dx = 2 W^T W^T x_2',
        'claim dL/dx = 2 W W x_2',
      ),
    ).toEqual([true, false]);
  });
});
