/** Elementwise combination: sums, elementwise products and functions of several families. */
import { type Formula, symbol } from '../../expression/formula.js';
import { substitute } from '../../expression/walk.js';
import type { IndexingContext } from './context.js';
import { materialize } from './operands.js';
import { describe, type Shaped } from './shaped.js';

/**
 * Brings families to common axes. Numbers spread over everything, a row over the rows of a matrix,
 * a column over its columns; everything else must have the same shape.
 */
export function spread(
  parts: readonly Shaped[],
  combine: (bodies: readonly Formula[]) => Formula,
  context: IndexingContext,
  what: string,
): Shaped {
  const rank = Math.max(...parts.map((part) => (part.special === 'ones' ? 0 : part.axes.length)));
  const families = parts.map((part) =>
    part.special === 'identity' && rank === 0 ? materialize(part, context) : part,
  );
  const leader = pickLeader(families, context, what);
  if (!leader) return { axes: [], row: false, body: combine(families.map((part) => part.body)) };
  const bodies = families.map((part) => {
    if (part.special === 'identity')
      return alignedBody(materialize(part, context), leader, context);
    if (part.special === 'ones' || part.axes.length === 0) return part.body;
    if (!fits(part, leader))
      throw context.clash(
        `Shapes do not fit in ${what}: ${describe(leader, context)} and ${describe(part, context)}. ` +
          'Entry by entry, both sides must have the same shape; a transpose may be missing.',
      );
    return alignedBody(part, leader, context);
  });
  return { axes: leader.axes, row: leader.row, body: combine(bodies) };
}

function pickLeader(
  parts: readonly Shaped[],
  context: IndexingContext,
  what: string,
): Shaped | undefined {
  let leader: Shaped | undefined;
  for (const part of parts) {
    if (part.special === 'ones' || part.axes.length === 0) continue;
    const family = part.special === 'identity' ? materialize(part, context) : part;
    if (!leader || family.axes.length > leader.axes.length) leader = family;
    else if (family.axes.length === leader.axes.length && family.row !== leader.row)
      throw context.clash(
        `Shapes do not fit in ${what}: ${describe(leader, context)} and ${describe(family, context)}; ` +
          'transpose one of them.',
      );
  }
  return leader;
}

const fits = (part: Shaped, leader: Shaped): boolean =>
  part.axes.length === leader.axes.length || (part.axes.length === 1 && leader.axes.length === 2);

/** The entry of a part at the leader's axes; a vector in a matrix stands along its own direction. */
function alignedBody(part: Shaped, leader: Shaped, context: IndexingContext): Formula {
  const targets =
    part.axes.length === leader.axes.length
      ? leader.axes
      : [part.row ? leader.axes[1] : leader.axes[0]];
  const renaming = new Map<string, Formula>();
  part.axes.forEach((axis, place) => {
    const target = targets[place];
    if (target === undefined || target === axis) return;
    renaming.set(axis, symbol(target));
    context.ties.push([target, axis]);
  });
  return substitute(part.body, renaming);
}
