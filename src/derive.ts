/**
 * The first sentence of the program: text becomes formulas, formulas a network, the network gradients
 * with their steps, simplified, checked by numbers, and written.
 */
import { answerStatement } from './answer/answer.js';
import { type Answered, pictureSheet } from './answer/picture.js';
import { openSheet } from './answer/session.js';
import { statementView } from './answer/statements.js';
import { assembleDocument } from './document/assemble.js';
import type { DrawnNetwork } from './document/picture/drawn.js';
import type { DocumentView, ResultView, StatementView } from './document/view.js';
import type { SecondOpinion } from './numeric/second-opinion.js';
import { readDocument } from './read/document.js';
import { oneLine } from './read/one-line.js';
import type { ReadProblem } from './read/statement.js';

/** How a worksheet is answered. */
export interface SolveOptions extends Watcher {
  /** Asked about polynomials beside our own checks; `handgrad/nerdamer` has one. */
  readonly secondOpinion?: SecondOpinion;
}

/** One who sees the answers as they come, and who may know some already. */
export interface Watcher {
  /** What is known of the statement at a place (counted through the file), instead of answering it. */
  readonly known?: (place: number) => readonly ResultView[] | undefined;
  /** A statement is about to be answered. */
  readonly begins?: (place: number, line: number) => void;
  /** A statement was answered. */
  readonly answered?: (place: number, results: readonly ResultView[]) => void;
}

/**
 * Answers every statement of a worksheet, in order. A statement that cannot be read or answered
 * becomes an `error` result; the others are still answered.
 *
 * @param text the worksheet: Markdown with fenced blocks, `.hg`, or LaTeX (by the file's ending)
 * @param file the name that results and messages carry
 * @param options who is told of every statement before and after it is answered, and whose second
 *   opinion is asked (nobody's unless given)
 */
export async function solveText(
  text: string,
  file: string,
  options: SolveOptions = {},
): Promise<DocumentView> {
  let place = 0;
  const results: ResultView[] = [];
  const statements: StatementView[] = [];
  let picture: DrawnNetwork | undefined;
  const { scopes } = readDocument(text, file);
  for (const sheet of scopes) {
    const { settingOf, misfits } = openSheet(sheet, options.secondOpinion);
    const answers: ResultView[] = [];
    const answered: Answered[] = [];
    for (const statement of sheet.statements) {
      const known = options.known?.(place);
      if (!known) options.begins?.(place, statement.line);
      const found = known ?? (await answerStatement(statement, settingOf));
      if (!known) options.answered?.(place, found);
      answers.push(...found);
      answered.push({ statement, results: found });
      place += 1;
      const view = statementView(statement, settingOf);
      if (view) statements.push(view);
    }
    // Several networks have no picture that stands for the whole document.
    const pictured = scopes.length === 1 ? pictureSheet(answered, settingOf) : undefined;
    picture = pictured?.picture;
    results.push(...inOrder(pictured?.results ?? answers, misfits()));
  }
  return assembleDocument({ file, text, statements, results, ...(picture ? { picture } : {}) });
}

/** Answers with the problems of definitions put in by line. */
function inOrder(
  answers: readonly ResultView[],
  problems: readonly ReadProblem[],
): readonly ResultView[] {
  if (problems.length === 0) return answers;
  const errors = problems.map((problem): ResultView => ({ kind: 'error', ...problem }));
  return [...errors, ...answers].sort((one, other) => one.line - other.line);
}

/**
 * One derivative, as a `find` answers it: `derivativeOf('x^3', 'x', 2)`.
 *
 * @param formula plain math or LaTeX; a formula in one number, or a family (the answer has its shape)
 * @param by the name to differentiate by, with its indices
 * @param order how many times, at least 1
 * @returns the answer, or an `error` view that says where and why there is none
 * @throws Error if there is no formula
 */
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
