/** `z_1`, a vector, beside `z_2`, a number: numbers that are labels. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const classifier = `z_1 = W_1 x + b_1
h = softplus(z_1)
z_2 = w_2^T h + b_2
\\hat{y} = \\sigma(z_2)
L = -y \\log \\hat{y} - (1-y) \\log(1-\\hat{y})
`;
const declared = 'W_1 in R^(4 x 3), w_2 in R^4\nx in R^3\n';

async function holds(claim: string, sizes: string) {
  const { results } = await solveText(`${classifier}${sizes}claim ${claim}\n`, 'a.hg');
  const [result] = results;
  return result?.kind === 'claim' ? result.holds : result;
}

describe.each([
  ['with declared sizes', declared],
  ['with nothing declared', ''],
])('a binary classifier with one hidden layer, %s', (_, sizes) => {
  it.each([
    'dL/dz_2 = yhat - y',
    'dL/dw_2 = (yhat - y) h',
    'dL/db_2 = yhat - y',
    'dL/dz_1 = (yhat - y) w_2 .* \\sigma(z_1)',
    'dL/db_1 = dL/dz_1',
    'dL/dW_1 = dL/dz_1 x^T',
    'dL/dz_{1,i} = (yhat - y) w_{2,i} \\sigma(z_{1,i})',
  ])('%s holds', async (claim) => expect(await holds(claim, sizes)).toBe(true));

  it.each([
    'dL/dz_2 = y - yhat',
    'dL/dw_2 = (yhat - y) z_1',
    'dL/dz_1 = (yhat - y) w_2 .* h',
    'dL/dW_1 = x dL/dz_1^T',
    'dL/dz_{1,i} = (yhat - y) w_{2,i}',
  ])('%s does not', async (claim) => expect(await holds(claim, sizes)).toBe(false));
});

describe('a wrong name', () => {
  it('is not said to be an index that stands free', async () => {
    const claim = 'claim dL/dw_2 = (yhat - y) z_1\n';
    const { results } = await solveText(`${classifier}${declared}${claim}`, 'a.hg');
    const [result] = results;
    expect(result?.kind === 'claim' && result.slip?.message).toBe(
      'the two sides are not equal, and no single change was found that makes them so',
    );
  });
});

describe('its numbers', () => {
  // By hand: z_1 = [3, 2], h = softplus(z_1), z_2 = h_1 - h_2 + 1/2.
  const numbers =
    'given W_1 = [[1,2],[0,1]], b_1 = [0, 1], w_2 = [1, -1], b_2 = 0.5, x = [1, 1], y = 1\n';
  const softplus = (z: number) => Math.log(1 + Math.exp(z));
  const slope = 1 / (1 + Math.exp(-(softplus(3) - softplus(2) + 0.5))) - 1;
  it('are those of the formulas', async () => {
    const { results } = await solveText(`${classifier}${numbers}find dL/db_2, dL/dz_1\n`, 'a.hg');
    const [bias, hidden] = results.map((result) => result.kind === 'find' && result.value);
    expect(bias).toBeCloseTo(slope, 12);
    const [first, second] = hidden as readonly number[];
    expect(first).toBeCloseTo(slope / (1 + Math.exp(-3)), 12);
    expect(second).toBeCloseTo(-slope / (1 + Math.exp(-2)), 12);
  });
});
