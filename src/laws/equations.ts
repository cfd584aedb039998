/** Tables of laws written as equations, read by the reader of plain math. */
import type { Law } from '../rewrite/law.js';
import { equationLaw, type Kinds } from '../rewrite/text-law.js';
import { conditionFrom, formulaFrom } from './plain-text.js';

/** A row of a table: name, equation, what must be assumed, and what its names may stand for. */
export interface EquationRow extends Kinds {
  readonly name: string;
  readonly says: string;
  readonly assumes?: readonly string[];
}

/**
 * A row as a law.
 *
 * @throws Error if the text is not one equation, or the right side has a name of its own
 */
export function lawOf(row: EquationRow): Law {
  const [left, right, ...more] = row.says.split(' = ');
  if (!left || !right || more.length > 0)
    throw new Error(`the law ${row.name} is one equation \`left = right\`; met \`${row.says}\``);
  const assumes = (row.assumes ?? []).map(conditionFrom);
  const equation = { left: formulaFrom(left), right: formulaFrom(right), assumes };
  return equationLaw(row.name, row.says, equation, row);
}
