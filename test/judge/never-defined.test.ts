/** What has a value at no point is equal to nothing, itself included. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function claim(...lines: readonly string[]) {
  const { results } = await solveText(`${lines.join('\n')}\n`, 'sheet.hg');
  const last = results.at(-1);
  if (last?.kind !== 'claim') throw new Error('no claim');
  return last;
}

describe('a side that is defined nowhere', () => {
  it.each([
    ['1/0 = 1/0', '1/0'],
    ['0/0 = 0/0', '1/0'],
    ['0/0 = 0', '1/0'],
    ['0 (1/0) = 0', '1/0'],
    ['1/0 != 2', '1/0'],
    ['1/0 > 1', '1/0'],
    ['log(0) = log(0)', 'log(0)'],
    ['log(-x^2 - 1) = log(-x^2 - 1)', 'log(-x^2 - 1)'],
    ['x/(x - x) = x/(x - x)', '1/(x - x)'],
    ['sqrt(-1) = sqrt(-1)', 'sqrt(-1)'],
    ['(-1)^(1/2) = (-1)^(1/2)', '(-1)^(1/2)'],
    ['asin(2) = asin(2)', 'asin(2)'],
    ['atanh(1) = atanh(1)', 'atanh(1)'],
    ['tan(pi/2) = tan(pi/2)', 'tan(pi/2)'],
    ['cot(pi) = cot(pi)', 'cot(pi)'],
    ['log(-cosh(x)) = log(-cosh(x))', 'log(-cosh(x))'],
  ])('%s is not decided', async (line, part) => {
    const { verdict, holds, reason } = await claim(`claim ${line}`);
    expect({ verdict, holds, reason }).toEqual({
      verdict: 'unknown',
      holds: null,
      reason: `${part} has no value at any point`,
    });
  });

  it('is found behind a name', async () => {
    expect((await claim('u = 1/(x - x)', 'claim u = u')).holds).toBe(null);
  });

  it.each([
    'log(x - 100) = log(x - 100)',
    '1/x = 1/x',
    'sqrt(-x) = sqrt(-x)',
    'log(1 - 1/2) = -log(2)',
    'tan(pi/4) = 1',
    'asin(1) = pi/2',
    'sqrt(1 - 1) = 0',
    'acosh(1) = 0',
  ])('%s has values and holds', async (line) => {
    expect((await claim(`claim ${line}`)).holds).toBe(true);
  });

  it('in a case that does not apply takes nothing away', async () => {
    const line = 'claim h = 2';
    expect(
      (await claim('h = \\begin{cases} 2 & 1 > 0 \\\\ 1/0 & 1 < 0 \\end{cases}', line)).holds,
    ).toBe(true);
  });
});
