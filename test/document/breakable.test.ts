import { describe, expect, it } from 'vitest';
import { breakable } from '../../src/document/breakable.js';
import { openMathHtml } from '../../src/document/math-html.js';

const chain = String.raw`\left(\sum_{j} \left(\sum_{k} \frac{\partial C}{\partial y_k} \, \frac{\partial y_k}{\partial a_k} \, \frac{\partial a_k}{\partial z_k} \, \frac{\partial z_k}{\partial a_j}\right) \frac{\partial a_j}{\partial z_j} \, \frac{\partial z_j}{\partial a_i}\right) \frac{\partial a_i}{\partial z_i} \, \frac{\partial z_i}{\partial b_i}`;
/** The formula without what is done to break it, spaces aside. */
const bare = (latex: string) =>
  latex
    .replaceAll('\\allowbreak', '')
    .replaceAll('\\biggl', '\\left')
    .replaceAll('\\biggr', '\\right')
    .replaceAll(' ', '');

describe('a long formula on a page', () => {
  it('may be broken between factors and inside wide brackets, and is the same formula', () => {
    const broken = breakable(chain);
    expect(broken).toContain('\\allowbreak \\frac');
    expect(broken).toMatch(/^\\biggl\(/);
    expect(bare(broken)).toBe(bare(chain));
  });

  it('is taken by KaTeX with its breaks', async () => {
    const { display } = await openMathHtml();
    const html = display({ text: chain, latex: breakable(chain) });
    expect(html).not.toContain('class="math"');
    expect(html.split('class="base"').length).toBeGreaterThan(5);
  });

  it('keeps a name and its arguments together', () => {
    const calls = 'f(x) + g(y) + h(z) + '.repeat(9);
    expect(breakable(`${calls} \\tanh(z)`)).toBe(`${calls} \\tanh(z)`);
  });
});

describe('a short formula', () => {
  it('stays as it is', () => {
    const short = '\\left(\\frac{a}{b}\\right) \\frac{c}{d}';
    expect(breakable(short)).toBe(short);
  });
});
