import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeHtml } from '../../src/document/html.js';
import type { DocumentView, ResultView } from '../../src/document/view.js';
import { writeDocument } from '../../src/document/write.js';
import { document, every, find, formula } from './samples.js';

const options = { steps: 'main' } as const;
let place = '';
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'handgrad-documents-'));
});
afterAll(() => rmSync(place, { recursive: true }));

const withResults = (results: readonly ResultView[]): DocumentView => ({
  ...document,
  results,
  parts: results.map((result) => ({ part: 'result', line: result.line, result })),
});

const hasPdflatex = spawnSync('pdflatex', ['--version']).status === 0;

/** Compiles LaTeX; the lines of the log that tell of trouble. */
function trouble(tex: string): readonly string[] {
  writeFileSync(join(place, 'document.tex'), tex);
  const { stdout } = spawnSync(
    'pdflatex',
    ['-no-shell-escape', '-interaction=nonstopmode', '-halt-on-error', 'document.tex'],
    { cwd: place, encoding: 'utf8' },
  );
  return stdout.split('\n').filter((line) => /^!|Overfull|undefined|^LaTeX Warning/.test(line));
}

describe('a page', () => {
  it('asks for nothing outside itself and holds no script', async () => {
    const page = await writeHtml(document, options);
    expect(page).not.toMatch(/<script|javascript:|url\((?!data:)|<link|<img|<iframe| on\w+=/i);
    expect([...page.matchAll(/(?:src|href)="([^"]*)"/g)]).toEqual([]);
    expect(page.match(/@font-face/g)?.length).toBeGreaterThan(3);
  });

  it('shows every result and every formula in MathML too', async () => {
    const page = await writeHtml(document, options);
    expect(page.match(/class="result |class="network[" ]/g)).toHaveLength(every.length + 1);
    expect(page.match(/class="katex"/g)?.length).toBe(page.match(/<math /g)?.length);
    expect(page).not.toContain('katex-error');
  });

  it('is the same every time', async () =>
    expect(await writeHtml(document, options)).toBe(await writeHtml(document, options)));

  it('folds small steps and offers the forms of the answer', async () => {
    const page = await writeHtml(withResults([find]), options);
    expect(page).toContain('<details class="steps" open>');
    expect(page).toContain('<details class="inner">');
    expect(page.match(/type="radio"/g)).toHaveLength(2);
    expect(await writeHtml(withResults([find]), { steps: 'none' })).not.toContain('class="steps"');
  });
});

describe('a LaTeX solution', () => {
  it.runIf(hasPdflatex)('compiles without trouble, as a document and as a piece', async () => {
    expect(trouble(await writeDocument(document, 'latex', { steps: 'all' }))).toEqual([]);
    const piece = await writeDocument(document, 'latex', { ...options, fragment: true });
    expect(piece).not.toContain('\\documentclass');
    const host = `\\documentclass{article}\\usepackage[T1]{fontenc}
\\usepackage{amsmath,amssymb,booktabs,graphicx,longtable,xcolor,tikz}
\\begin{document}${piece}\\end{document}`;
    expect(trouble(host)).toEqual([]);
  });

  it.runIf(hasPdflatex)('breaks or shrinks what is too wide', async () => {
    const long = Array.from(
      { length: 40 },
      (_, place) => `\\frac{\\partial C}{\\partial w_{${place}}} x`,
    );
    const results = [' + ', ' '].map((sign): ResultView => {
      const answer = formula('long', long.join(sign));
      return {
        ...find,
        answer,
        forms: {},
        steps: [{ law: 'l', because: 'a'.repeat(80), formula: answer, verdict: 'proved' }],
      } as ResultView;
    });
    expect(trouble(await writeDocument(withResults(results), 'latex', options))).toEqual([]);
  });
});

describe('Markdown', () => {
  it('has whole blocks of mathematics and no blank line inside one', async () => {
    const text = await writeDocument(document, 'markdown', options);
    const blocks = [...text.matchAll(/^\$\$\n([\s\S]*?)\n\$\$$/gm)].map((match) => match[1] ?? '');
    expect(blocks.length).toBeGreaterThan(8);
    expect(blocks.filter((block) => /\n\s*\n/.test(block))).toEqual([]);
    expect(text.match(/^\$\$$/gm)?.length).toBe(blocks.length * 2);
  });

  it('uses nothing that GitHub refuses', async () =>
    expect(await writeDocument(document, 'markdown', options)).not.toContain('\\operatorname'));
});

const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "javascript:alert('x')",
  '\\write18{touch /tmp/owned}',
  '\\input{/etc/passwd}',
  '\\end{document} \\catcode`\\{=12',
  '$\\href{javascript:alert(1)}{x}$ [a](javascript:alert(1)) ![b](https://example.org/x.png)',
  '<< document.file >> <% include "x" %> {{ 7 * 7 }}',
  '^^5cinput ^^M % # & _ ~ \\\\',
];

/** A document that has a hostile text in every place that a user's text can reach. */
function hostileDocument(text: string): DocumentView {
  const bad = formula(text, text, text);
  const slip = { kind: 'sign', message: text, suggestion: bad } as const;
  const findings = { slip, witness: { [text]: 1 }, assumed: [bad] };
  const problem = { line: 1, column: 1, message: text };
  const step = {
    law: text,
    because: text,
    formula: bad,
    verdict: 'proved',
    assumed: [bad],
  } as const;
  const results: readonly ResultView[] = [
    {
      kind: 'find',
      line: 1,
      ask: bad,
      where: bad,
      answer: bad,
      verdict: 'proved',
      assumed: [bad],
      forms: { matrix: formula('other') },
      steps: [{ ...step, inner: [step] }],
      cases: [{ when: bad, formula: bad }],
      checked: [{ how: 'points', message: text }],
      notes: [text],
    },
    {
      kind: 'check',
      line: 2,
      verdict: 'differs',
      lines: [
        {
          line: 2,
          formula: bad,
          source: text,
          verdict: 'differs',
          head: 'differs',
          ...findings,
          error: problem,
        },
      ],
    },
    {
      kind: 'choose',
      line: 3,
      ask: bad,
      options: [{ label: text, formula: bad, verdict: 'differs', equal: false, ...findings }],
    },
    { kind: 'claim', line: 4, formula: bad, holds: false, verdict: 'differs', ...findings },
    { kind: 'count', line: 5, value: 1, by: [{ name: text, count: 1 }] },
    { kind: 'error', ...problem },
  ];
  return {
    version: 1,
    file: text,
    title: text,
    results,
    parts: [
      { part: 'prose', line: 1, markdown: `${text}\n\n- ${text}\n\n    ${text}\n\n\`${text}\`` },
      {
        part: 'statements',
        line: 2,
        items: [{ line: 2, role: 'given', formula: bad, where: bad }],
      },
      ...results.map((result) => ({ part: 'result' as const, line: result.line, result })),
    ],
  };
}

describe('hostile text', () => {
  it.each(hostileTexts)('does nothing in a page: %s', async (text) => {
    const page = await writeHtml(hostileDocument(text), { steps: 'all' });
    const tags = page.replace(/<style>[\s\S]*?<\/style>/, '').match(/<[a-z][^>]*>/gi) ?? [];
    expect(
      tags.filter((tag) => /^<(?:script|img|iframe|object|embed|link|base)/i.test(tag)),
    ).toEqual([]);
    expect(
      tags.filter((tag) => /\son\w+\s*=|javascript:/i.test(tag.replace(/"[^"]*"/g, '""'))),
    ).toEqual([]);
    expect(tags.filter((tag) => /href="\s*javascript:/i.test(tag))).toEqual([]);
    expect(page).not.toContain('root:x:0');
  });

  it.each(hostileTexts)('does nothing in LaTeX: %s', async (text) => {
    const tex = await writeDocument(hostileDocument(text), 'latex', { steps: 'all' });
    const body = tex.slice(tex.indexOf('\\begin{document}'));
    expect(body).not.toMatch(/\\(?:write|input|href|catcode|csname|immediate|def)\b|\^\^/);
    expect(body.match(/\\end\{document\}/g)).toHaveLength(1);
  });

  it.runIf(hasPdflatex)('does not stop pdflatex, all of it in one document', async () => {
    const parts = hostileTexts.flatMap((text) => hostileDocument(text).parts);
    const whole = { ...hostileDocument('title'), parts };
    const tex = await writeDocument(whole, 'latex', { steps: 'all' });
    expect(trouble(tex).filter((line) => line.startsWith('!'))).toEqual([]);
  });

  it.each(hostileTexts)('ends no block of Markdown: %s', async (text) => {
    const markdown = await writeDocument(hostileDocument(text), 'markdown', { steps: 'all' });
    expect(markdown.match(/^\$\$$/gm)?.length).toBeGreaterThan(5);
    expect((markdown.match(/^\$\$$/gm)?.length ?? 0) % 2).toBe(0);
  });
});
