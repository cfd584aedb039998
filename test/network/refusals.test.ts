import { describe, expect, it } from 'vitest';
import { loweredOf, messageOf, networkOf, scopeOf } from './reading.js';

const refused: readonly (readonly [string, string, string])[] = [
  [
    'two definitions of one entry',
    'z_i = w_i x for i = 1..L\nz_2 = x',
    'NetworkError: z is defined twice for the same indices: z_i = w_i x for i = 1..L (line 1) and z_2 = x (line 2). Give the definitions ranges that do not meet, or rename one.',
  ],
  [
    'two names through each other',
    'a = b + 1\nb = a^2',
    'NetworkError: a, b are defined through each other (lines 1, 2): the recursion has no start.',
  ],
  [
    'a recursion that stays where it is',
    'h_t = tanh(w h_t) for t = 1..T',
    'NetworkError: h is defined through itself (h_t = tanh(w h_t) for t = 1..T): the recursion has no start.',
  ],
  [
    'an index on the left that the sum binds',
    'z_j = sum_j w_j x_j',
    'NetworkError: The index j on the left of z_j = sum_j w_j x_j is bound by a sum on the right, so the two have nothing to do with each other: use another letter in the sum.',
  ],
  [
    'an index on the left only',
    'z_i = sum_j w_j x_j',
    'NetworkError: The index i stands on the left of z_i = sum_j w_j x_j only: the right side does not depend on it.',
  ],
  [
    'a forgotten sum',
    'h_k = tanh(z_k)\ny_j = w_jk h_k',
    'NetworkError: The index k stands on the right of y_j = w_jk h_k only, in w and h: write sum_k if it is summed over, or put k on the left.',
  ],
  [
    'two sizes for one index',
    'z = W x\nW in R^(4 x 3)\nx in R^5\ny = norm(z)',
    'NetworkError: Sizes clash: by line 3 (x in R^5) the size of x is 5, but it must be 3 by line 2 (W in R^(4 x 3)). Correct one of them; places that meet in one index must have the same size.',
  ],
  [
    'a size said twice',
    'z_i = w_i x for i = 1..L\nL = 3\ngiven w = [1, 2]',
    'NetworkError: Sizes clash: line 2 (L = 3) says 3, line 3 (given w = [1, 2]) says 2.',
  ],
  [
    'shapes in a definition',
    'W in R^(4 x 3)\nx in R^3\nz = x W',
    'NetworkError: There is no product of a column vector and a matrix: a vector left of a matrix must be transposed, or the matrix must come first. (in the definition z = x W)',
  ],
];

describe('a family as an index', () => {
  const message =
    'b is an index of w, but b is a family of this sheet, not a number: use another letter for the index.';

  it('is refused in a question', () => {
    const scope = scopeOf('z_j = sum_k w_jk x_k + b_j for j = 1..m');
    expect(messageOf(() => loweredOf('dz_1/dw_ab', scope))).toBe(`ShapeError: ${message}`);
    expect(messageOf(() => loweredOf('dz_1/dw_ac', scope))).toBe('nothing was thrown');
  });

  it('is refused in a definition', () => {
    expect(messageOf(() => networkOf('o = V h + c\np = softmax(o)\nL = -log(p_c)'))).toBe(
      'NetworkError: c is an index of p in L = -log(p_c), but c is a family of this sheet, not a number: use another letter for the index.',
    );
  });
});

describe('networks that are refused', () => {
  it.each(refused)('%s', (_, text, message) => {
    expect(messageOf(() => networkOf(text))).toBe(message);
  });

  it('points at the line', () => {
    try {
      networkOf('a = 1\nb = c\nc = b');
      expect.unreachable();
    } catch (problem) {
      expect(problem).toMatchObject({ line: 2 });
    }
  });

  it('allows recursions up, down, and in two indices', () => {
    for (const text of [
      'h_t = tanh(w h_{t-1} + x_t) for t = 1..T',
      'g_t = tanh(w g_{t+1} + x_t) for t = 1..T',
      's_{t,l} = tanh(w s_{t-1,l} + v s_{t,l-1}) for t = 1..T, l = 1..L',
      'z_1 = x w_1\nz_i = f_{i-1} w_i for i = 2..L\nf_i = tanh(z_i) for i = 1..L',
    ])
      expect(messageOf(() => networkOf(text))).toBe('nothing was thrown');
  });
});
