import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const results = async (...lines: readonly string[]) =>
  (await solveText(`${lines.join('\n')}\n`, 'a.hg')).results;

const answers = async (...lines: readonly string[]) =>
  (await results(...lines)).map((result) => {
    switch (result.kind) {
      case 'find':
      case 'fill':
        return result.answer.text;
      case 'error':
        return result.message.split('\n')[0];
      case 'claim':
        return result.holds;
      case 'check':
        return result.lines.map((line) => line.error?.message.split('\n')[0] ?? line.verdict);
      default:
        return result.kind;
    }
  });

describe('a blank as exercises print it', () => {
  it.each([
    ['dH/dx_1 = 2 w_1 x_1 + ___', 'w_2'],
    ['dH/dx_1 = 2 w_1 x_1 + __', 'w_2'],
    ['dH/dx_1 = ? + w_2', '2 w_1 x_1'],
    ['dH/dx_1 = [1] + w_2', '2 w_1 x_1'],
    ['dH/dx_1 = 2 w_1 [?] + w_2', 'x_1'],
    ['dH/dx_1 = 2 w_1 [ ] + w_2', 'x_1'],
  ])('is filled in a term or a factor: %s', async (equation, blank) => {
    expect(await answers('H = w_1 x_1^2 + w_2 x_1', `fill ${equation}`)).toEqual([blank]);
  });

  it('is one', async () => {
    expect(await answers('H = w x', 'fill dH/dx = [1] + [2]')).toEqual([
      'line 2, column 20: expected exactly one blank ___, met 2',
    ]);
  });
});

describe('a dot between two columns', () => {
  it.each(['u \\cdot v', 'u · v', 'u^T v'])('is the inner product: %s', async (product) => {
    expect(await answers('u in R^n', 'v in R^n', `L = 2 ${product} + 1`, 'find dL/du')).toEqual([
      '2 v',
    ]);
  });

  it('is a product of numbers, and of a matrix with a column', async () => {
    expect(await answers('L = w \\cdot x + b', 'find dL/dw')).toEqual(['x']);
    expect(await answers('W in R^(3 x 2)', 'x in R^2', 'z = W \\cdot x', 'find dz/dx')).toEqual([
      'W',
    ]);
  });

  it('leaves a star between columns without meaning', async () => {
    const [first] = await answers('u in R^n', 'v in R^n', 'L = u * v', 'find dL/du');
    expect(first).toBe(
      'There is no product of a column vector and a column vector: write v^T w for the number, v w^T for the matrix, v .* w for the elementwise product. (in the definition L = u * v)',
    );
  });
});

describe('a bar with a point', () => {
  const bar =
    'a bar with a point holds for a whole side of a line, and here only for a part of it; give that part a line of its own, or put the numbers in';

  it('holds for a whole side', async () => {
    expect(
      await answers('C = w^2 b', 'check', '  dC/dw |_{w = 2} = 4 b, dC/db = w^2', '  = w w'),
    ).toEqual([['proved', 'proved', 'proved']]);
  });

  it('is refused behind a part of a side, and the other lines are judged', async () => {
    expect(
      await answers(
        'C = w^2 b',
        'check',
        '  dC/dw |_{w = 0} dC/db = 0',
        '  dC/db = w^2',
        'claim (dC/dw |_{w = 0}) + b = b',
      ),
    ).toEqual([[`line 3, column 9: ${bar}`, 'proved'], `line 5, column 14: ${bar}`]);
  });
});

describe('notation of LaTeX', () => {
  it('reads conditions under one another', async () => {
    expect(
      await answers(
        'L_i = \\sum_{\\substack{j = 1 \\\\ j \\neq i}}^{3} w_j x_j',
        'find dL_1/dw_2, dL_2/dw_2',
      ),
    ).toEqual(['x_2', '0']);
  });

  it('tells what a derivative by a transpose may mean', async () => {
    expect(
      await answers('A in R^(n x n)', 'L = x^T A x', 'find \\frac{\\partial L}{\\partial x^\\top}'),
    ).toEqual([
      'line 3, column 24: a derivative by the transpose of x: write (dL/dx)^T for the gradient as a row, or df/dx for the matrix of df_i/dx_j',
    ]);
  });
});

describe('numbers above names', () => {
  it('are layers where one of the names is only met at layers', async () => {
    expect(
      await answers(
        'a^2_j = f(z^2_j)',
        'z^2_j = sum_k w^2_jk a^1_k + b^2_j',
        'a^1_j = f(x_j)',
        'find da^2_j/da^1_k, da^2_j/dw^2_jk',
      ),
    ).toEqual(["f'(z^(2)_j) w^(2)_jk", "f'(z^(2)_j) a^(1)_k"]);
  });

  it('are powers elsewhere', async () => {
    expect(await answers('y = x^3 + 2 x^2', 'find dy/dx')).toEqual(['3 x^2 + 4 x']);
    expect(await answers('s^2 = 1/2 (x - m)^2', 'find ds^2/dx')).toEqual(['x - m']);
    expect(await answers('R = sum_jk w_jk^2', 'find dR/dw_jk')).toEqual(['2 w_jk']);
  });
});

describe('a sum over what an index is not', () => {
  it('may repeat the index before a colon', async () => {
    const [first] = await answers('L = sum_{j:j != 2} s_j^2', 's in R^3', 'find dL/ds_2');
    expect(first).toBe('0');
  });
});
