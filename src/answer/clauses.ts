/** The ranges and conditions written after an ask or a line, as conditions on its indices. */
import { type Condition, compare, symbol } from '../expression/formula.js';
import type { Clauses, RangeClause } from '../read/statement.js';

/** `for l = 1..3` restricts l to 1 <= l <= 3; a range without ends says nothing. */
export function conditionsOf(
  ranges: readonly RangeClause[],
  where: readonly Condition[],
): readonly Condition[] {
  const bounds = ranges.flatMap((range) => {
    const index = symbol(range.index);
    return [
      ...(range.lower ? [compare(range.lower, '<=', index)] : []),
      ...(range.upper ? [compare(index, '<=', range.upper)] : []),
    ];
  });
  return [...bounds, ...where];
}

export const clauseConditions = (clauses: Clauses): readonly Condition[] =>
  conditionsOf(clauses.ranges, clauses.where);
