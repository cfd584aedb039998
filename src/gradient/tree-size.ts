/** How long a formula is when written out, for deciding what is worth comparing as text. */
import type { Formula } from '../expression/formula.js';
import { children } from '../expression/walk.js';

const sizes = new WeakMap<Formula, number>();

/** Number of nodes of the formula as a tree; shared parts count each time. */
export function treeSize(formula: Formula): number {
  if (formula.kind === 'number') return 1;
  const known = sizes.get(formula);
  if (known !== undefined) return known;
  const size = children(formula).reduce((total, part) => total + treeSize(part), 1);
  sizes.set(formula, size);
  return size;
}

/** Formulas longer than this are compared by identity: their text could be endless. */
const LARGEST_TEXT = 4000;

export const isLong = (formula: Formula): boolean => treeSize(formula) > LARGEST_TEXT;
