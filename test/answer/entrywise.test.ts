/** An abstract function beside an entry-by-entry product acts entry by entry. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

describe('a mask on an abstract activation', () => {
  it('leaves one slope for each unit', async () => {
    const sheet = [
      'h = m .* f(W x)',
      'L = C(h)',
      "claim dL/dW = (dC/dh .* m .* f'(W x)) x^T",
      "claim dL/dW = (dC/dh .* f'(W x)) x^T",
      '',
    ].join('\n');
    const { results } = await solveText(sheet, 'sheet.hg');
    expect(results.map((result) => (result.kind === 'claim' ? result.holds : result))).toEqual([
      true,
      false,
    ]);
  });
});
