/** The guide to worksheets: every example on it is answered, and holds. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

const guide = readFileSync(join(import.meta.dirname, '..', '..', 'WORKSHEETS.md'), 'utf8');

interface Example {
  readonly line: number;
  readonly text: string;
  readonly differs: boolean;
}

const examples: readonly Example[] = [
  ...guide.matchAll(/(<!-- differs -->\n)?```handgrad fresh\n([\s\S]*?)```/g),
].map((match) => ({
  line: guide.slice(0, match.index).split('\n').length,
  text: match[2] ?? '',
  differs: match[1] !== undefined,
}));

describe('the guide to worksheets', () => {
  it('has examples', () => expect(examples.length).toBeGreaterThan(7));

  it.each(examples)('is true at line $line', async ({ text, differs }) => {
    const { results } = await solveText(text, 'guide.hg');
    expect(results.length).toBeGreaterThan(0);
    const verdicts = results.flatMap((result) => [
      ...('verdict' in result ? [result.verdict] : []),
      ...(result.kind === 'error' ? [result.message] : []),
    ]);
    const good = ['proved', 'agrees', undefined];
    expect(verdicts.filter((verdict) => !good.includes(verdict))).toEqual(
      differs ? ['differs'] : [],
    );
  });

  it('shows which lines of a derivation are wrong, and why', async () => {
    const wrong = examples.find((example) => example.differs);
    const { results } = await solveText(wrong?.text ?? '', 'guide.hg');
    const [check, choose, claim, fill] = results;
    expect(
      check?.kind === 'check' && check.lines.map(({ verdict, slip }) => [verdict, slip?.kind]),
    ).toEqual([
      ['proved', undefined],
      ['differs', 'sign'],
      ['differs', 'sign'],
    ]);
    expect(choose?.kind === 'choose' && choose.options.map(({ equal }) => equal)).toEqual([
      true,
      false,
    ]);
    expect(claim?.kind === 'claim' && claim.holds).toBe(true);
    expect(fill?.kind === 'fill' && fill.answer.text).toBe('a x (1 - a)');
  });
});
