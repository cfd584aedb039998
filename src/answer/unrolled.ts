/** The closed form beside a recurrence: products of matrices, sums over paths. */
import type { Formula } from '../expression/formula.js';
import { contains } from '../expression/walk.js';
import { compareGenerally } from '../judge/compare.js';
import type { Lowered, Network } from '../network/network.js';
import { closedForm } from './closed-form.js';
import { formsOf, holdsProduct } from './forms.js';
import { namesDerivative } from './unfolding.js';
import type { Wanted } from './wanted.js';

/**
 * An answer that is a recurrence over a symbolic number of layers or steps, without the derivatives
 * of other layers: a product of matrices for a family, a sum over paths for an entry. `undefined`
 * where there is none, or where the numbers do not confirm it.
 */
export function unrolledForm(
  lowered: Lowered,
  answer: Formula,
  network: Network,
  wanted: Wanted,
): Formula | undefined {
  if (wanted.as !== undefined || wanted.allowed || !isRecurrence(answer, network)) return undefined;
  const form = closedForm(lowered, network, { ...wanted, as: 'unrolled' });
  if (form.where.length > 0 || form.assumed.length > 0 || !holdsProduct(form.body))
    return undefined;
  if (isRecurrence(form.body, network)) return undefined;
  const answered: Lowered = { ...lowered, body: form.body };
  const { verdict } = compareGenerally(lowered, '=', answered, wanted.where, network, 'numbers');
  if (verdict !== 'agrees' && verdict !== 'proved') return undefined;
  return formsOf(answered, network, 'unrolled', wanted.where).chosen;
}

/** Whether derivatives at other symbolic layers or times stand in the answer, or their names. */
const isRecurrence = (formula: Formula, network: Network): boolean =>
  contains(formula, (part) => {
    if (part.kind === 'symbol')
      return part.indices.some(isSymbolic) && namesDerivative(part.name, network);
    if (part.kind !== 'derivative' || part.by.kind !== 'symbol') return false;
    return (
      part.of.kind === 'symbol' && part.by.indices.length > 1 && part.by.indices.some(isSymbolic)
    );
  });

const isSymbolic = (index: Formula): boolean => index.kind !== 'number';
