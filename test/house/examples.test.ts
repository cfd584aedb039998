import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import katex from 'katex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { solveText } from '../../src/derive.js';
import { writeJson } from '../../src/document/json.js';
import { writeText } from '../../src/document/text.js';
import type { DocumentView } from '../../src/document/view.js';
import { writeDocument } from '../../src/document/write.js';
import { nerdamerOpinion } from '../../src/numeric/nerdamer.js';

const folder = join(import.meta.dirname, '..', '..', 'examples');
const sheets = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md');

/** Worksheets that the engine does not answer in full yet. A test here fails once one is answered. */
const waiting: readonly string[] = [];

/** Lines that are wrong on purpose, by worksheet. */
const wrongOnPurpose: Readonly<Record<string, readonly number[]>> = {
  'hidden-layer.md': [25],
  'matrix-layer.md': [25],
};

const hasPdflatex = spawnSync('pdflatex', ['--version']).status === 0;
let place = '';
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'handgrad-examples-'));
});
afterAll(() => rmSync(place, { recursive: true }));

const solved = new Map<string, ReturnType<typeof solveText>>();

/** Each worksheet is solved once for all its tests, under the name that a user calls it by. */
function solve(sheet: string): ReturnType<typeof solveText> {
  const known =
    solved.get(sheet) ??
    solveText(readFileSync(join(folder, sheet), 'utf8'), `examples/${sheet}`, {
      secondOpinion: nerdamerOpinion,
    });
  solved.set(sheet, known);
  return known;
}

/** What `handgrad solve` writes, by the ending of the file that is kept in examples/solved/. */
const written: Readonly<Record<string, (document: DocumentView) => string | Promise<string>>> = {
  txt: ({ results }) => writeText(results, { color: 'off', steps: 'main' }),
  json: ({ file, results }) => `${writeJson(file, results)}\n`,
  md: (document) => writeDocument(document, 'markdown', { steps: 'main' }),
  tex: (document) => writeDocument(document, 'latex', { steps: 'main' }),
  html: (document) => writeDocument(document, 'html', { steps: 'main' }),
};

/** A page carries the fonts of its formulas, so pages are kept of two worksheets only. */
const keptAsPage: readonly string[] = ['simple-network.md', 'error-signals.md'];

/** Every LaTeX string in a value. */
function latexIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(latexIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) =>
    key === 'latex' ? [String(entry)] : latexIn(entry),
  );
}

describe.each(sheets)('the example %s', { timeout: 120_000 }, (sheet) => {
  const runs = waiting.includes(sheet) ? it.fails : it;

  runs('is answered in full', async () => {
    const { results } = await solve(sheet);
    const open = results.flatMap((result) => {
      if (result.kind === 'error') return [`${result.line}: ${result.message}`];
      if (result.kind === 'choose') {
        const right = result.options.filter(({ equal }) => equal === true).length;
        return right === 1 ? [] : [`${result.line}: ${right} right options`];
      }
      if (!('verdict' in result) || result.verdict === undefined) return [];
      const wrong = wrongOnPurpose[sheet]?.includes(result.line);
      const expected = wrong ? ['differs'] : ['proved', 'agrees'];
      return expected.includes(result.verdict)
        ? []
        : [`${result.line}: ${result.kind} ${result.verdict}`];
    });
    expect(open).toEqual([]);
  });

  const endings = Object.keys(written).filter(
    (ending) => ending !== 'html' || keptAsPage.includes(sheet),
  );
  // `npm run examples` writes these files again.
  it.each(endings)('has its solution beside it: .%s', async (ending) => {
    const text = await written[ending]?.(await solve(sheet));
    const name = `${sheet.replace(/\.md$/, '')}.${ending}`;
    await expect(text).toMatchFileSnapshot(join(folder, 'solved', name));
  });

  it('is written in LaTeX that KaTeX accepts', async () => {
    for (const latex of latexIn((await solve(sheet)).results))
      expect(() => katex.renderToString(latex, { strict: 'error' }), latex).not.toThrow();
  });

  it.runIf(hasPdflatex)('compiles as a solution without trouble', async () => {
    const tex = await writeDocument(await solve(sheet), 'latex', { steps: 'main' });
    writeFileSync(join(place, 'solution.tex'), tex);
    const { stdout } = spawnSync(
      'pdflatex',
      ['-no-shell-escape', '-interaction=nonstopmode', '-halt-on-error', 'solution.tex'],
      { cwd: place, encoding: 'utf8' },
    );
    expect(stdout.split('\n').filter((line) => /^!|Overfull/.test(line))).toEqual([]);
  });
});
