/** A dropped derivative of an activation is named as what it is, in matrix notation too. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function slipsOf(
  sheet: string,
  ...lines: readonly string[]
): Promise<readonly (readonly [string, string] | string)[]> {
  const text = `${sheet}\ncheck\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
  const { results } = await solveText(text, 'slopes.hg');
  return results.flatMap((one) =>
    one.kind === 'check'
      ? one.lines.map((line) =>
          line.slip ? ([line.slip.kind, line.slip.message] as const) : line.verdict,
        )
      : [],
  );
}

describe('a dropped slope', () => {
  it('of tanh, entry by entry', async () => {
    const sheet = 'z = W x + b\nh = tanh(z)\nL = norm(h - y)^2';
    expect(
      await slipsOf(
        sheet,
        'dL/dW = 2 (h - y) x^T',
        'dL/db = 2 (h - y)',
        'dL/db = 2 (h - y) .* (1 - z .* z)',
        'dL/db = 2 (h - y) .* (1 - h .* h)',
      ),
    ).toEqual([
      ['derivative', 'a factor 1 - h_i^2, the derivative of tanh, is missing'],
      ['derivative', 'a factor 1 - h .* h, the derivative of tanh, is missing'],
      ['other', 'z stands everywhere where h belongs'],
      'proved',
    ]);
  });

  it('of relu, also inside a sum; a division by a slope that can be 0 explains nothing', async () => {
    const sheet = 'z = W x + b\nh = relu(z)\nL = 1/2 norm(h - y)^2';
    expect(await slipsOf(sheet, 'dL/dW = (h - y) x^T', 'dL/dx = W^T (h - y)')).toEqual([
      ['derivative', 'a factor 1{z_i > 0}, the derivative of relu, is missing'],
      ['derivative', 'a factor 1{z_j > 0}, the derivative of relu, is missing in the sum'],
    ]);
  });

  it('is not blamed for a term of a regulariser', async () => {
    const sheet = 'z = w x + b\ny = sigmoid(z)\nL = 1/2 (y - t)^2 + lambda/2 w^2';
    expect(
      await slipsOf(sheet, 'dL/dw = (y - t) y (1 - y) x', 'dL/db = (y - t) z (1 - z)'),
    ).toEqual([
      ['term', 'a term lambda w is missing'],
      ['other', 'z stands everywhere where y belongs'],
    ]);
  });
});
