/** What does not hold, as editors take it. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import { writeProblemLines } from '../../src/document/problem-lines.js';

describe('problems as lines', () => {
  it('name the file, the line and the column', async () => {
    const sheet = [
      'y = sigmoid(z)',
      'check',
      '  dy/dz = y (1 - y)',
      '    = y (1 + y)',
      'claim y > 2',
      'claim dy/dz = y (1 - y)',
      'claim y = (',
      '',
    ].join('\n');
    const { results } = await solveText(sheet, 'notes/week 1.hg');
    const lines = writeProblemLines('notes/week 1.hg', results).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toBe('notes/week 1.hg:4:1: differs: the sign of the term y is wrong');
    expect(lines[1]).toBe(
      'notes/week 1.hg:5:1: differs: there is a point at which the two sides are not equal',
    );
    expect(lines[2]).toMatch(/^notes\/week 1\.hg:7:\d+: unread: /);
  });

  it('are none where everything holds', async () => {
    const { results } = await solveText('claim 1 + 1 = 2\n', 'a.hg');
    expect(writeProblemLines('a.hg', results)).toBe('');
  });
});
