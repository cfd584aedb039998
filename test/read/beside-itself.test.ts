/** `u - u_r`: two numbers of one letter; beside a function of a family the letter stays an index. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function held(...lines: readonly string[]) {
  const { results } = await solveText(`${lines.join('\n')}\n`, 'sheet.hg');
  return results.flatMap((result) => (result.kind === 'claim' ? [result.holds] : []));
}

describe('a name beside itself with a letter below', () => {
  // By hand, with d log(sigmoid(s))/ds = sigmoid(-s).
  it('is a number of its own: direct preference optimisation', async () => {
    expect(
      await held(
        'L = -\\log \\sigma(\\beta (u - u_r) - \\beta (v - v_r))',
        'claim dL/du = -\\beta \\sigma(\\beta (v - v_r) - \\beta (u - u_r))',
        'claim dL/du_r = -dL/du',
        'claim dL/dv = -dL/du',
        'claim dL/du = \\beta \\sigma(\\beta (v - v_r) - \\beta (u - u_r))',
      ),
    ).toEqual([true, true, true, false]);
  });

  it('with the same factor in front', async () => {
    expect(
      await held('L = (b u - b u_r)^2', 'claim dL/du = 2 b^2 (u - u_r)', 'claim dL/du = 0'),
    ).toEqual([true, false]);
  });

  it.each([
    [
      'z in R^n',
      'L = logsumexp(z) - z_y',
      'dL/dz_j = softmax(z)_j - delta(j,y)',
      'dL/dz_j = softmax(z)_j',
    ],
    ['x in R^n', 'L = sum_i (m - x_i)^2', 'dL/dm = 2 sum_i (m - x_i)', 'dL/dm = 2 (m - x_i)'],
  ])('%s %s keeps its index', async (shape, definition, truth, lie) => {
    expect(await held(shape, definition, `claim ${truth}`, `claim ${lie}`)).toEqual([true, false]);
  });

  it('a regularisation constant before a sum is a number: soft margin', async () => {
    expect(
      await held(
        'J = \\frac12 \\|w\\|^2 + C \\sum_{i=1}^N \\max(0, 1 - y_i (w^T x_i + b))',
        'w \\in R^d',
        'claim dJ/db = -C \\sum_i y_i 1{y_i (w^T x_i + b) < 1}',
        'claim \\nabla_w J = w - C \\sum_i 1{y_i (w^T x_i + b) < 1} y_i x_i',
        'claim dJ/db = C \\sum_i y_i 1{y_i (w^T x_i + b) < 1}',
        'claim dJ/db = -C \\sum_i y_i',
      ),
    ).toEqual([true, true, false, false]);
  });
});
