/** Hostile text through the real engine, in every place of a worksheet or note where text can stand. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import { writeJson } from '../../src/document/json.js';
import { writeProblemLines } from '../../src/document/problem-lines.js';
import { writeText } from '../../src/document/text.js';
import { writeDocument } from '../../src/document/write.js';
import { renderNote } from '../../src/notes/note.js';
import { notePage } from '../../src/notes/note-page.js';

const texts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</style></title><svg onload=alert(1)>',
  '\\write18{touch owned}',
  '\\immediate\\write18{touch owned}\\input{/etc/passwd}',
  '\\end{document}\\catcode`\\{=12',
  '\\href{javascript:alert(1)}{x} \\url{javascript:alert(1)}',
  '\\htmlClass{x}{y} \\includegraphics{https://example.org/x.png}',
  '[a](javascript:alert(1)) ![b](https://example.org/x.png)',
  '<< document.file >> <% render "/etc/passwd" %> {{ 7 * 7 }}',
  '^^5cinput{/etc/passwd} % # & _ ~',
  '$$ \\def\\x{\\x}\\x $$',
  '</script><script src=//example.org/x.js></script><base href=//example.org>',
  '<svg/onload=alert`1`><math><mtext><style><img title="--><img src=x onerror=alert(1)>">',
  '[a](&#106;avascript:alert(1)) [b](JaVaScRiPt:alert(1)) <javascript:alert(1)>',
  '[c](data:text/html,<script>alert(1)</script>) ![d](data:image/svg+xml,<svg/onload=alert(1)>)',
  '[e]: javascript:alert(1) "x"',
  '![f](//example.org/x.png) ![g](\\\\\\\\example.org/x.png) ![h](https:x.png)',
  '--> <!-- handgrad: check --> ]]> <![CDATA[',
  '\u001b]8;;https://example.org\u0007link\u001b]8;;\u0007 \u001b[2J\u009b31m \u0000 \u0008',
  '\u202etxet desrever\u202c \u2066isolated\u2069 \u200b\u2028\u2029\ufeff',
  '\\begin{verbatim} \\end{verbatim} \\begin{document} \\usepackage{shellesc} \\ShellEscape{touch owned}',
  '\\newwrite\\f \\openout\\f=owned \\write\\f{x} \\openin\\f=/etc/passwd \\read\\f to\\x',
  '\\csname input\\endcsname{/etc/passwd} \\expandafter\\input\\string/etc/passwd',
  '\\loop\\iftrue\\repeat \\special{ps: run} \\pdfobj{} \\directlua{os.execute("touch owned")}',
  '\\begin{tikzpicture}\\node{$}; } \\end{tikzpicture} \\\\[9999cm] \\\\*',
  'x__proto__ __proto__ constructor toString hasOwnProperty',
  '{ __proto__: { polluted: 1 } }',
  '!!js/function "function () { return 1 }"',
  '&a [*a, *a]',
  '`$' + '{7 * 7}` $(touch owned) ; touch owned | touch owned',
  'x'.repeat(5000),
  '{'.repeat(300) + '}'.repeat(300),
  '_'.repeat(200) + '^'.repeat(200),
];

/** Characters that a terminal obeys or that turn the order of letters about. */
const obeyed = /(?!\n)[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** A worksheet with the text wherever its grammar lets one write, and where it does not. */
const sheetWith = (text: string): string => `---
title: ${text}
handgrad: ${text}
---

# Title ${text}

Prose ${text} and \`${text}\` and $${text}$.

- ${text}

> ${text}

| a | b |
| - | - |
| ${text} | ${text} |

    ${text}

\`\`\`handgrad
z = w x + b
C = 1/2 (z - y)^2
assume ${text}
convention ${text}
network: ${text}
given ${text} = 1
given w = ${text}
u_{${text}} = w
\\text{${text}} = 2 w
\\mathrm{${text}}_1 = 2 w
find dC/d{${text}}
find dC/dw in terms of ${text}
find dC/dw
check dC/dw = ${text}
check
  dC/dw = (z - y) x   (${text})
        = ${text}
choose dC/dw
  a) ${text}
  ${text}) x
  c) (z - y) x
claim ${text} = dC/dw
expect C = ${text}
fill dC/dw = ___ ${text}
count ${text}
draw
# ${text}
\`\`\`

\`\`\`handgrad ${text.replace(/`/g, '')} #${text.replace(/[`\s]/g, '')} show=${text.replace(/[`\s]/g, '')}
find dC/db
\`\`\`

<!-- handgrad: check -->
$$
\\begin{aligned}
\\frac{\\partial C}{\\partial w} &= ${text} \\\\
&= (z - y) x
\\end{aligned}
$$
`;

const hasPdflatex = spawnSync('pdflatex', ['--version']).status === 0;
let place = '';
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'handgrad-hostile-'));
});
afterAll(() => rmSync(place, { recursive: true }));

/** Tags of a page that do something, attributes included. */
function active(page: string): readonly string[] {
  const body = page.replace(/<style>[\s\S]*?<\/style>/, '');
  const tags = body.match(/<[a-z][^>]*>/gi) ?? [];
  return tags.filter((tag) => {
    const names = tag.replace(/"[^"]*"/g, '""');
    return (
      /^<(?:script|img|iframe|object|embed|link|base|form|video|audio)/i.test(tag) ||
      /\son\w+\s*=/i.test(names) ||
      /(?:href|src)\s*=\s*"?\s*(?:javascript|data|https?):/i.test(tag)
    );
  });
}

const commands =
  /\\(?:write|immediate|input|include|href|url|catcode|csname|def|let|openout|special)(?![A-Za-z])|\^\^/;

describe.each(texts)('the text %s', { timeout: 120_000 }, (text) => {
  it('does nothing in a page, in LaTeX, in Markdown', async () => {
    const document = await solveText(sheetWith(text), `${text.replace(/\//g, '')}.md`);
    // Every statement is answered or refused in its place.
    expect(document.results.length).toBeGreaterThan(12);

    const page = await writeDocument(document, 'html', { steps: 'all' });
    expect(active(page)).toEqual([]);
    expect(page.match(/<\/style>/g)).toHaveLength(1);
    expect(page.match(/<\/title>/g)?.length).toBe(1 + (page.match(/<title id=/g)?.length ?? 0));
    expect(page).not.toMatch(/root:x:0/);

    const tex = await writeDocument(document, 'latex', { steps: 'all' });
    const body = tex.slice(tex.indexOf('\\begin{document}'));
    expect(body.match(commands)).toBeNull();
    expect(body.match(/\\end\{document\}/g)).toHaveLength(1);

    if (hasPdflatex) {
      writeFileSync(join(place, 'hostile.tex'), tex);
      const { stdout } = spawnSync(
        'pdflatex',
        ['-no-shell-escape', '-interaction=nonstopmode', '-halt-on-error', 'hostile.tex'],
        { cwd: place, encoding: 'utf8' },
      );
      expect(stdout.split('\n').filter((line) => line.startsWith('! '))).toEqual([]);
      expect(existsSync(join(place, 'owned'))).toBe(false);
    }
  });

  it('does nothing in a terminal, in JSON, in a template of the user', async () => {
    const document = await solveText(sheetWith(text), 'sheet.md');
    expect(writeText(document.results, { color: 'off', steps: 'all' })).not.toMatch(obeyed);
    expect(writeProblemLines('sheet.md', document.results)).not.toMatch(obeyed);
    const json = JSON.parse(writeJson('sheet.md', document.results, { steps: 'all' }));
    expect(Object.getPrototypeOf(json)).toBe(Object.prototype);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const template = join(place, 'own.html');
    writeFileSync(
      template,
      '<p title="<< document.title >>"><% for part in document.parts %><% if part.part == "prose" %><< part.markdown >><% endif %><% endfor %><% for result in document.results %><% if result.message %><b title="<< result.message >>"></b><% endif %><% if result.ask %><< result.ask | math >><< result.ask.text >><% endif %><% endfor %>',
    );
    expect(active(await writeDocument(document, 'html', { steps: 'all', template }))).toEqual([]);
  });

  it('does nothing in a note', async () => {
    const source = sheetWith(text);
    const { text: page } = await notePage(source, 'note.md');
    expect(active(page)).toEqual([]);
    const { blocks } = await renderNote(source, 'note.md', 'latex');
    for (const { output } of blocks) {
      const written = output.slice(output.lastIndexOf('\\providecommand'));
      expect(written.match(commands)).toBeNull();
    }
    // A host reads the blocks' Markdown: no raw HTML of the author's may come out of a block.
    const markdown = await renderNote(source, 'note.md', 'markdown');
    for (const { output } of markdown.blocks)
      expect(output.replace(/^ {4}.*$/gm, '').match(/(?<!\\)<[a-z/]/i)).toBeNull();
  });
});
