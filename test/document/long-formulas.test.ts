/** Long formulas are broken into lines, very long ones shown by their beginning and end. */
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import { breakLatex } from '../../src/document/break-latex.js';
import { shownFormula } from '../../src/document/elide.js';
import { openMathCheck } from '../../src/document/math-html.js';
import { writeDocument } from '../../src/document/write.js';

const sum = (terms: number): string =>
  Array.from({ length: terms }, (_, place) => `(a_{${place + 1}} + b)^2 c`).join(' + ');

/** Lines of an `aligned`, without what stands between them. */
const linesOf = (latex: string): readonly string[] =>
  latex
    .replace(/^\\begin\{aligned\}\[t\] & /, '')
    .replace(/ \\end\{aligned\}$/, '')
    .split(' \\\\ & \\quad {} ');

describe('a long formula in LaTeX', () => {
  it('is broken at its outermost signs, also behind a raised bracket', () => {
    const lines = linesOf(breakLatex(sum(12)));
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.join('')).toBe(sum(12));
    for (const line of lines.slice(1)) expect(line).toMatch(/^ ?\+/);
  });

  it('is broken between factors and inside wide brackets where there is no other place', async () => {
    const factor = String.raw`\left(\sum_{k} \frac{\partial C}{\partial y_k} \, \frac{\partial y_k}{\partial a_j} + (u_1 + u_2 + u_3 + u_4) v_1 w_1\right)`;
    const product = `${factor} ${factor} (x_1 + x_2)`;
    const broken = breakLatex(product);
    expect(linesOf(broken).length).toBeGreaterThan(1);
    expect((await openMathCheck())(broken)).toBe(true);
  });

  it('has longer lines where it stands alone', () => {
    const beside = linesOf(breakLatex(sum(12)));
    expect(linesOf(breakLatex(sum(12), 'alone')).length).toBeLessThan(beside.length);
  });

  it('stays whole if it is short', () => expect(breakLatex(sum(2))).toBe(sum(2)));
});

describe('a very long formula', () => {
  it('is shown by its first terms and its last one, and the rest is counted', () => {
    const { latex, omitted } = shownFormula(sum(300));
    const shown = latex.split(' + \\cdots  + ');
    expect(shown).toHaveLength(2);
    expect(sum(300).startsWith(shown[0] as string)).toBe(true);
    expect(shown[1]).toBe('(a_{300} + b)^2 c');
    expect(latex.split(' c').length - 1 + omitted).toBe(300);
  });

  it('is made shorter inside its brackets where it is a product', async () => {
    const { latex, omitted } = shownFormula(`x \\left(${sum(300)}\\right)^3 y`);
    expect(latex).toMatch(/^x\\left\(\(a_\{1\} \+ b\)\^2 c[\s\S]*\\cdots[\s\S]*\\right\)\^3 y$/);
    expect(omitted).toBeGreaterThan(200);
    expect((await openMathCheck())(latex)).toBe(true);
  });

  it('stays whole up to a dozen lines, and where it has no terms', () => {
    expect(shownFormula(sum(20))).toEqual({ latex: sum(20), omitted: 0 });
    const letters = 'x'.repeat(700);
    expect(shownFormula(letters)).toEqual({ latex: letters, omitted: 0 });
  });

  it('is said to be shortened in every document, and is there in full on a page', async () => {
    const sheet = 's = (a + b + c + d)^9\nfind ds/da as expanded\n';
    const document = await solveText(sheet, 'a.hg');
    const html = await writeDocument(document, 'html', { steps: 'main' });
    expect(html).toMatch(/<summary>\d+ terms are left out: the whole formula<\/summary>/);
    const [find] = document.results;
    expect(find?.kind === 'find' && html.includes(`<p class="plain">${find.answer.text}</p>`)).toBe(
      true,
    );
    const latex = await writeDocument(document, 'latex', { steps: 'main' });
    expect(latex).toMatch(/\\handgradremark\{\d+ terms are left out\.\}/);
    const markdown = await writeDocument(document, 'markdown', { steps: 'main' });
    expect(markdown).toMatch(/^\d+ terms are left out\.$/m);
  });
});
