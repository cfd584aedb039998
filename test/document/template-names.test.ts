/** The names that `templates/README.md` promises are those that templates get, no more and no less. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import { htmlLanguage } from '../../src/document/html.js';
import { latexLanguage } from '../../src/document/latex.js';
import { markdownLanguage } from '../../src/document/markdown.js';
import { templateData } from '../../src/document/template-data.js';
import { plainFilters } from '../../src/document/templates.js';
import type { DocumentView } from '../../src/document/view.js';
import { writeDocument } from '../../src/document/write.js';
import { document as samples } from './samples.js';

const readme = readFileSync(
  join(import.meta.dirname, '..', '..', 'templates', 'README.md'),
  'utf8',
);

interface Row {
  readonly name: string;
  /** Kinds that have it; all if there is no such column. */
  readonly of: string;
}

/** The table under a heading. */
function documented(heading: string): readonly Row[] {
  const section = readme.split(/^#{2,3} /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `(\w+)[^`]*` \| (.*?) \|/gm)].map(([row, name, second]) => ({
    name: name as string,
    of: row.split('|').length > 3 && section.includes('of which') ? (second as string) : 'all',
  }));
}

const sheet = `z = w x   for w > 0
C = (z - y)^2
given x = 1, w = 2, y = 3
find dC/dw
check
  dC/dw = 2 (z - y) x
        = 2 (z + y) x
        = (
        = 1
choose dC/dw
  a) 2 (z - y) x
  b) 2 (z + y) x
count parameters
draw
`;

type Data = Readonly<Record<string, unknown>>;

/** Every object of the data with what the README calls it. */
function* objects(value: unknown, called: string): Iterable<readonly [string, Data]> {
  if (Array.isArray(value)) {
    for (const one of value) yield* objects(one, called);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  yield [called, value as Data];
  for (const [key, one] of Object.entries(value)) {
    const next = names[key];
    if (next) yield* objects(one, next);
  }
}

const names: Readonly<Record<string, string>> = {
  parts: 'part',
  items: 'statement',
  result: 'result',
  results: 'result',
  steps: 'step',
  inner: 'step',
  lines: 'line',
  options: 'option',
  slip: 'slip',
  formula: 'formula',
  ask: 'formula',
  answer: 'formula',
};

async function everyDocument(): Promise<readonly DocumentView[]> {
  return [templateData(samples), templateData(await solveText(sheet, 'a.hg'))];
}

describe('the names of templates', () => {
  it('are all documented, and nothing else is', async () => {
    const met = new Map<string, Set<string>>();
    for (const document of await everyDocument())
      for (const [called, object] of objects(document, 'document'))
        met.set(called, new Set([...(met.get(called) ?? []), ...Object.keys(object)]));
    for (const [called, found] of met)
      expect([...found].sort(), called).toEqual(
        documented(called)
          .map(({ name }) => name)
          .sort(),
      );
    expect(met.size).toBe(9);
  });

  it('can all be put out by a template of the user', async () => {
    const all = (heading: string, variable: string) =>
      documented(heading)
        .map(({ name, of }) => {
          const field = heading === 'part' ? 'part' : 'kind';
          const kinds = of.split(', ').map((one) => `${variable}.${field} == '${one}'`);
          const put = `${name}=<< ${variable}.${name} >>`;
          return of === 'all' ? put : `<% if ${kinds.join(' or ')} %>${put}<% endif %>`;
        })
        .join('\n');
    const text = `${all('document', 'document')}
<% for part in document.parts %>${all('part', 'part')}
<% if part.part == 'statements' %><% for item in part.items %>${all('statement', 'item')}<% endfor %><% endif %><% endfor %>
<% for result in document.results %>${all('result', 'result')}
<% for step in result.steps %>${all('step', 'step')}${all('formula', 'step.formula').replace(/unicode=<<[^>]*>>/, '')}<% endfor %>
<% if result.kind == 'check' %><% for line in result.lines %>${all('line', 'line')}<% if line.slip %>${all('slip', 'line.slip')}<% endif %><% endfor %><% endif %>
<% if result.kind == 'choose' %><% for option in result.options %>${all('option', 'option')}<% endfor %><% endif %>
<% endfor %>`;
    const place = mkdtempSync(join(tmpdir(), 'handgrad-names-'));
    const template = join(place, 'all.html');
    writeFileSync(template, text);
    try {
      for (const document of [samples, await solveText(sheet, 'a.hg')]) {
        const written = await writeDocument(document, 'html', { steps: 'main', template });
        expect(written).toMatch(/law=\S/);
      }
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});

interface FilterRow {
  readonly name: string;
  /** Languages in which it gives markup; none for a filter that gives words or lists. */
  readonly markupOf: readonly string[];
}

/** The table of filters. */
function documentedFilters(): readonly FilterRow[] {
  const section = readme.split(/^## /m).find((text) => text.startsWith('Filters\n')) ?? '';
  return [...section.matchAll(/^\| `(\w+)[^`]*` \| .*? \| (.*?) ?\|$/gm)].map(([, name, of]) => ({
    name: name as string,
    markupOf:
      of === 'all' ? ['HTML', 'LaTeX', 'Markdown'] : (of as string).split(', ').filter(Boolean),
  }));
}

const languages = { HTML: htmlLanguage, LaTeX: latexLanguage, Markdown: markdownLanguage } as const;
const notations = { HTML: 'html', LaTeX: 'latex', Markdown: 'markdown' } as const;

/** Something that no filter takes. */
const nothingFits = '(1..3)';

describe('the filters of templates', () => {
  const rows = documentedFilters();

  it.each(Object.entries(languages))('of %s are all documented, and no others', (name, language) =>
    expect(Object.keys(language.markup).sort()).toEqual(
      rows
        .filter(({ markupOf }) => markupOf.includes(name))
        .map((row) => row.name)
        .sort(),
    ),
  );

  it('that give words or lists are all documented, and no others', () =>
    expect(Object.keys(plainFilters).sort()).toEqual(
      rows
        .filter(({ markupOf }) => markupOf.length === 0)
        .map(({ name }) => name)
        .sort(),
    ));

  it.each(rows.filter(({ name }) => !['main', 'value', 'rounded'].includes(name)))(
    '$name says what it takes',
    async ({ name, markupOf }) => {
      const place = mkdtempSync(join(tmpdir(), 'handgrad-filters-'));
      const template = join(place, 'own.html');
      writeFileSync(template, `line one\n<< ${nothingFits} | ${name} >>`);
      const notation = notations[(markupOf[0] ?? 'HTML') as keyof typeof notations];
      try {
        await expect(writeDocument(samples, notation, { steps: 'main', template })).rejects.toThrow(
          new RegExp(
            `the filter "${name}" takes [^;]+; it was given a list of 3, file:.*, line:2, col:1`,
          ),
        );
      } finally {
        rmSync(place, { recursive: true });
      }
    },
  );
});
