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
  if (wanted.as !== undefined || wanted.allowed) return undefined;
  if (!isRecurrence(lowered.body, answer, network)) return undefined;
  const form = closedForm(lowered, network, { ...wanted, as: 'unrolled' });
  if (form.where.length > 0 || form.assumed.length > 0 || !holdsProduct(form.body))
    return undefined;
  if (isRecurrence(lowered.body, form.body, network)) return undefined;
  const answered: Lowered = { ...lowered, body: form.body };
  const { verdict } = compareGenerally(lowered, '=', answered, wanted.where, network, 'numbers');
  if (verdict !== 'agrees' && verdict !== 'proved') return undefined;
  return formsOf(answered, network, 'unrolled', wanted.where).chosen;
}

/** What an ask or a part of an answer is about: the family of a derivative, or its name. */
function aboutOf(part: Formula, network: Network): string | undefined {
  if (part.kind === 'symbol') return namesDerivative(part.name, network) ? part.name : undefined;
  if (part.kind !== 'derivative' || part.of.kind !== 'symbol') return undefined;
  return part.by.kind === 'symbol' ? `d ${part.by.name}` : undefined;
}

/** Whether the answer to an ask holds the same at another layer or time that is a letter. */
function isRecurrence(asked: Formula, answer: Formula, network: Network): boolean {
  const about = aboutOf(asked, network);
  if (about === undefined) return false;
  return contains(answer, (part) => {
    if (aboutOf(part, network) !== about) return false;
    const entry = part.kind === 'derivative' ? part.by : part;
    return entry.kind === 'symbol' && entry.indices.length > 1 && entry.indices.some(isLetter);
  });
}

const isLetter = (index: Formula): boolean => index.kind !== 'number';
