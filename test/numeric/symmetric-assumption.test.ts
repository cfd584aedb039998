/** `assume S = S^T` is met by symmetric matrices, and only then are such claims true. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const form = ['S in R^(n x n)', 'x in R^n', 'q = x^T S x'];

async function claims(...lines: readonly string[]): Promise<readonly (boolean | null)[]> {
  const { results } = await solveText(`${[...form, ...lines].join('\n')}\n`, 'sheet.hg');
  return results.flatMap((result) => (result.kind === 'claim' ? [result.holds] : []));
}

describe('a matrix that is assumed to be symmetric', () => {
  it.each(['assume S = S^T', 'assume S^T = S', 'assume S_ij = S_ji'])('%s', async (line) => {
    expect(
      await claims(line, 'claim dq/dx = 2 S x', 'claim dq/dx = -2 S x', 'claim d2q/dx^2 = 2 S'),
    ).toEqual([true, false, true]);
  });

  it('is needed for them', async () => {
    expect(await claims('claim dq/dx = 2 S x')).toEqual([false]);
  });
});
