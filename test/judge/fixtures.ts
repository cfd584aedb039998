/** Worksheets whose lines say in a comment what is expected of them, and what was met. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { solveText } from '../../src/derive.js';
import type { SlipView, Verdict } from '../../src/document/view.js';

const folder = join(import.meta.dirname, 'fixtures');
export const fixtureFiles = readdirSync(folder).filter((file) => file.endsWith('.md'));
export const readFixture = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** What a comment at the end of a line expects: `# right`, `# wrong: sign, factor`. */
export interface Expected {
  readonly line: number;
  readonly source: string;
  readonly holds: boolean;
  /** Kinds of slip that explain a wrong line. */
  readonly slips: readonly string[];
}

/** What the program says of one line. */
export interface Met {
  readonly verdict: Verdict;
  readonly slip: SlipView | undefined;
  /** What stands against it where it could not be judged. */
  readonly problem: string | undefined;
}

const comment = /#\s*(right|wrong|true|false)\b(?::\s*(.*))?$/;

/** The expectations written in a worksheet. */
export const expectedIn = (text: string): readonly Expected[] =>
  text.split('\n').flatMap((source, at) => {
    const found = comment.exec(source);
    if (!found) return [];
    const slips = (found[2] ?? '').split(',').map((kind) => kind.trim());
    return [
      {
        line: at + 1,
        source: source.replace(comment, '').trim(),
        holds: found[1] === 'right' || found[1] === 'true',
        slips: slips.filter((kind) => kind !== ''),
      },
    ];
  });

/** Verdicts by line; an error of a statement is told at its line. */
export async function metIn(text: string, file: string): Promise<ReadonlyMap<number, Met>> {
  const { results } = await solveText(text, file);
  const met = new Map<number, Met>();
  for (const result of results) {
    if (result.kind === 'check')
      for (const line of result.lines)
        met.set(line.line, {
          verdict: line.verdict,
          slip: line.slip,
          problem: line.error?.message ?? line.reason,
        });
    if (result.kind === 'claim')
      met.set(result.line, {
        verdict: result.verdict,
        slip: result.slip,
        problem: result.reason,
      });
    if (result.kind === 'error')
      met.set(result.line, { verdict: 'unread', slip: undefined, problem: result.message });
  }
  return met;
}
