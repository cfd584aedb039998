/** Problem sets whose statements say in a comment what must come back. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { solveText } from '../../src/derive.js';
import type { ResultView } from '../../src/document/view.js';
import { equalFormulas } from '../../src/verify.js';

const folder = join(import.meta.dirname, 'sheets');
export const problemFiles = readdirSync(folder).filter((file) => file.endsWith('.md'));

/**
 * What a comment expects: `# true`, `# false`, `# right`, `# wrong: sign, factor` of claims, options
 * and lines; `# equal FORMULA` and `# value [1, 2]` of answers (with `;` one after another for
 * several asks); `# undecided` of what cannot be told.
 */
const comment = /#\s*(true|false|right|wrong|equal|value|undecided)\b:?\s*(.*)$/;

interface Expected {
  readonly line: number;
  readonly kind: string;
  readonly rest: string;
  readonly source: string;
}

const expectedIn = (text: string): readonly Expected[] =>
  text.split('\n').flatMap((source, at) => {
    const found = comment.exec(source);
    if (!found) return [];
    const [, kind = '', rest = ''] = found;
    return [{ line: at + 1, kind, rest: rest.trim(), source: source.replace(comment, '').trim() }];
  });

/** Everything that did not come back as expected; and how many statements were looked at. */
export async function problemsOf(
  file: string,
): Promise<{ readonly tried: number; readonly problems: readonly string[] }> {
  const text = readFileSync(join(folder, file), 'utf8');
  const { results } = await solveText(text, file);
  const expected = expectedIn(text);
  const problems: string[] = [];
  for (const one of expected) {
    const found = await problemOf(one, results, { file, text });
    if (found) problems.push(`${file}:${one.line}  ${one.source}  ${found}`);
  }
  return { tried: expected.length, problems };
}

type Source = { readonly file: string; readonly text: string };

async function problemOf(
  expected: Expected,
  results: readonly ResultView[],
  source: Source,
): Promise<string | undefined> {
  if (expected.kind === 'equal' || expected.kind === 'value')
    return answersOf(expected, results, source);
  const met = judgedAt(expected.line, results);
  if (!met) return 'no verdict';
  const holds = { true: true, right: true, false: false, wrong: false }[expected.kind] ?? null;
  if (met.holds !== holds) return `met ${met.said}`;
  if (holds === true && met.slip) return `a slip on a line that holds: ${met.slip}`;
  const kinds = expected.rest.split(',').flatMap((kind) => kind.trim() || []);
  if (expected.kind === 'wrong' && kinds.length > 0 && !kinds.includes(met.slip ?? ''))
    return `slip ${met.slip ?? 'none'}, expected ${kinds.join(' or ')}`;
  return undefined;
}

interface Met {
  readonly holds: boolean | null;
  readonly slip: string | undefined;
  readonly said: string;
}

const meaning: Readonly<Record<string, boolean | null>> = {
  proved: true,
  agrees: true,
  differs: false,
  unknown: null,
  unread: null,
};

function judgedAt(line: number, results: readonly ResultView[]): Met | undefined {
  for (const result of results) {
    if (result.kind === 'check')
      for (const own of result.lines)
        if (own.line === line)
          return { holds: meaning[own.verdict] ?? null, slip: own.slip?.kind, said: own.verdict };
    // Options stand below the question, one per line.
    const option = result.kind === 'choose' ? result.options[line - result.line - 1] : undefined;
    if (option) return { holds: option.equal, slip: option.slip?.kind, said: option.verdict };
    if (result.line !== line) continue;
    if (result.kind === 'claim' || result.kind === 'expect')
      return { holds: result.holds, slip: undefined, said: result.verdict };
    if (result.kind === 'error') return { holds: null, slip: undefined, said: result.message };
  }
  return undefined;
}

async function answersOf(
  expected: Expected,
  results: readonly ResultView[],
  source: Source,
): Promise<string | undefined> {
  const wanted = expected.rest.split(';').map((part) => part.trim());
  const own = results.filter((result) => result.line === expected.line);
  if (own.length !== wanted.length) return `${own.length} answers, expected ${wanted.length}`;
  for (const [at, result] of own.entries()) {
    const want = wanted[at] ?? '';
    if (result.kind === 'error') return result.message;
    if ('verdict' in result && meaning[result.verdict] !== true) return `verdict ${result.verdict}`;
    if (expected.kind === 'value') {
      const value = 'value' in result ? result.value : undefined;
      if (!close(value, JSON.parse(want)))
        return `value ${JSON.stringify(value)}, expected ${want}`;
      continue;
    }
    if (!('answer' in result) || typeof result.answer === 'string') return 'no answer';
    const scope = { ...source, line: expected.line };
    const { equal } = await equalFormulas(result.answer.text, want, scope);
    if (equal !== true) return `answer ${result.answer.text}, expected ${want}`;
  }
  return undefined;
}

/** Equal to nine digits, entry by entry. */
function close(met: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted))
    return (
      Array.isArray(met) &&
      met.length === wanted.length &&
      wanted.every((entry, at) => close(met[at], entry))
    );
  if (typeof met !== 'number' || typeof wanted !== 'number') return false;
  return Math.abs(met - wanted) <= Math.max(1e-9 * Math.abs(wanted), 1e-12);
}
