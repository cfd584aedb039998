import { describe, expect, it } from 'vitest';
import { readDocument } from '../../src/read/document.js';
import { show } from './show.js';

const shown = (text: string, file: string) =>
  readDocument(text, file).scopes.map((scope) =>
    scope.statements.map((statement) => `${statement.line} ${show(statement)}`),
  );

describe('documents', () => {
  it('reads fences, starts scopes at fresh, and leaves other fences alone', () => {
    const text =
      '# T\n```handgrad\nx = 1\n```\n```js\ny = 2\n```\n~~~handgrad\nz = x\n~~~\n```handgrad fresh\nw = 3\n```\n';
    expect(shown(text, 'a.md')).toEqual([
      ['3 define x[] = 1', '9 define z[] = x[]'],
      ['12 define w[] = 3'],
    ]);
  });

  it('reads display math after a marker as a check, with its own lines', () => {
    const text =
      '```handgrad\ny = x^2\n```\n<!-- handgrad: check -->\n\n$$\n\\begin{aligned}\ny &= x x \\\\\n&= x^2. \\tag{1}\n\\end{aligned}\n$$\n';
    expect(shown(text, 'a.md')).toEqual([
      ['2 define y[] = ^(x[],2)', '4 check\n  8: y[] = *(x[],x[])\n  9: = ^(x[],2)'],
    ]);
  });

  it('reads LaTeX documents: environments, comment lines, markers, macros', () => {
    const text = [
      '\\newcommand{\\pd}[2]{\\frac{\\partial #1}{\\partial #2}}',
      '%%handgrad y = \\vec{w} x',
      '\\begin{handgrad}',
      'find \\pd{y}{w}',
      '\\end{handgrad}',
      '% handgrad: check',
      '\\[ \\pd{y}{w} = x \\]',
    ].join('\n');
    expect(shown(text, 'a.tex')).toEqual([
      ['2 define y[] = *(w[],x[])', '4 find d(y[]/w[])', '6 check\n  7: d(y[]/w[]) = x[]'],
    ]);
  });

  it('reads a whole .hg file as one block', () => {
    expect(shown('x = 1\nfind x\n', 'a.hg')).toEqual([['1 define x[] = 1', '2 find x[]']]);
  });
});
