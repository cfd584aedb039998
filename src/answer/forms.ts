/** One answer in the notations that exist for it. */
import { type Condition, cases, type Formula } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { children, contains } from '../expression/walk.js';
import { raise } from '../forms/matrix-form.js';
import { writtenOutSums } from '../forms/unroll.js';
import type { Lowered, Network } from '../network/network.js';
import type { FormName } from '../read/statement.js';
import { cost } from '../simplify/cost.js';
import { expand } from '../simplify/expand.js';
import { politeBoundNames } from '../write/bound-names.js';
import { writePlain } from '../write/write.js';
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

/** Whether a formula has an ordered product of matrices, or a sum over paths, in it. */
export const holdsProduct = (formula: Formula): boolean =>
  contains(formula, (part) => part.kind === 'family' && part.name === 'chain');

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
  if (as === 'expanded' || (cost(scalar) <= LONGEST_OPENED && !holdsProduct(scalar))) {
    const open = opened(scalar, network);
    if (open && (as === 'expanded' || !same(open, answered.body))) all.expanded = open;
  }
  if (as === 'recurrence') all.recurrence = answered.body;
  // A whole family over layers is a product of matrices; an entry of it, a sum over paths.
  if (as === 'unrolled') all.unrolled = (holdsProduct(answered.body) && all.matrix) || scalar;
  const wanted = as ?? (answered.axes.length > 0 ? 'matrix' : 'indexed');
  const chosen = all[wanted] ?? answered.body;
  const order = chosen === all.matrix ? orderOf(politeBoundNames(chosen)) : undefined;
  if (order !== undefined) notes.push(order);
  const isRaised = chosen === all.matrix;
  return { chosen, all, ...words(isRaised ? 'matrix' : wanted), notes };
}

/** Multiplied out, in each case by itself. */
function opened(formula: Formula, network: Network): Formula | undefined {
  if (formula.kind !== 'cases') return expand(formula, { sizes: sizesOf(network) });
  const inside = (part: Formula): Formula => opened(part, network) ?? part;
  return cases(
    formula.branches.map(({ when, value }) => ({ when, value: inside(value) })),
    formula.otherwise && inside(formula.otherwise),
  );
}

/** In which order the factors of a product of matrices stand: they do not commute. */
function orderOf(formula: Formula): string | undefined {
  if (formula.kind === 'product' && formula.bounds) {
    const { lower, upper } = formula.bounds;
    const from = writePlain(lower);
    return `the factors of the product stand from left to right for ${formula.index} = ${from}, ..., ${writePlain(upper)}; with no factor it is the identity`;
  }
  for (const part of children(formula)) {
    const order = part.kind === 'symbol' ? undefined : orderOf(part);
    if (order !== undefined) return order;
  }
  return undefined;
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
