/** Ordered products of matrices on the tape. */
import type { Binder, FamilyFormula } from '../expression/formula.js';
import { IndexOutOfRange } from './errors.js';
import { integer } from './integers.js';
import { bindIndex, type Scope } from './scope.js';
import type { Node } from './tape.js';
import type { Working } from './working.js';

/**
 * An entry of an ordered product `prod_{m=a}^{b} M^m`: the row taken is multiplied by one matrix
 * after the other, so that the work grows with the depth and not with the number of paths.
 *
 * @throws IndexOutOfRange if a factor has no row or column that the product needs
 */
export function chainEntry(
  working: Working,
  { binders, body, at }: FamilyFormula,
  scope: Scope,
): Node {
  const { tape, world } = working;
  const [level, row, column] = binders as readonly [Binder, Binder, Binder];
  const [start, end] = at.map((index) => integer(index, scope, world)) as [number, number];
  const last = integer(level.upper, scope, world);
  let reached = new Map<number, Node>([[start, tape.one]]);
  for (let m = integer(level.lower, scope, world); m <= last; m += 1) {
    const inside = bindIndex(scope, level.index, m);
    const rows = rangeOf(row, inside, working);
    const parts = new Map<number, Node[]>();
    for (const [from, before] of reached) {
      if (from < rows.lower || from > rows.upper)
        throw new IndexOutOfRange('the product', [from], 'a factor has no such row');
      const onRow = bindIndex(inside, row.index, from);
      const columns = rangeOf(column, onRow, working);
      for (let to = columns.lower; to <= columns.upper; to += 1) {
        const entry = working.node(body, bindIndex(onRow, column.index, to));
        parts.set(to, [...(parts.get(to) ?? []), tape.multiply(before, entry)]);
      }
    }
    reached = new Map([...parts].map(([index, nodes]) => [index, tape.add(nodes)]));
    if (m === last && !reached.has(end))
      throw new IndexOutOfRange('the product', [end], 'a factor has no such column');
  }
  return reached.get(end) ?? tape.zero;
}

const rangeOf = (binder: Binder, scope: Scope, { world }: Working) => ({
  lower: integer(binder.lower, scope, world),
  upper: integer(binder.upper, scope, world),
});
