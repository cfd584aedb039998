/** One answer in the notations that exist for it. */
import type { Condition, Formula } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { raise } from '../forms/matrix-form.js';
import { writtenOutSums } from '../forms/unroll.js';
import type { Lowered, Network } from '../network/network.js';
import type { FormName } from '../read/statement.js';
import { cost } from '../simplify/cost.js';
import { expand } from '../simplify/expand.js';
import { sizesOf } from './wanted.js';

export interface Forms {
  /** The notation asked for; for a whole family the matrix form, where there is one. */
  readonly chosen: Formula;
  readonly all: Partial<Record<FormName, Formula>>;
  /** The step from the indexed form to the chosen one. */
  readonly law: string;
  readonly because: string;
  readonly notes: readonly string[];
}

/** Longer answers are multiplied out only when that is asked for. */
const LONGEST_OPENED = 60;

/** The forms of an answer; what does not exist is left out, with the reason if it was asked for. */
export function formsOf(
  answered: Lowered,
  network: Network,
  as: FormName | undefined,
  where: readonly Condition[],
): Forms {
  const notes: string[] = [];
  const all: Partial<Record<FormName, Formula>> = { indexed: answered.body };
  const matrix =
    answered.axes.length > 0 || as === 'matrix' ? raise(answered, network, where) : undefined;
  if (matrix && 'reason' in matrix) {
    if (as === 'matrix') notes.push(`there is no matrix form: ${matrix.reason}`);
  } else if (matrix) all.matrix = matrix;
  const scalar = writtenOutSums(answered.body, network);
  if (!same(scalar, answered.body)) all.scalar = scalar;
  if (as === 'expanded' || cost(scalar) <= LONGEST_OPENED) {
    const open = expand(scalar, { sizes: sizesOf(network) });
    if (open && (as === 'expanded' || !same(open, answered.body))) all.expanded = open;
  }
  if (as === 'recurrence' || as === 'unrolled')
    all[as] = as === 'unrolled' ? scalar : answered.body;
  const wanted = as ?? (answered.axes.length > 0 ? 'matrix' : 'indexed');
  const chosen = all[wanted] ?? answered.body;
  return { chosen, all, ...words(wanted), notes };
}

function words(form: FormName): { law: string; because: string } {
  switch (form) {
    case 'matrix':
      return {
        law: 'matrix-form',
        because:
          'sums over shared indices are matrix products; rows and columns as in the name asked for',
      };
    case 'expanded':
      return { law: 'expand', because: 'products of sums are multiplied out' };
    default:
      return { law: 'write-out', because: 'the sums are written out' };
  }
}
