import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const solve = async (...lines: readonly string[]): Promise<readonly string[]> =>
  (await solveText(`${lines.join('\n')}\n`, 'sheet.hg')).results.map((result) =>
    result.kind === 'find'
      ? result.answer.text
      : result.kind === 'error'
        ? result.message
        : result.kind,
  );

describe('what a derivative is asked by', () => {
  it('must stand in the sheet: a slip of the pen is not answered by 0', async () => {
    const [unused, slip] = await solve(
      'L = sum_k (z_k - y_k)^2',
      'z_k = sum_j W_kj x_j',
      'q = u^2',
      'find dL/du',
      'find dL/dv',
    );
    expect(unused).toBe('0');
    expect(slip).toBe(
      'v stands in no definition, so nothing says how L depends on it. Name a quantity of the sheet, or define it.',
    );
  });

  it('may be the capital of a family that only has entries', async () => {
    const [answer] = await solve('z_j = sum_k w_jk x_k', 'L = g^T z', 'find dL/dW_jk');
    expect(answer).toBe('g_j x_k');
  });
});

describe('a claim about a derivative by a name that stands nowhere', () => {
  it('is not true of 0: it names the name', async () => {
    const { results } = await solveText('C = u v\nclaim dC/dq = 0\nclaim dC/du = v\n', 'a.hg');
    const [first, second] = results;
    expect(first?.kind === 'error' && first.message).toBe(
      'q stands in no definition, so nothing says how C depends on it. Name a quantity of the sheet, or define it.',
    );
    expect(second?.kind === 'claim' && second.holds).toBe(true);
  });
});
