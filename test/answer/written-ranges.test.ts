import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

describe('ranges of products and sums in an answer', () => {
  it('are written where they end at the index of an outer sum', async () => {
    const { results } = await solveText(
      `h_0 = s
h_t = tanh(w h_{t-1} + x_t)   for t = 1..T
Loss = 1/2 sum_{t=1}^T (h_t - y_t)^2
find dLoss/dw
`,
      'sheet.hg',
    );
    const [found] = results;
    // Slopes pass from step m to step t through the steps between them, not through all.
    expect(found?.kind === 'find' && found.answer.text).toMatch(/prod_\{n=t\+1\}\^m/);
  });

  it('go without saying where the author never named the size', async () => {
    const { results } = await solveText('z = sum_k w_k x_k\nC = C(z)\nfind z\n', 'sheet.hg');
    const [found] = results;
    expect(found?.kind === 'find' && found.answer.text).toBe('sum_k w_k x_k');
  });
});
