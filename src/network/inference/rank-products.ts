/** Shapes of products, for rank inference. */
import type { Formula } from '../../expression/formula.js';
import type { RankShape } from './rank-table.js';

/** A shape from its number of axes. */
export const shapeOf = (axes: number, guessed: boolean, row = false): RankShape => ({
  axes,
  row,
  guessed,
});

/** A term without its minus sign. */
export const signless = (formula: Formula): Formula | undefined =>
  formula.kind === 'multiply' &&
  formula.factors.length === 2 &&
  formula.factors[0]?.kind === 'number'
    ? formula.factors[1]
    : formula;

/** The shape of a product of known shapes; where there is none, a guess that lowering refuses. */
export function foldProduct(shapes: readonly RankShape[]): RankShape {
  return shapes.reduce((left, right) => {
    const guessed = left.guessed || right.guessed;
    if (left.axes === 0) return shapeOf(right.axes, guessed, right.row);
    if (right.axes === 0) return shapeOf(left.axes, guessed, left.row);
    if (left.axes === 2 && right.axes === 2) return shapeOf(2, guessed);
    if (left.axes === 2) return shapeOf(1, guessed);
    if (right.axes === 2) return shapeOf(1, guessed, left.row);
    return left.row && !right.row ? shapeOf(0, guessed) : shapeOf(2, guessed);
  });
}
