/** What does not hold, one line each, as compilers say it: `file:line:column: what: why`. */
import { escapeTerminal } from './escape.js';
import type { ResultView, Verdict } from './view.js';
import { verdictWords } from './words.js';

interface Problem {
  readonly line: number;
  readonly column: number;
  readonly what: string;
  readonly why: string;
}

/** One line for every line, claim, expectation or answer that does not hold, is unread or undecided. */
export const writeProblemLines = (file: string, results: readonly ResultView[]): string =>
  results
    .flatMap(problemsOf)
    .map(({ line, column, what, why }) =>
      escapeTerminal(`${file}:${line}:${column}: ${what}${why}\n`),
    )
    .join('');

const holds = (verdict: Verdict | undefined): boolean =>
  verdict === undefined || verdict === 'proved' || verdict === 'agrees';

/** Only the first line of a message: editors show one line for each place. */
const because = (message: string | undefined): string => {
  const [first] = (message ?? '').split('\n');
  return first ? `: ${first}` : '';
};

/** What a verdict means, without its own word in front. */
const meaningOf = (verdict: Verdict): string => verdictWords[verdict].meaning.replace(/^\w+: /, '');

function problemsOf(result: ResultView): readonly Problem[] {
  switch (result.kind) {
    case 'error':
      return [
        { line: result.line, column: result.column, what: 'unread', why: because(result.message) },
      ];
    case 'check':
      return result.lines
        .filter((line) => !holds(line.verdict))
        .map((line) => ({
          line: line.line,
          column: line.error?.column ?? 1,
          what: line.verdict,
          why: because(line.slip?.message ?? line.error?.message ?? meaningOf(line.verdict)),
        }));
    case 'claim':
    case 'expect':
      if (result.holds === true) return [];
      return [
        {
          line: result.line,
          column: result.error?.column ?? 1,
          what: result.verdict,
          why: because(result.slip?.message ?? result.error?.message ?? meaningOf(result.verdict)),
        },
      ];
    case 'choose':
      return result.options
        .filter((option) => option.verdict === 'unread' || option.verdict === 'unknown')
        .map((option) => ({
          line: option.error?.line ?? result.line,
          column: option.error?.column ?? 1,
          what: option.verdict,
          why: because(`option ${option.label}`),
        }));
    case 'find':
    case 'simplify':
    case 'fill':
    case 'limit':
    case 'update':
      if (holds(result.verdict)) return [];
      return [
        {
          line: result.line,
          column: 1,
          what: result.verdict ?? 'unknown',
          why: because(result.kind),
        },
      ];
    default:
      return [];
  }
}
