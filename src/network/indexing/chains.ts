/** Ordered products of matrices over a range of layers or times, and entries of them. */
import {
  type BoundFormula,
  type FamilyFormula,
  type Formula,
  family,
  symbol,
} from '../../expression/formula.js';
import { substitute } from '../../expression/walk.js';
import { openBinder } from './calls.js';
import type { IndexingContext } from './context.js';
import { describe, matrix, type Shaped, scalar } from './shaped.js';

/** `prod_{m=a}^{b} M^m` of matrices: from left to right as m grows; the identity if it is empty. */
export function orderedProduct(
  sign: BoundFormula,
  factor: Shaped,
  context: IndexingContext,
): Shaped {
  if (!sign.bounds || sign.where.length > 0)
    throw context.clash(
      'A product of matrices needs its first and last index (prod_{m=1}^L), since their order counts.',
    );
  const [row, column] = factor.axes as [string, string];
  const { lower, upper } = sign.bounds;
  const level = { index: sign.index, lower, upper };
  const ends = [context.make(), context.make()] as const;
  tieEnds(ends, { level: sign.index, lower, upper, row, column }, context);
  const binders = [level, openBinder(row), openBinder(column)];
  return matrix(
    ends[0],
    ends[1],
    family('chain', binders, factor.body, [symbol(ends[0]), symbol(ends[1])]),
  );
}

/** An entry of an ordered product as a sum over paths is read: its binders are not yet apart. */
export function pathEntry(
  formula: FamilyFormula,
  lower: (part: Formula) => Shaped,
  context: IndexingContext,
): Shaped {
  const names = formula.binders.map((binder) => context.make(binder.index));
  const [level, row, column] = names as [string, string, string];
  const renaming = new Map(
    formula.binders.map((binder, place) => [binder.index, symbol(names[place] as string)] as const),
  );
  const body = lower(substitute(formula.body, renaming));
  if (body.axes.length > 0)
    throw context.clash(
      `The factors of a sum over paths are numbers, but here they are ${describe(body, context)}.`,
    );
  const [binder] = formula.binders;
  if (!binder) return scalar(formula);
  const ends = formula.at.map((index) =>
    index.kind === 'symbol' && index.indices.length === 0 ? index.name : '',
  );
  const bounds = { lower: binder.lower, upper: binder.upper };
  tieEnds([ends[0] ?? '', ends[1] ?? ''], { level, ...bounds, row, column }, context);
  const binders = [{ index: level, ...bounds }, openBinder(row), openBinder(column)];
  return scalar(family('chain', binders, body.body, formula.at));
}

/** The first index of a product runs over the rows of its first factor, the last over columns. */
function tieEnds(
  [first, last]: readonly [string, string],
  product: {
    readonly level: string;
    readonly lower: Formula;
    readonly upper: Formula;
    readonly row: string;
    readonly column: string;
  },
  context: IndexingContext,
): void {
  const { level } = product;
  if (first) context.ends.set(first, { of: product.row, level, value: product.lower });
  if (last) context.ends.set(last, { of: product.column, level, value: product.upper });
}
