/** Small integer reasoning: what the ranges of indices say about an affine formula. */
import { type Affine, combine } from '../expression/affine.js';
import type { Bounds, Formula } from '../expression/formula.js';
import { affine, difference } from './affine.js';

/** Ranges of the index variables in scope, innermost last, and the names not below 1. */
export interface IndexKnowledge {
  readonly ranges: ReadonlyMap<string, Bounds>;
  readonly isSize: (name: string) => boolean;
}

/** Substitutions of a variable by the end of its range before the reasoning gives up. */
const ELIMINATION_LIMIT = 12;

/**
 * Whether `value >= 0` follows: each variable is replaced by the end of its range that makes the
 * value least, sizes by 1. `false` means that it does not follow, not that it is wrong.
 */
export function isNonNegative(value: Affine, known: IndexKnowledge): boolean {
  let current = value;
  for (let round = 0; round < ELIMINATION_LIMIT; round += 1) {
    const variable = [...current.parts.values()]
      .reverse()
      .find((part) => part.atom.kind === 'symbol' && known.ranges.has(part.atom.name));
    if (variable?.atom.kind !== 'symbol') break;
    const bounds = known.ranges.get(variable.atom.name) as Bounds;
    const end = variable.coefficient.compare(0) > 0 ? bounds.lower : bounds.upper;
    const without = combine(current, affine(variable.atom), variable.coefficient.neg());
    current = combine(without, affine(end), variable.coefficient);
  }
  let least = current.constant;
  for (const part of current.parts.values()) {
    const size = part.atom.kind === 'symbol' && known.isSize(part.atom.name);
    if (!size || part.coefficient.compare(0) < 0) return false;
    least = least.add(part.coefficient);
  }
  return least.compare(0) >= 0;
}

/** Whether `left <= right` follows. */
export const isAtMost = (left: Formula, right: Formula, known: IndexKnowledge): boolean =>
  isNonNegative(difference(right, left), known);

/** Whether every value of the variables lies in the range. */
export const isWithin = (value: Formula, range: Bounds, known: IndexKnowledge): boolean =>
  isAtMost(range.lower, value, known) && isAtMost(value, range.upper, known);
