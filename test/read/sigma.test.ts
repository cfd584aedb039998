import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function verdicts(...lines: readonly string[]): Promise<readonly string[]> {
  const { results } = await solveText(`${lines.join('\n')}\n`, 'sigma.hg');
  return results.flatMap((one) =>
    one.kind === 'check' ? one.lines.map(({ verdict }) => verdict) : [],
  );
}

describe('sigma', () => {
  it('is a quantity where something is differentiated by it: its power is a factor', async () => {
    expect(
      await verdicts(
        'L = sum_i (x_i - mu)^2 / sigma^2',
        'check',
        '  dL/dsigma = -2 sum_i 1/sigma^3 (x_i - mu)^2',
        '  dL/dsigma = -2 sum_i 1/sigma^2 (x_i - mu)^2',
      ),
    ).toEqual(['proved', 'differs']);
  });

  it('is the sigmoid where it is applied', async () => {
    expect(
      await verdicts('a = sigma(z)', 'z = w x', 'check', '  da/dw = (sigma (z) - sigma^2 (z)) x'),
    ).toEqual(['proved']);
  });
});
