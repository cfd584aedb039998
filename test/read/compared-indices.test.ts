/** Letters that are only compared with an index are indices: they make no label of a subscript. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function claims(...lines: readonly string[]): Promise<readonly (boolean | null)[]> {
  const { results } = await solveText(`${lines.join('\n')}\n`, 'sheet.hg');
  return results.flatMap((result) => {
    if (result.kind === 'claim') return [result.holds];
    if (result.kind !== 'check') return [];
    return result.lines.map(({ verdict }) => verdict === 'proved' || verdict === 'agrees');
  });
}

const hinge = [
  's_j = \\sum_d W_{jd} x_d',
  'L = \\sum_{j \\neq c} \\max(0, s_j - s_c + 1)',
  // The slope by the score of the right class: minus the number of classes that come too near.
  'claim dL/ds_c = -sum_{j != c} [s_j - s_c + 1 > 0]',
];

describe('a letter beside an index in a comparison', () => {
  it.each([
    ['a condition in brackets', ['claim dL/ds_j = [s_j - s_c + 1 > 0]   (j \\neq c)']],
    ['a condition behind', ['claim dL/ds_j = [s_j - s_c + 1 > 0] if j != c']],
    ['a condition in front', ['check', '  if j != c: dL/ds_j = [s_j - s_c + 1 > 0]']],
  ])('is an index: %s', async (_name, lines) => {
    expect(await claims(...hinge, ...lines)).toEqual([true, true]);
  });

  it.each(['delta(i,k)', '\\delta(i,k)', '\\delta_{ik}', '\\delta_{i,k}', '[i = k]'])(
    'is an index: %s',
    async (delta) => {
      const softmax = ['q = softmax(z)', `claim dq_i/dz_k = q_i (${delta} - q_k)`];
      expect(await claims(...softmax, `claim dq_i/dz_k = q_k (${delta} - q_k)`)).toEqual([
        true,
        false,
      ]);
    },
  );
});
