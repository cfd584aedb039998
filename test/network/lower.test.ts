import { describe, expect, it } from 'vitest';
import type { ShapeError } from '../../src/network/errors.js';
import { loweredOf, loweredText, messageOf, scopeOf } from './reading.js';

const shapes = scopeOf(
  [
    'A in R^(n x m)',
    'B in R^(m x n)',
    'S in R^(n x n)',
    'u in R^n',
    'v in R^m',
    'r in R^(1 x m)',
    'c in R',
    'q = F(A, B, S, u, v, r, c)',
  ].join('\n'),
);

const rows: readonly (readonly [string, string])[] = [
  ['A v', '[i=1..n] sum_{j=1}^m A_ij v_j'],
  ['A^T u', '[i=1..m] sum_{j=1}^n A_ji u_j'],
  ['u^T A', '[i=1..m] row sum_{j=1}^n u_j A_ji'],
  ['u^T A v', '[] sum_{i=1}^m (sum_{j=1}^n u_j A_ji) v_i'],
  ['u v^T', '[i=1..n, j=1..m] u_i v_j'],
  ['u^T u', '[] sum_{i=1}^n u_i u_i'],
  ['A B', '[i=1..n, j=1..n] sum_{k=1}^m A_ik B_kj'],
  ['A .* B^T', '[i=1..n, j=1..m] A_ij B_ji'],
  ['c A + 1', '[i=1..n, j=1..m] c A_ij + 1'],
  ['A + r', '[i=1..n, j=1..m] A_ij + r_j'],
  ['tanh(A v)', '[i=1..n] tanh(sum_{j=1}^m A_ij v_j)'],
  ['tr(A B)', '[] sum_{i=1}^n sum_{j=1}^m A_ij B_ji'],
  ['norm(v)^2', '[] sum_{i=1}^m v_i^2'],
  ['norm(v)', '[] sqrt(sum_{i=1}^m v_i^2)'],
  ['I u', '[i=1..n] u_i'],
  ['S^2', '[i=1..n, j=1..n] sum_{k=1}^n S_ik S_kj'],
  ['v^2', '[i=1..m] v_i^2'],
  ['mean(v)', '[] 1/m sum_{i=1}^m v_i'],
  ['(A v)_i', '[] sum_{j=1}^m A_ij v_j'],
  ['sum_i (A^T u)_i', '[] sum_{i=1}^m sum_{j=1}^n A_ji u_j'],
  ['softmax(v)_k', '[] softmax(v)_k'],
  ['dq/dA', '[i=1..n, j=1..m] dq/dA_ij'],
  ['dq/dr', '[i=1..m] row dq/dr_i'],
];

describe('lowering by shapes', () => {
  it.each(rows)('%s', (formula, expected) => {
    expect(loweredText(formula, shapes)).toBe(expected);
  });

  it('puts the index of the upper family first in a Jacobian, and last by the other layout', () => {
    const text = 'W in R^(n x m)\nz = W x';
    expect(loweredText('dz/dx', scopeOf(text))).toBe('[i=1..n, j=1..m] dz_i/dx_j');
    expect(loweredText('dz/dx', scopeOf(`${text}\nconvention layout = denominator`))).toBe(
      '[i=1..m, j=1..n] dz_j/dx_i',
    );
  });

  it('gives a bare abstract function the value that it defines', () => {
    const scope = scopeOf('a_j = f(z_j) for j = 1..n\nLoss = C(a)');
    expect(loweredOf('dC/da_j', scope).body).toMatchObject({
      kind: 'derivative',
      of: { kind: 'call', name: 'C', args: [{ kind: 'array' }] },
    });
  });

  it('runs a free index where all that it meets exists', () => {
    const scope = scopeOf(
      'z^l_j = sum_k w^l_jk a^(l-1)_k for l = 1..L\na^l_j = f(z^l_j) for l = 1..L\nE = C(a^L)',
    );
    const { free } = loweredOf('sum_k w^(l+1)_kj dE/dz^(l+1)_k', scope);
    const range = free.find((other) => other.index === 'l');
    expect(range?.upper).toMatchObject({ kind: 'add' });
  });

  it('writes functions of families out where they are not entrywise', () => {
    const scope = scopeOf('A in R^(n x n)\ng(x) = x^T A x\nh(x) = x^2\ny in R^n\nq = g(y) + h(c)');
    expect(loweredText('g(y)', scope)).toBe('[] sum_{i=1}^n (sum_{j=1}^n y_j A_ji) y_i');
    expect(loweredText('h(y)', scope)).toBe('[i=1..n] h(y_i)');
  });
});

describe('shape clashes', () => {
  it.each([
    [
      'u A',
      'ShapeError: There is no product of a column of shape n x 1 and a n x m matrix: a vector left of a matrix must be transposed, or the matrix must come first.',
    ],
    [
      'u v',
      'ShapeError: There is no product of a column of shape n x 1 and a column of shape m x 1: write v^T w for the number, v w^T for the matrix, v .* w for the elementwise product.',
    ],
    ['A u', 'ShapeError: Shapes do not fit: a row of A runs over m, u over n.'],
    ['u + v', 'ShapeError: Shapes do not fit: u runs over n, v over m.'],
    [
      'u + v^T',
      'ShapeError: Shapes do not fit in the sum: a column of shape n x 1 and a row of shape 1 x m; transpose one of them.',
    ],
    ['u/v', 'ShapeError: There is no division by a vector; write ./ for entry by entry.'],
    [
      'softmax(c)',
      'ShapeError: softmax needs a vector or a matrix, but its argument is a number; the entry of a softmax is written softmax(z)_k.',
    ],
    ['u_ij', 'ShapeError: u has one index in the definitions, but here it has 2.'],
  ])('%s', (formula, message) => {
    expect(messageOf(() => loweredOf(formula, shapes))).toBe(message);
  });

  it('says which names were only guessed', () => {
    const scope = scopeOf('z = W x\nL = norm(z - y)^2');
    try {
      loweredOf('x W', scope);
      expect.unreachable();
    } catch (problem) {
      expect((problem as ShapeError).guessed).toContain('W');
    }
  });
});
