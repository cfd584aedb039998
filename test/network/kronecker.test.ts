/** Stacked columns and Kronecker's product: vec(A X B) = (B^T (x) A) vec(X). */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function held(...lines: readonly string[]) {
  const { results } = await solveText(`${lines.join('\n')}\n`, 'sheet.hg');
  return results.flatMap((result) => (result.kind === 'claim' ? [result.holds] : []));
}

describe('a Kronecker product', () => {
  const shapes = 'A in R^(m x n), X in R^(n x p), B in R^(p x q)';
  const square = 'A, X, B in R^(n x n)';

  // Magnus and Neudecker, Matrix Differential Calculus, section 2.4.
  it.each([
    [shapes, 'vec(A X B) = (B^T kron A) vec(X)', true],
    [shapes, '\\operatorname{vec}(A X B) = (B^\\top \\otimes A) \\operatorname{vec}(X)', true],
    [shapes, 'vec(A X B) = kron(B^T, A) vec(X)', true],
    [shapes, 'vec(A X B) = 2 kron(B^T, A) vec(X)', false],
    [square, 'vec(A X + X B) = (I \\otimes A) vec(X) + (B^T ⊗ I) vec(X)', true],
    [square, 'vec(A X + X B) = (I \\otimes A) vec(X) - (B^T ⊗ I) vec(X)', false],
    [square, 'vec(A X B) = (B \\otimes A) vec(X)', false],
    [square, 'vec(A X B) = (A \\otimes B^T) vec(X)', false],
    // The sizes fit, the entries do not: not decided by the shapes of the factors.
    [shapes, 'vec(A X B) = (A \\otimes B^T) vec(X)', null],
    [shapes, 'vec(X) = X', null],
    [square, 'A kron B = B kron A', null],
  ])('%s: %s', async (shape, line, expected) => {
    expect(await held(shape, `claim ${line}`)).toEqual([expected]);
  });

  it('of two vectors is their outer product, as in a gradient by weights', async () => {
    const layer = ['z = W x', 'L = F(z)', 'W in R^(m x n)'];
    expect(
      await held(
        ...layer,
        'claim dL/dW = dL/dz \\otimes x',
        'claim dL/dW = x \\otimes dL/dz',
        'claim dL/dW = 2 dL/dz \\otimes x',
      ),
    ).toEqual([true, false, false]);
  });

  it('is read with a note', async () => {
    const { results } = await solveText('u, v in R^n\nclaim u \\otimes v = u v^T\n', 'sheet.hg');
    const [claim] = results;
    expect(claim?.kind === 'claim' && claim.holds).toBe(true);
  });
});
