/** Updates as claims: `w <- w - eta dC/dw` by either sign, whatever the step is called. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function claims(...lines: readonly string[]) {
  const { results } = await solveText(`${lines.join('\n')}\n`, 'sheet.hg');
  return results.flatMap((result) => (result.kind === 'claim' ? [result] : []));
}

const squared = 'C = 1/2 (w x - t)^2';
const logistic = [
  'theta in R^n',
  'h = 1/(1 + exp(-theta^T x))',
  '\\ell = y \\log h + (1 - y) \\log(1 - h)',
];

describe('an update that is claimed', () => {
  // By hand: dC/dw = (w x - t) x.
  it.each([
    ['w := w - eta (w x - t) x', true],
    ['w \\leftarrow w - \\eta (w x - t) x', true],
    ['w \\gets w - \\alpha (w x - t) x', true],
    ['w := w - 0.1 (w x - t) x', true],
    ['w := w - dC/dw', true],
    ['w := w + eta (w x - t) x', false],
    ['w := w + \\alpha (w x - t) x', false],
    ['w := w - eta (w x - t)', false],
    ['w := w - 0.1 (w x + t) x', false],
    ['w := w + 0.1 dC/dw', false],
  ])('%s', async (line, expected) => {
    const [claim] = await claims(squared, `claim ${line}`);
    expect(claim?.holds).toBe(expected);
  });

  it('of a log-likelihood is not accused of going upwards', async () => {
    // By hand: d ell/d theta_j = (y - h) x_j.
    const [up, down, wrong] = await claims(
      ...logistic,
      'claim \\theta_j := \\theta_j + \\alpha (y - h) x_j',
      'claim \\theta_j := \\theta_j - \\alpha (y - h) x_j',
      'claim \\theta_j := \\theta_j + \\alpha (y + h) x_j',
    );
    expect([up?.holds, down?.holds, wrong?.holds]).toEqual([null, true, false]);
    expect(up?.reason).toBe(
      'this step makes ell larger, and the sheet does not say whether it should be large or small: define the loss that is made small, such as C = -ell',
    );
  });

  it('by a rule that the sheet does not hold is not judged', async () => {
    const [velocity, decay, other] = await claims(
      squared,
      'claim w := w + v',
      'claim w <- (1 - eta lambda) w - eta dC/dw',
      'claim v := 0.9 v - eta dC/dw',
    );
    expect([velocity?.holds, decay?.holds, other?.holds]).toEqual([null, null, null]);
    expect(velocity?.reason).toBe(
      'the rule of this update is not in the sheet (nothing says what v is): gradient descent is w <- w - eta dC/dw; write another rule as a definition',
    );
    expect(other?.reason).toBe(
      'v is no parameter of C, so the sheet does not say how it is updated: write its new value as a definition with a name of its own',
    );
  });

  it.each(['w := w - eta (w x - t) x', 'w <- w - eta (w x - t) x'])(
    'in a check, %s is told to be a claim',
    async (line) => {
      const { results } = await solveText(`${squared}\ncheck\n  ${line}\n`, 'sheet.hg');
      const [check] = results;
      const first = check?.kind === 'check' ? check.lines[0] : undefined;
      expect(first?.verdict).toBe('unread');
      expect(first?.error?.message).toContain(
        'this is an update, which is judged as a whole: write it as a claim, such as claim w <- w - eta dL/dw',
      );
    },
  );

  it('a name that := gives to something else stays an equation', async () => {
    const [claim] = await claims(squared, 'claim C := 1/2 (t - w x)^2');
    expect(claim?.holds).toBe(true);
  });
});
