/** Two lowered formulas side by side: one list of ranges and two bodies in the same letters. */
import { type Formula, symbol } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { freeNames, substitute } from '../expression/walk.js';
import type { Lowered, Range } from '../network/network.js';

export interface Pairing {
  readonly left: Formula;
  readonly right: Formula;
  /** Ranges of the axes, from the left; then ranges of free letters. */
  readonly axes: readonly Range[];
  /** Ranges of the right side's axes in the same letters; they must come out equal in a model. */
  readonly rightAxes: readonly Range[];
  /** Each free letter with every range that one of the sides implies. */
  readonly free: readonly Range[];
}

const isOne = (range: Range): boolean =>
  same(range.lower, range.upper) && range.lower.kind === 'number';

/** A row beside a column; a vector of one entry, or of numbers alone, is both. */
const lieApart = (left: Lowered, right: Lowered): boolean =>
  left.axes.length === 1 &&
  right.axes.length === 1 &&
  left.row !== right.row &&
  ![...left.axes, ...right.axes].some(isOne);

/**
 * Pairs two formulas; `undefined` if they have not the same number of axes, or one is a row and the
 * other a column. An axis with one value
 * may be left out (n against 1 x n), and a number without names is spread.
 */
export function pair(left: Lowered, right: Lowered): Pairing | undefined {
  const free = [...left.free, ...right.free];
  const spread = (lowered: Lowered, other: Lowered): boolean =>
    lowered.axes.length === 0 && other.axes.length > 0 && freeNames(lowered.body).size === 0;
  if (spread(left, right))
    return { left: left.body, right: right.body, axes: right.axes, rightAxes: right.axes, free };
  if (spread(right, left))
    return { left: left.body, right: right.body, axes: left.axes, rightAxes: left.axes, free };
  const [first, second] =
    left.axes.length === right.axes.length
      ? [left, right]
      : [withoutOnes(left), withoutOnes(right)];
  if (first.axes.length !== second.axes.length || lieApart(left, right)) return undefined;
  const renaming = new Map(
    second.axes.map((axis, place) => [axis.index, symbol((first.axes[place] as Range).index)]),
  );
  return {
    left: first.body,
    right: substitute(second.body, renaming),
    axes: first.axes,
    rightAxes: second.axes.map((axis, place) => ({
      index: (first.axes[place] as Range).index,
      lower: substitute(axis.lower, renaming),
      upper: substitute(axis.upper, renaming),
    })),
    free,
  };
}

/** The formula with its axes of one value set to that value. */
function withoutOnes(lowered: Lowered): Lowered {
  const ones = lowered.axes.filter(isOne);
  return {
    ...lowered,
    axes: lowered.axes.filter((axis) => !isOne(axis)),
    body: substitute(lowered.body, new Map(ones.map((axis) => [axis.index, axis.lower]))),
  };
}
