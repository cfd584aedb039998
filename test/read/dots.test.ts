import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/read/document.js';
import { writePlain } from '../../src/write/write.js';

const read = (right: string): string => {
  const [statement] = readDocument(`y = ${right}\n`, 'a.hg').scopes[0]?.statements ?? [];
  if (statement?.kind === 'definition') return writePlain(statement.right);
  return statement?.kind === 'error' ? (statement.problem.message.split('\n')[0] ?? '') : '';
};

describe('terms and factors with dots between them', () => {
  it.each([
    ['x_1 + ... + x_n', 'sum_{i=1}^n x_i'],
    ['x_n + x_{n-1} + ... + x_1', 'sum_{i=1}^n x_i'],
    ['x_1 + x_3 + ... + x_{2n-1}', 'sum_{i=0}^{n-1} x_{2i+1}'],
    ['w_2 w_3 \\cdots w_L', 'prod_{i=2}^L w_i'],
    ['w_L w_{L-1} \\cdots w_2', 'prod_{i=2}^L w_i'],
    ['w_L ... w_{l+1}', 'prod_{i=l+1}^L w_i'],
    ['w_{l+1} ... w_L', 'prod_{i=l+1}^L w_i'],
    ['w_t ... w_{k+1}', 'prod_{i=k+1}^t w_i'],
    ['w_{t-1} ... w_k', 'prod_{i=k}^{t-1} w_i'],
    ['w_k ... w_t', 'prod_{i=k}^t w_i'],
    ['a_i + ... + a_n', 'sum_{j=i}^n a_j'],
    ['1 + x + x^2 + \\dots + x^n', 'sum_{i=0}^n x^i'],
    ['1 + 2 + ... + n', 'sum_{i=1}^n i'],
    ['x_1 + 2 x_2 + 3 x_3 + ... + n x_n', 'sum_{i=1}^n i x_i'],
    ['1 \\cdot 2 \\cdots n', 'prod_{i=1}^n i'],
    ['a_1 b_n + a_2 b_{n-1} + ... + a_n b_1', 'sum_{i=1}^n a_i b_{n-i+1}'],
    ['\\delta_{1j} + \\delta_{2j} + \\cdots + \\delta_{nj}', 'sum_{i=1}^n delta(i,j)'],
    ['\\delta_{1j} \\delta_{2k} \\cdots \\delta_{nm}', undefined],
    ['a_0 - a_1 - a_2 - ... - a_n', 'a_0 + sum_{i=1}^n (-a_i)'],
    ['x_0/2 + x_1 + ... + x_{n-1} + x_n/2', 'x_0/2 + sum_{i=1}^{n-1} x_i + x_n/2'],
    ['a_j + a_1 + a_2 + ... + a_n', 'a_j + sum_{i=1}^n a_i'],
    ['a_1 - a_2 + a_3 - \\cdots + (-1)^{n+1} a_n', 'sum_{i=1}^n (-1)^(i+1) a_i'],
    ['a_0 - a_1 + \\cdots + (-1)^n a_n', 'sum_{i=0}^n (-1)^i a_i'],
    ['a_1 - a_2 + a_3 - \\cdots - a_6', 'sum_{i=1}^6 (-1)^(i+1) a_i'],
  ])('are the sum or product whose pattern they fix: %s', (text, expected) => {
    if (expected) expect(read(text)).toBe(expected);
    else expect(read(text)).toContain('do not show a pattern');
  });

  it.each([
    ['a_1 - a_2 + a_3 - \\cdots + a_n', 23],
    ['a_1 - a_2 + a_3 - \\cdots + a_6', 23],
    ['a_1 - a_2 + a_3 - \\cdots + (-1)^n a_n', 23],
    ['a_1 + a_2 + ... - a_n', 17],
    ['a_1 - a_2 - ... - a_n', 17],
    ['a_1 + a_2 + a_4 + ... + a_{16}', 23],
    ['x_1 + x_3 + ... + x_n', 17],
    ['1 + 2 + 4 + ... + n', 17],
    ['W_1 x_1 + ... + W_n x_m', 15],
  ])('are refused where the pattern is not certain: %s', (text, column) => {
    expect(read(text)).toBe(
      `line 1, column ${column}: the terms beside "..." do not show a pattern: expected terms that ` +
        'differ in their indices only, all by the same amount; write it with "sum"',
    );
  });

  it('need terms on both sides', () => {
    expect(read('a_1 - a_2 + a_3 - \\cdots')).toBe(
      'line 1, column 23: nothing stands behind "...": expected the last term; or write it with "sum"',
    );
    expect(read('... + a_n')).toBe(
      'line 1, column 5: nothing stands before "...": expected the first term; or write it with "sum"',
    );
  });
});
