/** A chain whose first formula stands on a line of its own is judged as one. */
import { describe, expect, it } from 'vitest';
import { verifyDerivation } from '../../src/verify.js';

const network = { file: 'sheet.hg', text: 'p = sigma(z)\nL = -log(p)\n', line: undefined };
const holds = (verdict: string | undefined) => verdict === 'proved' || verdict === 'agrees';

describe('a lone head', () => {
  it.each([
    ['plain', 'dL/dz'],
    ['with a colon', 'dL/dz:'],
    ['of an aligned row', '\\frac{\\partial L}{\\partial z} & \\\\'],
  ])('%s goes on in the line below', async (_, head) => {
    const right = await verifyDerivation([head, '= -1/p p (1 - p)', '= p - 1'], network);
    expect(right.lines.map(({ verdict }) => holds(verdict))).toEqual([true, true]);
    const wrong = await verifyDerivation([head, '= -1/p p (1 - p)', '= p'], network);
    expect(wrong.lines.map(({ verdict }) => verdict === 'differs')).toEqual([false, true]);
    const early = await verifyDerivation([head, '= p', '= p'], network);
    expect(early.lines[0]?.verdict).toBe('differs');
  });

  it('without a line that goes on is unread', async () => {
    const { lines } = await verifyDerivation(['dL/dz', 'dL/dp = -1/p'], network);
    expect(lines[0]?.verdict).toBe('unread');
    expect(JSON.stringify(lines[0])).toContain('expected an equality: a line of a check holds');
    expect(holds(lines[1]?.verdict)).toBe(true);
  });
});
