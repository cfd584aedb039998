/**
 * The second sentence of the program: a hand derivation becomes lines, each is judged against the
 * network, and verdicts, slips and corrections come back.
 */
import { answerStatement } from './answer/answer.js';
import { holdsOf, judgedFields, slipView } from './answer/judged.js';
import { byKnownNames } from './answer/known-names.js';
import { openSheet } from './answer/session.js';
import type { CheckView, SlipView, Verdict, WitnessView } from './document/view.js';
import type { Formula } from './expression/formula.js';
import { BOUNDARY_SLIP, failureOnBoundary, slipOf } from './judge/chain.js';
import { compareSides } from './judge/compare.js';
import { readDocument } from './read/document.js';
import { oneLine } from './read/one-line.js';

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
      const [left, right] = [part.left, part.right].map((side) =>
        byKnownNames(side, setting.known, setting.network),
      ) as [Formula, Formula];
      const comparison = { left, relation: '=' as const, right, where: [] };
      const general = compareSides(comparison, setting.network);
      const onBoundary = failureOnBoundary(comparison, general, setting.network);
      const judgement = onBoundary ?? general;
      const fields = judgedFields(judgement, setting.display);
      const slip = onBoundary
        ? BOUNDARY_SLIP
        : judgement.verdict === 'differs'
          ? slipOf(comparison, judgement, setting.network)
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

/** Lines of one derivation; more are not judged at once. */
const MOST_LINES = 500;

/**
 * Judges a hand derivation, line by line, in the scope of a worksheet if one is given. Lines are
 * plain math or LaTeX, as they would stand below `check`.
 * @throws RangeError for more than 500 lines
 */
export async function verifyDerivation(
  lines: readonly string[],
  scope?: ScopeSource,
): Promise<CheckView> {
  if (lines.length > MOST_LINES)
    throw new RangeError(`a derivation of ${lines.length} lines: at most ${MOST_LINES} are judged`);
  const text = scopeText(scope, ['check', ...lines.map((line) => `  ${oneLine(line)}`)].join('\n'));
  for (const sheet of readDocument(text.text, scope?.file ?? 'derivation.hg').scopes)
    for (const statement of sheet.statements) {
      if (statement.line !== text.line || statement.kind !== 'check') continue;
      const [result] = await answerStatement(statement, openSheet(sheet).settingOf);
      if (result?.kind === 'check') return result;
      if (result?.kind === 'error') throw new Error(result.message);
    }
  throw new Error('there is no line to judge: expected equations such as a = b');
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
