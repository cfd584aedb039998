/** Families whose size is taken from beside them, written out when they stand alone. */
import { delta, one, symbol } from '../../expression/formula.js';
import type { IndexingContext } from './context.js';
import { matrix, type Shaped, vector } from './shaped.js';

/** `I` as `delta(i, j)`, `ones` as a column of ones. */
export function materialize(shaped: Shaped, context: IndexingContext): Shaped {
  if (shaped.special === 'identity') {
    const row = context.make();
    const column = context.make();
    context.ties.push([row, column]);
    return matrix(row, column, delta(symbol(row), symbol(column)));
  }
  if (shaped.special === 'ones') return vector(context.make(), one, shaped.row);
  return shaped;
}
