/** A formula with its axes: what a surface formula is while its indices are being written out. */
import { type Formula, rawMultiply, sum, symbol } from '../../expression/formula.js';
import { substitute } from '../../expression/walk.js';
import type { IndexingContext } from './context.js';

/**
 * The entry `body` of a family at the variables `axes`: none for a scalar, one for a vector, two
 * for a matrix (rows first). `row` marks a vector that lies. `special` is a family whose size is
 * taken from what stands beside it.
 */
export interface Shaped {
  readonly axes: readonly string[];
  readonly row: boolean;
  readonly body: Formula;
  readonly special?: 'identity' | 'ones';
}

export const scalar = (body: Formula): Shaped => ({ axes: [], row: false, body });

export const vector = (axis: string, body: Formula, row: boolean): Shaped => ({
  axes: [axis],
  row,
  body,
});

export const matrix = (rows: string, columns: string, body: Formula): Shaped => ({
  axes: [rows, columns],
  row: false,
  body,
});

/** The body with one axis variable replaced. */
export const atAxis = (body: Formula, axis: string, index: Formula): Formula =>
  substitute(body, new Map([[axis, index]]));

/** The same family with its axes called as given; the old and the new name keep one range. */
export function withAxes(
  shaped: Shaped,
  axes: readonly string[],
  context: IndexingContext,
): Shaped {
  const renaming = new Map<string, Formula>();
  shaped.axes.forEach((axis, place) => {
    const next = axes[place];
    if (next === undefined || next === axis) return;
    renaming.set(axis, symbol(next));
    context.ties.push([next, axis]);
  });
  return { axes, row: shaped.row, body: substitute(shaped.body, renaming) };
}

/** `sum_k left_k right_k`: the contraction of an axis of the left with one of the right. */
export function contract(
  left: Formula,
  axis: string,
  right: Formula,
  other: string,
  context: IndexingContext,
): Formula {
  context.ties.push([axis, other]);
  return sum(axis, undefined, rawMultiply([left, atAxis(right, other, symbol(axis))]));
}

/** A shape in words, with sizes where the context knows them. */
export function describe(shaped: Shaped, context: IndexingContext): string {
  const sizes = shaped.axes.map((axis) => context.sizeOf(shaped.body, axis));
  const known = sizes.every((size) => size !== undefined);
  switch (shaped.axes.length) {
    case 0:
      return 'a number';
    case 1:
      if (shaped.row) return known ? `a row of shape 1 x ${sizes[0]}` : 'a row vector';
      return known ? `a column of shape ${sizes[0]} x 1` : 'a column vector';
    case 2:
      return known ? `a ${sizes[0]} x ${sizes[1]} matrix` : 'a matrix';
    default:
      return `an array with ${shaped.axes.length} indices`;
  }
}
