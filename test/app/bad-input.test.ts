import { describe, expect, it } from 'vitest';
import { codeOf } from '../../src/app/solve-files.js';
import { solveText } from '../../src/derive.js';

/** Text that is wrong somewhere; the first and the last statement have nothing to do with it. */
const around = (text: string): string => `p = u^2\nfind dp/du\n${text}\nfind dp/du\n`;

describe('bad input is told at its place, and nothing else is lost', () => {
  it.each([
    ['an undeclared name', 'find dq/dx', 3, 'x stands in no definition'],
    ['a cycle', 'a = b + c\nc = 2 a', 3, 'the recursion has no start'],
    ['a clash of sizes', 'W in R^(3 x 4)\nx in R^5\nz = W x\nfind z', 4, 'Sizes clash'],
    ['an unknown command', 'find \\foo x', 3, 'unknown LaTeX command "\\foo"'],
    ['an open bracket', 'find (x + 1', 3, 'this "(" is never closed'],
    ['a line of a megabyte', `find ${'x + '.repeat(262_144)}x`, 3, 'at most 100000 are read'],
    ['nesting', `find ${'('.repeat(10_000)}x${')'.repeat(10_000)}`, 3, 'more than 200 deep'],
  ])('%s', async (_, text, line, message) => {
    const { results } = await solveText(around(text), 'sheet.hg');
    const errors = results.flatMap((result) => (result.kind === 'error' ? [result] : []));
    expect(errors[0]).toMatchObject({ line });
    expect(errors[0]?.message).toContain(message);
    const answers = results.flatMap((result) =>
      result.kind === 'find' && result.ask.text === 'dp/du' ? [result.answer.text] : [],
    );
    expect(answers).toEqual(['2 u', '2 u']);
    expect(codeOf(results)).toBe(2);
  });
});
