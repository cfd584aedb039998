/** `check`: a hand derivation, line by line. */
import type { CheckLineView, CheckView, Verdict } from '../document/view.js';
import type { Formula } from '../expression/formula.js';
import { type ChainLine, judgeLine, type LineJudgement } from '../judge/chain.js';
import type { CheckLine, Statement, UnreadLine } from '../read/statement.js';
import { writePlain } from '../write/write.js';
import { conditionsOf } from './clauses.js';
import { formulaView, relationView } from './formulas.js';
import { assumedViews, judgedFields, slipView } from './judged.js';
import type { Setting } from './session.js';

type CheckStatement = Statement & { readonly kind: 'check' };

export function answerCheck(statement: CheckStatement, setting: Setting): CheckView {
  const lines: CheckLineView[] = [];
  let start: Formula | undefined;
  let before: Formula | undefined;
  for (const line of statement.lines) {
    if ('unread' in line) {
      lines.push(unreadLine(line));
      // What follows an unread line goes on from what is not known.
      before = undefined;
      continue;
    }
    const left = line.left ?? before;
    if (line.left) start = line.left;
    before = line.right;
    if (!left) {
      lines.push(lostLine(line, setting));
      continue;
    }
    const where = conditionsOf(line.ranges, line.where);
    const chained: ChainLine = {
      left,
      relation: line.relation,
      right: line.right,
      where,
      start: start ?? left,
    };
    const print = (formula: Formula) => writePlain(formula, setting.display);
    lines.push(lineView(line, judgeLine(chained, setting.network, print), setting));
  }
  return { kind: 'check', line: statement.line, verdict: wholeVerdict(lines), lines };
}

/** One wrong line makes the whole wrong; then what is unread, then what is unknown counts. */
function wholeVerdict(lines: readonly CheckLineView[]): Verdict {
  const verdicts = lines.map((line) => line.verdict);
  for (const verdict of ['differs', 'unread', 'unknown', 'agrees'] as const)
    if (verdicts.includes(verdict)) return verdict;
  return 'proved';
}

function lineView(line: CheckLine, judged: LineJudgement, setting: Setting): CheckLineView {
  const { display } = setting;
  const right = formulaView(line.right, display);
  const formula = line.left
    ? relationView(formulaView(line.left, display), line.relation, right)
    : right;
  return {
    line: line.line,
    formula,
    source: line.source,
    ...judgedFields(judged.judgement),
    head: judged.head.verdict,
    assumed: assumedViews(judged.judgement, display),
    ...(judged.slip ? { slip: slipView(judged.slip, display) } : {}),
  };
}

const verbatim = (source: string) => ({ text: source.trim() || '?', latex: verbatimLatex(source) });

/** A line that could not be read, as it stands: nothing in it is taken for LaTeX. */
const verbatimLatex = (source: string): string =>
  `\\text{${source.trim().replace(/[\\{}$&#^_%~]/g, ' ') || '?'}}`;

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

function lostLine(line: CheckLine, setting: Setting): CheckLineView {
  return {
    line: line.line,
    formula: formulaView(line.right, setting.display),
    source: line.source,
    verdict: 'unknown',
    head: 'unknown',
    assumed: [],
  };
}
