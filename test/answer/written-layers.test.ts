/** Layers written one by one: an entry that only stands on right sides is a leaf. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

describe('layers written one by one', () => {
  it('have a leaf below the first one', async () => {
    const sheet = [
      'f_1 = tanh(w_1 f_0)',
      'f_2 = tanh(w_2 f_1)',
      'C = 1/2 (f_2 - y)^2',
      'find dC/dw_1',
      'given f_0 = 1.5, w_1 = 0.5, w_2 = -1.2, y = 0.3',
      'find dC/dw_1',
      '',
    ].join('\n');
    const { results } = await solveText(sheet, 'sheet.hg');
    const [general, numbers] = results;
    if (general?.kind !== 'find' || numbers?.kind !== 'find') throw new Error('two answers');
    expect(['proved', 'agrees']).toContain(general.verdict);
    // Half of 1.18879629982789, the slope of (f_2 - y)^2 worked out by central differences.
    expect(numbers.value).toBeCloseTo(0.594398149913945, 12);
  });
});
