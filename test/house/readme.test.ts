import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import { writeText } from '../../src/document/text.js';

const root = join(import.meta.dirname, '..', '..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');

/** The fenced block below a comment. */
function blockBelow(comment: string): string {
  const [, below = ''] = text('README.md').split(`<!-- ${comment} -->\n`);
  const [, fence = '', block = ''] = /^(`{3,})\n([\s\S]*?)\n\1\n/.exec(below) ?? [];
  expect(fence, `a block below ${comment}`).not.toBe('');
  return block;
}

describe('what the README shows is what handgrad does', () => {
  it('the first example stands in a worksheet of examples/', () => {
    const sheet = text('examples/error-signals.md');
    expect(sheet).toContain(blockBelow('example: examples/error-signals.md'));
  });

  it('the first answer is its answer', async () => {
    const name = 'examples/error-signals.md';
    const { results } = await solveText(text(name), name);
    const written = writeText(results, { color: 'off', steps: 'none' });
    expect(written).toContain(blockBelow(`output: ${name}`));
  });

  it('the worksheet to try has the output shown', async () => {
    const { results } = await solveText(`${blockBelow('sheet')}\n`, 'sheet.md');
    const written = writeText(results, { color: 'off', steps: 'main' });
    expect(blockBelow('output of the sheet')).toBe(written.trimEnd());
  });
});
