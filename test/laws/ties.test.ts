import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';

/** Answers of a worksheet as text. */
async function answers(text: string): Promise<readonly string[]> {
  const { results } = await solveText(text, 'sheet.hg');
  return results.map((result) => (result.kind === 'find' ? result.answer.text : result.kind));
}

describe('the largest of equal arguments', () => {
  it('carries the whole derivative once: max(u, u) = u', async () => {
    const text = (name: string) =>
      `f = x^3\ng = f\nh = ${name}(f, f)\np = ${name}(f, g)\ngiven x = 2\n`;
    for (const name of ['max', 'min']) {
      const { results } = await solveText(`${text(name)}find dh/dx\nfind dp/dx\n`, 'sheet.hg');
      for (const result of results) expect(result).toMatchObject({ kind: 'find', value: 12 });
    }
  });

  it('carries it once among three', async () => {
    const { results } = await solveText(
      'f = max(x^2, x^2, x^2)\ngiven x = 3\nfind df/dx\n',
      'a.hg',
    );
    expect(results).toMatchObject([{ kind: 'find', value: 6 }]);
  });

  it('is decided strictly beside a number, as for a rectifier', async () => {
    expect(await answers('f = max(x, 0)\ng = max(0, x)\nfind df/dx\nfind dg/dx\n')).toEqual([
      '1{x > 0}',
      '1{x > 0}',
    ]);
  });
});
