/** `at x = 0.3`: numbers that hold for one statement only. */
import { compare, type Formula } from '../expression/formula.js';
import { freeNames } from '../expression/walk.js';
import type { Clauses, Sheet, Statement } from '../read/statement.js';

/** The numbers of a statement's `at` clauses. */
export const pointOf = (statement: Statement): Clauses['at'] =>
  'clauses' in statement ? statement.clauses.at : nowhere;

const nowhere: Clauses['at'] = Object.freeze([]);

/**
 * The sheet as a statement with `at` sees it: its numbers are given just before it, and a value in
 * names is assumed there. Any other statement sees the sheet itself.
 */
export function sheetAt(
  sheet: Sheet,
  statement: Statement,
  point: Clauses['at'] = pointOf(statement),
): Sheet {
  const position = sheet.statements.indexOf(statement);
  if (point.length === 0 || position < 0) return sheet;
  const place = { ...statement, latex: false };
  const { line, column, source, latex } = place;
  // A line of a derivation is met there as under an assumption: numbers of its sheet say nothing.
  const isOwn = point === pointOf(statement);
  const numbers = point.filter(({ value }) => isOwn && !hasNames(value));
  const names = point.filter(({ value }) => !isOwn || hasNames(value));
  const added: Statement[] = [];
  if (numbers.length > 0)
    added.push({ line, column, source, latex, kind: 'given', items: numbers });
  if (names.length > 0)
    added.push({
      line,
      column,
      source,
      latex,
      kind: 'assume',
      conditions: names.map(({ target, value }) => compare(target, '=', value)),
      texts: names.map(() => source),
      clauses: { ranges: [], where: [], inTermsOf: undefined, as: undefined, at: [] },
    });
  const block = sheet.blocks[position] ?? 0;
  return {
    ...sheet,
    statements: [
      ...sheet.statements.slice(0, position),
      ...added,
      ...sheet.statements.slice(position),
    ],
    blocks: [
      ...sheet.blocks.slice(0, position),
      ...added.map(() => block),
      ...sheet.blocks.slice(position),
    ],
  };
}

const hasNames = (formula: Formula): boolean => freeNames(formula).size > 0;
