/** Claims that hold only under a sign that nobody stated. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

async function claim(...lines: readonly string[]) {
  const { results } = await solveText(`${lines.join('\n')}\n`, 'sheet.hg');
  const last = results.at(-1);
  if (last?.kind !== 'claim') throw new Error('no claim');
  return last;
}

describe('a claim under a condition that the sheet does not state', () => {
  it.each([
    ['claim sqrt(x^2) = x', 'x > 0'],
    ['claim abs(x) = -x', 'x < 0'],
    ["claim relu'(z) = 1", 'z > 0'],
  ])('%s names it', async (line, condition) => {
    const { holds, verdict, reason } = await claim(line);
    expect({ holds, verdict, reason }).toEqual({
      holds: null,
      verdict: 'unknown',
      reason: `it holds only if ${condition}, which the sheet does not state`,
    });
  });

  it('is true once the sheet states it', async () => {
    expect((await claim('assume x > 0', 'claim sqrt(x^2) = x')).holds).toBe(true);
  });

  it.each(['claim abs(x) = -x', 'claim abs(x) + x = 0'])(
    '%s is just false where the sheet states the other sign',
    async (line) => {
      expect((await claim('x > 0', line)).holds).toBe(false);
    },
  );

  it.each(['claim sqrt(x^2) = 2 x', 'claim abs(x) = x + 1', 'claim sin(x) = x'])(
    '%s is just false',
    async (line) => {
      expect((await claim(line)).holds).toBe(false);
    },
  );
});
