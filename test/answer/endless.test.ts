/** Sizes far beyond what can be worked out: the answer stands, and says that numbers did not confirm it. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const answered = async (...lines: readonly string[]) => {
  const { results } = await solveText(`${lines.join('\n')}\n`, 'sheet.hg');
  const last = results.at(-1);
  if (last?.kind === 'find') return { answer: last.answer.text, verdict: last.verdict };
  if (last?.kind === 'expect') return { verdict: last.verdict, reason: last.reason };
  return last;
};

describe('endless ranges are refused before they are walked through', () => {
  it('of a sum', async () =>
    expect(await answered('f = sum_{i=1}^{1000000000} x_i^2', 'find df/dx_3')).toEqual({
      answer: '2 x_3',
      verdict: 'unknown',
    }));

  it('of a product', async () =>
    expect(await answered('f = prod_{i=1}^{1000000000} x_i', 'find df/dx_1')).toEqual({
      answer: 'prod_{i=2}^{1000000000} x_i',
      verdict: 'unknown',
    }));

  it('of a norm', async () =>
    expect(await answered('x in R^10000000', 'f = norm(x)^2', 'find df/dx_3')).toEqual({
      answer: '2 x_3',
      verdict: 'unknown',
    }));

  it('of a number that is expected', async () =>
    expect(await answered('x in R^10000000', 'expect norm(x) = 1')).toEqual({
      verdict: 'unknown',
      reason:
        'more than 1000000 numbers would have to be worked out; choose smaller sizes, or leave them open',
    }));
});

describe('what is not defined', () => {
  it('a size that is no number is an error of its line', async () => {
    const { results } = await solveText('v in R^N\ngiven N = 3/0\nfind sum_i v_i\n', 'sheet.hg');
    expect(results[0]).toMatchObject({
      kind: 'error',
      line: 2,
      message:
        'given N = 3/0 gives a size that is not a number; expected a whole number, such as 3.',
    });
  });

  it('a condition that compares with what is not defined is not counted against an answer', async () =>
    // d/dx max(sqrt(w), x) is 1 where x is larger and 0 where it is smaller, for w >= 0 only.
    expect(await answered('g = sqrt(w)', 'p = max(g, x)', 'find dp/dx')).toEqual({
      answer: '1{x > g}',
      verdict: 'proved',
    }));

  it('a letter whose range ends at itself ends in an answer', async () => {
    const { results } = await solveText('h=sum_{j=1}w_ij\nfind ({(l)}{i})\n', 'sheet.hg');
    for (const result of results)
      if (result.kind === 'error') expect(result.message).not.toContain('bug of handgrad');
  });
});
