/** The range written behind a definition, for the letters that its sums run over. */
import { bound, type Formula, one } from '../../expression/formula.js';
import { rewriteUp } from '../../expression/walk.js';
import type { RangeClause } from '../../read/statement.js';

/**
 * Gives sums without a range the one that is written behind the definition, as in
 * `l = sum_i log p_i   for i = 1..N`.
 */
export function withClauseBounds(formula: Formula, ranges: readonly RangeClause[]): Formula {
  const known = new Map(
    ranges.flatMap(({ index, lower, upper }) =>
      upper ? [[index, { lower: lower ?? one, upper }] as const] : [],
    ),
  );
  if (known.size === 0) return formula;
  return rewriteUp(formula, (part) => {
    if ((part.kind !== 'sum' && part.kind !== 'product') || part.bounds) return part;
    const bounds = known.get(part.index);
    return bounds ? bound(part.kind, part.index, bounds, part.body, part.where) : part;
  });
}
