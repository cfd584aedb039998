/** Derivatives of and by families: which entry stands where. */
import { derivative, type Formula } from '../../expression/formula.js';
import type { IndexingContext } from './context.js';
import { copyOf } from './counts.js';
import { describe, type Shaped } from './shaped.js';

/**
 * The derivative of one family by another. A number by a family has the shape of the family; a
 * family by a number that of the family above; a vector by a vector is `J_ij = df_i/dx_j`, the
 * other way round under `convention layout = denominator`.
 */
export function shapedDerivative(of: Shaped, by: Shaped, context: IndexingContext): Shaped {
  if (by.body.kind !== 'symbol')
    throw context.clash('A derivative is taken by a name or an entry of a family.');
  // The upper and the lower family may be the same one: they need axes of their own.
  const lower = copyOf(by, context);
  const body: Formula = derivative(of.body, lower.body);
  if (of.axes.length === 0) return { axes: lower.axes, row: lower.row, body };
  if (lower.axes.length === 0) return { axes: of.axes, row: of.row, body };
  if (of.axes.length + lower.axes.length > 4)
    throw context.clash(
      `The derivative of ${describe(of, context)} by ${describe(by, context)} has too many indices; write it with indices.`,
    );
  const axes =
    context.conventions.layout === 'denominator'
      ? [...lower.axes, ...of.axes]
      : [...of.axes, ...lower.axes];
  return { axes, row: false, body };
}
