/**
 * The first sentence of the program: text becomes formulas, formulas a network, the network gradients
 * with their steps, simplified, checked by numbers, and written.
 */
import { answerStatement } from './answer/answer.js';
import { openSheet } from './answer/session.js';
import { statementView } from './answer/statements.js';
import { assembleDocument } from './document/assemble.js';
import type { DocumentView, ResultView, StatementView } from './document/view.js';
import { readDocument } from './read/document.js';

/**
 * Answers every statement of a worksheet, in order. A statement that cannot be read or answered
 * becomes an `error` result; the others are still answered.
 *
 * @param text the worksheet: Markdown with fenced blocks, `.hg`, or LaTeX (by the file's ending)
 * @param file the name that results and messages carry
 */
export async function solveText(text: string, file: string): Promise<DocumentView> {
  const results: ResultView[] = [];
  const statements: StatementView[] = [];
  for (const sheet of readDocument(text, file).scopes) {
    const settingOf = openSheet(sheet);
    for (const statement of sheet.statements) {
      results.push(...(await answerStatement(statement, settingOf)));
      const view = statementView(statement, settingOf);
      if (view) statements.push(view);
    }
  }
  return assembleDocument({ file, text, statements, results });
}
