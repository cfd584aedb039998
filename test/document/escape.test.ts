import fc from 'fast-check';
import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { escapeHtml, escapeMarkdown, escapeTex } from '../../src/document/escape.js';
import { isSafeMath } from '../../src/document/safe-math.js';

describe('text for LaTeX', () => {
  it.each([
    ['100% of $x_1$ & #2', '100\\% of \\$x\\_1\\$ \\& \\#2'],
    ['\\write18{rm}', '\\textbackslash{}write18\\{rm\\}'],
    ['a^2 ~ b', 'a\\textasciicircum{}2 \\textasciitilde{} b'],
    ['--- << ``', '-{}-{}- \\textless{}\\textless{} \\textasciigrave{}\\textasciigrave{}'],
    ['é ∂ ∑ σ', 'é $\\partial$ $\\sum$ $\\sigma$'],
    ['日\n\n本', '{[}U+65E5] {[}U+672C]'],
    ['* a', '{*} a'],
    ['\u0000\u0007', '  '],
    ['a'.repeat(30), `${'a'.repeat(23)}\\allowbreak{}aaaaaaa`],
  ])('%j', (text, tex) => expect(escapeTex(text)).toBe(tex));

  it('leaves no control sequence of the author and no open group', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const ours =
          /\\(?:textbackslash|textasciicircum|textasciitilde|textless|textgreater|textbar|textquotedbl|textasciigrave|textperiodcentered|texttimes|dots|allowbreak)\{\}|\\[{}$&#%_]|\$\\[A-Za-z]+\$|\{\}|\{[[*]\}/g;
        expect(escapeTex(text).replace(ours, '')).not.toMatch(/[\\{}$&#%_^~<>|\n]/);
      }),
    );
  });
});

describe('text for HTML and Markdown', () => {
  it('escapes what could open a tag, an attribute or an entity', () =>
    expect(escapeHtml(`<a href="x" b='y'>&`)).toBe(
      '&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt;&amp;',
    ));
  it('escapes what Markdown would read', () =>
    expect(escapeMarkdown('*a* <b> `c`\n[d](e) $x$')).toBe(
      '\\*a\\* \\<b\\> \\`c\\` \\[d\\](e) \\$x\\$',
    ));
});

describe('mathematics that only sets mathematics', () => {
  it.each([
    '\\frac{\\partial C}{\\partial w_1}',
    'a^{(1)}_2 \\cdot \\left( 1 - \\sigma(z) \\right)',
    "\\operatorname{relu}'(0) = 0",
    '\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix}',
    '\\mathbf{1}\\{z_1 > 0\\}',
    '\\sum_{k=1}^{K} y_k \\text{ for } k \\ne j',
  ])('lets %s stand', (latex) => {
    expect(isSafeMath(latex)).toBe(true);
    expect(() => katex.renderToString(latex, { strict: 'error' })).not.toThrow();
  });

  it.each([
    '\\write18{ls}',
    '\\input{/etc/passwd}',
    '\\href{javascript:alert(1)}{x}',
    '\\def\\a{b}',
    '\\csname input\\endcsname',
    '^^5cinput',
    'x $ y',
    'x % y',
    '} \\text{a} {',
    '\\begin{verbatim} x \\end{verbatim}',
    '\\begin {verbatim}',
    'a\n\nb',
    '\\catcode`\\@=0',
    '\\includegraphics{x}',
    '\\text{#1}',
    'x \\',
    '{x',
  ])('does not let %j stand', (latex) => expect(isSafeMath(latex)).toBe(false));
});
