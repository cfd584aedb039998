/** Single formulas, without a worksheet or in the scope of one. */
import { answerStatement } from './answer/answer.js';
import { holdsOf, judgedFields, slipView } from './answer/judged.js';
import { openSheet } from './answer/session.js';
import type { ResultView, SlipView, Verdict, WitnessView } from './document/view.js';
import type { Formula } from './expression/formula.js';
import { slipOf } from './judge/chain.js';
import { compareSides } from './judge/compare.js';
import { readDocument } from './read/document.js';
import { writePlain } from './write/write.js';

/** What `handgrad equal` answers. */
export interface Equality {
  readonly verdict: Verdict;
  readonly equal: boolean | null;
  readonly points?: number;
  readonly witness?: WitnessView;
  readonly slip?: SlipView;
}

/** A worksheet whose scope formulas are read in, as it stands at a line (at its end, without one). */
export interface ScopeSource {
  readonly file: string;
  readonly text: string;
  readonly line: number | undefined;
}

const oneLine = (formula: string): string => formula.replace(/\s+/g, ' ').trim();

/**
 * Whether two formulas are equal, in the scope of a worksheet if one is given.
 * @throws ReadError if one of them cannot be read
 */
export async function equalFormulas(
  left: string,
  right: string,
  scope?: ScopeSource,
): Promise<Equality> {
  const text = scopeText(scope, `claim (${oneLine(left)}) = (${oneLine(right)})`);
  const file = scope?.file ?? 'formulas.hg';
  const sheets = readDocument(text.text, file).scopes;
  for (const sheet of sheets)
    for (const statement of sheet.statements) {
      if (statement.line !== text.line) continue;
      if (statement.kind === 'error') throw new Error(statement.problem.message);
      if (statement.kind !== 'claim' || statement.assertion.kind !== 'relations') continue;
      const [part] = statement.assertion.parts;
      if (!part) continue;
      const setting = openSheet(sheet).settingOf(statement);
      const comparison = { left: part.left, relation: '=' as const, right: part.right, where: [] };
      const judgement = compareSides(comparison, setting.network);
      const fields = judgedFields(judgement);
      const print = (formula: Formula) => writePlain(formula, setting.display);
      const slip =
        judgement.verdict === 'differs'
          ? slipOf(comparison, judgement, setting.network, print)
          : undefined;
      return {
        verdict: fields.verdict,
        equal: holdsOf(fields.verdict),
        ...(fields.points !== undefined ? { points: fields.points } : {}),
        ...(fields.witness ? { witness: fields.witness } : {}),
        ...(slip ? { slip: slipView(slip, setting.display) } : {}),
      };
    }
  throw new Error('the two formulas could not be read as one equation');
}

/** The scope's text with one more statement, and the line where that statement stands. */
function scopeText(
  scope: ScopeSource | undefined,
  statement: string,
): { text: string; line: number } {
  if (!scope) return { text: `${statement}\n`, line: 1 };
  const lines = scope.text.replace(/\n$/, '').split(/\r?\n/);
  if (/\.hg$/i.test(scope.file)) {
    const kept = scope.line ? lines.slice(0, scope.line) : lines;
    return { text: `${[...kept, statement].join('\n')}\n`, line: kept.length + 1 };
  }
  return scopeOfMarkdown(lines, scope.line, statement);
}

/** In Markdown the statement gets a block of its own after the block at (or before) the line. */
function scopeOfMarkdown(
  lines: readonly string[],
  line: number | undefined,
  statement: string,
): { text: string; line: number } {
  const last = line ?? lines.length;
  const kept = lines.slice(0, last);
  let open = false;
  for (const text of kept) if (/^\s*(```|~~~)/.test(text)) open = !open;
  const before = open ? [...kept, '```'] : [...kept];
  const block = ['', '```handgrad', statement, '```'];
  return { text: [...before, ...block].join('\n'), line: before.length + 3 };
}

/** One derivative, as a `find` answers it. */
export async function derivativeOf(
  formula: string,
  by: string,
  order: number,
): Promise<ResultView> {
  let ask = `(${oneLine(formula)})`;
  for (let level = 0; level < order; level += 1) ask = `d/d${oneLine(by)} (${ask})`;
  const sheet = readDocument(`find ${ask}\n`, 'formula.hg').scopes[0];
  const statement = sheet?.statements[0];
  if (!sheet || !statement) throw new Error('there is no formula to differentiate');
  const [result] = await answerStatement(statement, openSheet(sheet).settingOf);
  if (!result) throw new Error('there is no formula to differentiate');
  return result;
}
