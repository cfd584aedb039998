import { describe, expect, it } from 'vitest';
import { derivativeOf, solveText } from '../../src/derive.js';
import { equalFormulas, verifyDerivation } from '../../src/verify.js';

const solve = async (...lines: readonly string[]): Promise<readonly string[]> =>
  (await solveText(`${lines.join('\n')}\n`, 'sheet.hg')).results.map((result) =>
    result.kind === 'find'
      ? result.answer.text
      : result.kind === 'error'
        ? result.message
        : result.kind,
  );

const unknownBy = (by: string, of: string): string =>
  `${by} stands in no definition, so nothing says how ${of} depends on it. Name a quantity of the sheet, or define it.`;

const unknownOf = (of: string, by: string): string =>
  `${of} has no definition, so nothing says how it depends on ${by}; define it (${of} = ...)`;

describe('what a derivative is asked by', () => {
  it('must stand in the sheet: a slip of the pen is not answered by 0', async () => {
    const [unused, slip] = await solve(
      'L = sum_k (z_k - y_k)^2',
      'z_k = sum_j W_kj x_j',
      'q = u^2',
      'find dL/du',
      'find dL/dv',
    );
    expect(unused).toBe('0');
    expect(slip).toBe(unknownBy('v', 'L'));
  });

  it('may be the capital of a family that only has entries', async () => {
    const [answer] = await solve('z_j = sum_k w_jk x_k', 'L = g^T z', 'find dL/dW_jk');
    expect(answer).toBe('g_j x_k');
  });

  it.each([
    'find dC/dq',
    'claim dC/dq = 0',
    'claim q <- q - eta dC/dq',
    'update q by sgd, eta = 0.1',
    'expect dC/dq = 0',
    'simplify dC/dq',
    'limit dC/dq as u -> infinity',
    'find shape of dC/dq',
    'fill dC/dq = ___',
    'choose dC/dq\n  a) 0\n  b) u',
  ])('is not taken for something that does not change anything: %s', async (statement) => {
    expect(await solve('C = u v', statement)).toEqual([unknownBy('q', 'C')]);
  });

  it('makes a definition unusable, and what rests on it', async () => {
    const [first, second, third] = await solve('C = u v', 'g = dC/dq', 'find g', 'find dC/du');
    expect(first).toBe(unknownBy('q', 'C'));
    expect(second).toBe(
      `this rests on g, which cannot be used because of line 2: ${unknownBy('q', 'C')}`,
    );
    expect(third).toBe('v');
  });

  it('is named at its line of a check, and the other lines are judged', async () => {
    const { results } = await solveText(
      'C = u v\ncheck\n  dC/du = v\n  dC/du = v + dC/dq\n  t = u^2\n  dt/du = 2u\n',
      'a.hg',
    );
    const [check] = results;
    if (check?.kind !== 'check') throw new Error('expected a check');
    expect(check.lines.map((line) => [line.line, line.verdict, line.error?.message])).toEqual([
      [3, 'proved', undefined],
      [4, 'unread', unknownBy('q', 'C')],
      [5, 'proved', undefined],
      [6, 'proved', undefined],
    ]);
  });

  it('is named at its option of a choice, and the other options are judged', async () => {
    const { results } = await solveText('C = u v\nchoose dC/du\n  a) dC/dq\n  b) v\n', 'a.hg');
    const [choose] = results;
    if (choose?.kind !== 'choose') throw new Error('expected a choice');
    expect(choose.options.map((option) => [option.verdict, option.error?.message])).toEqual([
      ['unread', unknownBy('q', 'C')],
      ['proved', undefined],
    ]);
  });

  it('is named by the library and the commands without a sheet', async () => {
    const result = await derivativeOf('y^2', 'x', 1);
    expect(result.kind === 'error' && result.message).toBe(unknownBy('x', 'y^2'));
    const constant = await derivativeOf('3', 'x', 1);
    expect(constant.kind === 'find' && constant.answer.text).toBe('0');
    await expect(equalFormulas('dy/dx', '0')).rejects.toThrow(unknownBy('x', 'y'));
    const checked = await verifyDerivation(['dC/dq = 0'], {
      file: 'a.hg',
      text: 'C = u v\n',
      line: undefined,
    });
    expect(checked.lines.map((line) => line.error?.message)).toEqual([unknownBy('q', 'C')]);
  });
});

describe('what a derivative is of', () => {
  it.each(['find dQ/du', 'claim dQ/du = 0', 'expect dQ/du = 0', 'simplify dQ/du + v'])(
    'must stand in the sheet: %s',
    async (statement) => {
      expect(await solve('C = u v', statement)).toEqual([unknownOf('Q', 'u')]);
    },
  );

  it('may be a formula with names of its own, if what it is taken by stands in it', async () => {
    const [own, shared, none] = await solve(
      'C = u v',
      'find d/dq (p q)',
      'find d/du (p u)',
      'find d/du (p q)',
    );
    expect(own).toBe('p');
    expect(shared).toBe('p');
    expect(none).toBe(
      'p, q stand in no definition, so nothing says how p q depends on u. Name quantities of the sheet, or define them.',
    );
  });
});

describe('a claim about a derivative by a name that stands nowhere', () => {
  it('is not true of 0: it names the name', async () => {
    const { results } = await solveText('C = u v\nclaim dC/dq = 0\nclaim dC/du = v\n', 'a.hg');
    const [first, second] = results;
    expect(first?.kind === 'error' && first.message).toBe(unknownBy('q', 'C'));
    expect(second?.kind === 'claim' && second.holds).toBe(true);
  });
});
