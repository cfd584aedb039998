/** `assume y_1 + y_2 = 1`, written out, is met by the numbers that are drawn. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const softmax = [
  'p_1 = e^(z_1)/(e^(z_1) + e^(z_2))',
  'p_2 = e^(z_2)/(e^(z_1) + e^(z_2))',
  'L = -y_1 log(p_1) - y_2 log(p_2)',
];
const sigmoid = ['p = sigma(z)', 'L = -a log(p) - b log(1 - p)'];

async function claims(...lines: readonly string[]): Promise<readonly (boolean | null)[]> {
  const { results } = await solveText(`${lines.join('\n')}\n`, 'sheet.hg');
  return results.flatMap((result) => (result.kind === 'claim' ? [result.holds] : []));
}

describe('a linear equation between entries', () => {
  it.each(['y_1 + y_2 = 1', '1 = y_2 + y_1', 'y_1 - 1 = -y_2', '2 y_1 + 2 y_2 = 2'])(
    'assume %s',
    async (assumed) => {
      const asked = ['claim dL/dz_1 = p_1 - y_1', 'claim dL/dz_1 = y_1 - p_1'];
      expect(await claims(...softmax, `assume ${assumed}`, ...asked)).toEqual([true, false]);
      expect(await claims(...softmax, ...asked)).toEqual([false, false]);
    },
  );

  it('of names without indices', async () => {
    expect(
      await claims(...sigmoid, 'assume a + b = 1', 'claim dL/dz = p - a', 'claim dL/dz = p - b'),
    ).toEqual([true, false]);
  });

  it('keeps the bounds of what is solved for', async () => {
    expect(
      await claims(
        'u = a + b',
        'assume a + b = 1',
        'assume a > 2',
        'claim abs(b) = -b',
        'claim abs(a) = -a',
      ),
    ).toEqual([true, false]);
  });

  it('that contradicts another leaves nothing to decide by', async () => {
    expect(
      await claims('u = a c', 'assume a + b = 1', 'assume a + b = 2', 'claim u = a c + b'),
    ).toEqual([null]);
  });
});
