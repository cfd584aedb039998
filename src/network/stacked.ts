/**
 * Equations between stacked columns: `vec(A X B) = (B^T (x) A) vec(X)` says the same of the matrices
 * themselves, by `(P (x) Q) vec(Y) = vec(Q Y P^T)` (Magnus and Neudecker, Matrix Differential
 * Calculus, 2019, section 2.4).
 */
import { type Formula, operation, rawAdd, rawMultiply } from '../expression/formula.js';
import { contains } from '../expression/walk.js';
import type { Network } from './network.js';

/** The column of all columns of a matrix, and Kronecker's product. */
const STACKING: ReadonlySet<string> = new Set(['vec', 'kron']);

/** Whether a formula stacks columns or has a Kronecker product, by names that no sheet defined. */
export const isStacking = (formula: Formula, { vocabulary }: Network): boolean =>
  contains(
    formula,
    (part) => part.kind === 'call' && STACKING.has(part.name) && !vocabulary.bodies.has(part.name),
  );

/** The matrix of which a formula is the column; `undefined` where it is not a column of that form. */
export function unstacked(formula: Formula): Formula | undefined {
  if (formula.kind === 'call' && formula.name === 'vec' && formula.args.length === 1)
    return formula.args[0];
  if (formula.kind === 'add') {
    const terms = formula.terms.map(unstacked);
    return terms.some((term) => term === undefined) ? undefined : rawAdd(terms as Formula[]);
  }
  if (formula.kind !== 'multiply') return undefined;
  const last = formula.factors.at(-1);
  let matrix = last && unstacked(last);
  const front: Formula[] = [];
  for (const factor of formula.factors.slice(0, -1).reverse()) {
    if (!matrix) return undefined;
    if (factor.kind === 'number') front.unshift(factor);
    else if (factor.kind === 'call' && factor.name === 'kron' && factor.args.length === 2) {
      const [left, right] = factor.args as [Formula, Formula];
      matrix = rawMultiply([right, matrix, operation('transpose', left)]);
    } else return undefined;
  }
  return matrix && rawMultiply([...front, matrix]);
}
