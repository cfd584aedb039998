/** Lines under the numbers of a sheet: what may lean on them, and what may not. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const sheet = (lines: string) => `f = tanh(w x)
L = (f - y)^2
given x = 1, w = 0.5, y = 0.2
check
${lines
  .split('\n')
  .map((line) => `  ${line}`)
  .join('\n')}
`;

async function verdicts(lines: string): Promise<readonly string[]> {
  const { results } = await solveText(sheet(lines), 'sheet.hg');
  const [check] = results;
  return check?.kind === 'check' ? check.lines.map((line) => line.verdict) : ['no check'];
}

describe('a line in names alone', () => {
  it('does not hold only because x happens to be 1', async () => {
    expect(await verdicts('dL/dw = 2 (f - y) (1 - f^2)')).toEqual(['differs']);
  });

  it('holds if it holds for all numbers', async () => {
    const [verdict] = await verdicts('dL/dw = 2 (f - y) (1 - f^2) x');
    expect(['proved', 'agrees']).toContain(verdict);
  });
});

// tanh(0.5) = 0.46211715726000976, so dL/dw = 2 * 0.26211715726 * (1 - 0.21355226703) = 0.41228288820.
describe('a line with numbers put in', () => {
  it.each([
    'dL/dw = 0.4123',
    'dL/dw = 0.41',
    'dL/dw = 2 (0.4621 - 0.2) (1 - 0.4621^2)',
    'dL/dw = 2 (0.46211715726000976 - 0.2) (1 - f^2) 1',
  ])('holds to the digits written: %s', async (line) => {
    expect(await verdicts(line)).toEqual(['agrees']);
  });

  it.each([
    'dL/dw = 0.4127',
    'dL/dw = 0.42',
    'dL/dw = 2 (0.4721 - 0.2) (1 - 0.4621^2)',
    'dL/dw = 1',
  ])('does not hold beyond them: %s', async (line) => {
    expect(await verdicts(line)).toEqual(['differs']);
  });
});
