/** What is proved is more than what agrees: lines about derivatives, by taking them. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const sigmoidUnit = 'z = w x + b\na = sigmoid(z)\nC = 1/2 (a - y)^2';
const crossEntropy = 'p = softmax(z)\nC = -sum_k y_k log p_k';

async function verdictOf(network: string, claim: string) {
  const { results } = await solveText(`${network}\nclaim ${claim}\n`, 'a.hg');
  const [result] = results;
  if (result?.kind !== 'claim') throw new Error(JSON.stringify(result));
  return { verdict: result.verdict, assumed: (result.assumed ?? []).map(({ text }) => text) };
}

describe('a line about derivatives', () => {
  it.each([
    [sigmoidUnit, 'dC/dw = (a - y) a (1 - a) x'],
    [sigmoidUnit, 'da/dz = a - a^2'],
    [sigmoidUnit, 'dC/dz = dC/da a (1 - a)'],
    [sigmoidUnit, 'dC/dw = x (a - y) sigmoid(w x + b) (1 - sigmoid(w x + b))'],
    [
      'h = tanh(W x + b)\nW in R^(3 x 2)\nL = 1/2 norm(h - y)^2',
      'dL/dx = W^T ((h - y) .* (1 - h .* h))',
    ],
    [`${crossEntropy}\ndelta_j = dC/dz_j`, 'delta_j = (sum_k y_k) p_j - y_j'],
  ])('%# is proved', async (network, claim) =>
    expect((await verdictOf(network, claim)).verdict).toBe('proved'),
  );

  it('says what its proof assumes', async () => {
    const assuming = `${crossEntropy}\nassume sum_k y_k = 1`;
    const told = await verdictOf(assuming, 'dC/dz_j = p_j - y_j');
    expect(told.verdict).toBe('proved');
    expect(told.assumed).toHaveLength(1);
    expect((await verdictOf(crossEntropy, 'dC/dz_j = p_j - y_j')).verdict).toBe('differs');
  });

  it.each([
    [sigmoidUnit, 'dC/dw = (a - y) a (1 + a) x'],
    [sigmoidUnit, 'da/dz = a - a^3'],
    ['a = relu(z)', 'da/dz = 1'],
    ['a = abs(z)', 'da/dz = 1'],
    ['a = sqrt(z^2)', 'da/dz = 1'],
  ])('%# that is wrong is not', async (network, claim) =>
    expect((await verdictOf(network, claim)).verdict).not.toMatch(/proved|agrees/),
  );
});
