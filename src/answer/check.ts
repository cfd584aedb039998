/** `check`: a hand derivation, line by line. */
import { wordsForKatex } from '../document/escape.js';
import type { CheckLineView, CheckView, Verdict } from '../document/view.js';
import type { Formula } from '../expression/formula.js';
import { type ChainLine, judgeLine, type LineJudgement } from '../judge/chain.js';
import { compareDerivation } from '../judge/compare.js';
import type { CheckLine, Statement, UnreadLine } from '../read/statement.js';
import { told } from '../rewrite/told.js';
import { conditionsOf } from './clauses.js';
import { formulaView, relationView } from './formulas.js';
import { assumedViews, judgedFields, slipView } from './judged.js';
import { linesWithKnownNames } from './known-statement.js';
import { withNamedLines } from './named-lines.js';
import type { Setting } from './session.js';

type CheckStatement = Statement & { readonly kind: 'check' };

export function answerCheck(statement: CheckStatement, outer: Setting): CheckView {
  const setting = withNamedLines(statement, outer);
  const lines: CheckLineView[] = [];
  /** The first side of the chain, and the side above; `undefined` where it could not be read. */
  let start: Formula | undefined;
  let before: Formula | undefined;
  for (const line of linesWithKnownNames(statement.lines, setting)) {
    if ('unread' in line) {
      lines.push(unreadLine(line));
      if (before === undefined) start = undefined;
      before = undefined;
      continue;
    }
    if (line.left) start = line.left;
    const left = line.left ?? before;
    before = line.right;
    const where = conditionsOf(line.ranges, line.where);
    const { relation, right } = line;
    const { network } = line.at.length > 0 ? setting.at(line.at) : setting;
    if (left) {
      const chained: ChainLine = { left, relation, right, where, start };
      lines.push(lineView(line, withMissingSign(line, judgeLine(chained, network)), setting));
    } else {
      const head =
        start && compareDerivation({ left: start, relation: '=', right, where }, network);
      lines.push(lostLine(line, head?.verdict ?? 'unknown', setting));
    }
  }
  return { kind: 'check', line: statement.line, verdict: wholeVerdict(lines), lines };
}

/** A derivative without one of its signs is a slip, even where the line holds with the sign. */
function withMissingSign({ missing }: CheckLine, judged: LineJudgement): LineJudgement {
  if (!missing) return judged;
  const { message, meant } = missing;
  const also = judged.slip ? told` Beyond that: ${judged.slip.message}` : '';
  return {
    ...judged,
    judgement: { ...judged.judgement, verdict: 'differs' },
    slip: {
      kind: 'derivative',
      message: told`${message}${also}`,
      suggestion: judged.slip?.suggestion ?? meant,
    },
  };
}

/** One wrong line makes the whole wrong; then what is unread, then what is unknown counts. */
function wholeVerdict(lines: readonly CheckLineView[]): Verdict {
  const verdicts = lines.map((line) => line.verdict);
  for (const verdict of ['differs', 'unread', 'unknown', 'agrees'] as const)
    if (verdicts.includes(verdict)) return verdict;
  return 'proved';
}

/** The left side of a line that goes on. */
const nothing = { text: '', latex: '{}' };

function lineView(line: CheckLine, judged: LineJudgement, setting: Setting): CheckLineView {
  const { display } = setting;
  const right = formulaView(line.right, display);
  const formula = line.left
    ? relationView(formulaView(line.left, display), line.relation, right)
    : right;
  return {
    line: line.line,
    formula,
    ...(line.left ? {} : { shown: relationView(nothing, line.relation, right) }),
    source: line.source,
    ...judgedFields(judged.judgement, display),
    head: judged.head.verdict,
    assumed: assumedViews(judged.judgement, display),
    ...(judged.slip ? { slip: slipView(judged.slip, display) } : {}),
  };
}

const verbatim = (source: string) => ({ text: source.trim() || '?', latex: verbatimLatex(source) });

/** A line that could not be read, as it stands: nothing in it is taken for LaTeX. */
const verbatimLatex = (source: string): string => `\\text{${wordsForKatex(source).trim() || '?'}}`;

function unreadLine(line: UnreadLine): CheckLineView {
  return {
    line: line.line,
    formula: verbatim(line.source),
    source: line.source,
    verdict: 'unread',
    head: 'unread',
    assumed: [],
    error: line.unread,
  };
}

/** A line that goes on from one that could not be read: only the start of its chain is known. */
function lostLine(line: CheckLine, head: Verdict, setting: Setting): CheckLineView {
  const formula = formulaView(line.right, setting.display);
  return {
    line: line.line,
    formula,
    shown: relationView(nothing, line.relation, formula),
    source: line.source,
    verdict: 'unknown',
    reason: 'the line above could not be read, so this step cannot be judged',
    head,
    assumed: [],
  };
}
