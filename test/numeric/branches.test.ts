/**
 * Lies on a branch that usual numbers do not reach, each beside the truth. What is true was worked
 * out by hand.
 */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function claims(sheet: readonly string[], ...lines: readonly string[]) {
  const text = [...sheet, ...lines.map((line) => `claim ${line}`)].join('\n');
  const { results } = await solveText(`${text}\n`, 'sheet.hg');
  const errors = results.filter((result) => result.kind === 'error');
  expect(errors).toEqual([]);
  return results.flatMap((result) => (result.kind === 'claim' ? [result] : []));
}

const verdicts = async (sheet: readonly string[], ...lines: readonly string[]) =>
  (await claims(sheet, ...lines)).map(({ holds }) => holds);

const contrastive = ['f, g in R^n', 'd = norm(f - g)', 'L = 1/2 max(0, m - d)^2'];

describe('a lie on a branch that lies far off', () => {
  it.each<readonly [string, readonly string[], string, string]>([
    ['a margin', contrastive, 'dL/df = -max(0, m - d) (f - g)/d', 'dL/df = 0'],
    ['the sign below it', contrastive, 'dL/dd = -max(0, m - d)', 'dL/dd = max(0, m - d)'],
    ['a threshold', ['L = max(0, x - 100)'], 'dL/dx = 1{x > 100}', 'dL/dx = 0'],
    [
      'a small scale',
      ['L = abs(x/1000 - y)'],
      'abs(x/1000 - y) = abs(y - x/1000)',
      'L = y - x/1000',
    ],
    [
      'two branches at once',
      [],
      'relu(x - 3) relu(y - 3) = relu(y - 3) relu(x - 3)',
      'relu(x - 3) relu(y - 3) = 0',
    ],
    [
      'three at once',
      [],
      'relu(x - 3) relu(y - 3) relu(z - 3) >= 0',
      'relu(x - 3) relu(y - 3) relu(z - 3) = 0',
    ],
    ['the root of a square', [], 'sqrt((x - 100)^2) = abs(x - 100)', 'sqrt((x - 100)^2) = 100 - x'],
    [
      'cases',
      ['h(x) = \\begin{cases} x & x < 50 \\\\ 50 & x \\ge 50 \\end{cases}'],
      'h(x) = min(x, 50)',
      'h(x) = x',
    ],
    [
      'cases inside cases',
      ['h(x) = \\begin{cases} \\max(x, 60) & x > 50 \\\\ x & x \\le 50 \\end{cases}'],
      'h(x) = x + 1{x > 50} relu(60 - x)',
      'h(x) = x + 1{x > 50} (60 - x)',
    ],
    [
      'one call of a function, not another',
      ['c(x) = max(0, x)'],
      'c(u) + c(v - 80) = relu(u) + relu(v - 80)',
      'c(u) + c(v - 80) = relu(u)',
    ],
    ['clipping', ['L = hardtanh(x/50)'], 'L = max(-1, min(1, x/50))', 'L = x/50'],
    [
      'a condition in a sum',
      ['L = sum_{i=1}^n x_i [x_i > 30]'],
      'L = sum_i x_i 1{x_i > 30}',
      'L = 0',
    ],
    [
      'the largest of a family',
      ['x in R^n', 'L = max(x) - 40'],
      'relu(L) = max(0, max(x) - 40)',
      'relu(L) = 0',
    ],
    ['an inequality', ['L = max(0, x - 500)'], 'L >= 0', 'L <= 1'],
    [
      'with bounds',
      ['assume 0 < q', 'assume q < 1'],
      'max(q, 1/100) >= 1/100',
      'max(q, 1/100) = q',
    ],
  ])('%s', async (_name, sheet, truth, lie) => {
    expect(await verdicts(sheet, truth, lie)).toEqual([true, false]);
  });

  it('is told in an option, a line and an answer', async () => {
    const text = [
      ...contrastive,
      'choose dL/df',
      '  a) 0',
      '  b) -max(0, m - d) (f - g)/d',
      'check',
      '  dL/dd = 0',
    ];
    const { results } = await solveText(`${text.join('\n')}\n`, 'sheet.hg');
    const [choose, check] = results;
    expect(choose?.kind === 'choose' && choose.options.map(({ equal }) => equal)).toEqual([
      false,
      true,
    ]);
    expect(check?.kind === 'check' && check.verdict).toBe('differs');
  });
});

describe('a branch that is empty', () => {
  it.each<readonly [readonly string[], string]>([
    [[], 'relu(sigmoid(x)) = sigmoid(x)'],
    [[], 'abs(exp(x) + y^2) = exp(x) + y^2'],
    [[], 'max(tanh(x), 2) = 2'],
    [[], 'max(x, x + 1) = x + 1'],
    [['x in R^n', 'L = norm(x)'], 'abs(L) = L'],
    [['assume x > 3'], 'relu(x - 2) = x - 2'],
    [['assume x + y > 1'], 'relu(2 x + 2 y) = 2 x + 2 y'],
    [['assume 0 < a', 'assume a < 1', 'x > 0'], 'max(a x, x) = x'],
    [['assume z_i > 0 for i = 1..n', 'L = sum_{i=1}^n relu(z_i)'], 'L = sum_{i=1}^n z_i'],
    [['p(t) = abs(t)'], 'p(exp(x)) = exp(x)'],
  ])('%s %s holds', async (sheet, line) => {
    expect(await verdicts(sheet, line)).toEqual([true]);
  });

  it('that nothing shows to be empty makes it unknown, and is told', async () => {
    // u^2 - 2 u + 3/2 is at least 1/2, which bounds of its terms do not show.
    const [claim] = await claims(
      ['u = sin(x)'],
      'sin(abs(u^2 - 2 u + 3/2)) = sin(3/2 - 2 u + u^2)',
    );
    expect([claim?.verdict, claim?.reason]).toEqual([
      'unknown',
      'no point was found where u^2 - 2 u + 3/2 < 0, so that this branch was not tried',
    ]);
  });
});

describe('what a missing sign is not blamed for', () => {
  it('where the sign alone does not decide', async () => {
    expect(await verdicts([], 'relu(x - 3) relu(y - 3) = 0')).toEqual([false]);
  });
});
