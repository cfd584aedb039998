/** Which conditions split an answer into cases, and which stay factors of it. */
import { isPlain } from './conditions/affine.js';
import type { Constraint } from './conditions/constraint.js';
import type { IndexFacts } from './facts.js';

/**
 * An equality (or its opposite) between two asked indices stays a printed delta; a condition with a
 * size or a number alone is a border, which splits the answer.
 */
export function isBorder(constraint: Constraint, facts: IndexFacts): boolean {
  if (constraint.kind === 'unread') return false;
  if (constraint.kind === '>=') return true;
  const atoms = [...constraint.form.terms.values()].map((term) => term.atom);
  const letters = atoms.filter((atom) => isPlain(atom) && !facts.isSize(atom));
  if (atoms.length > letters.length && letters.length > 0) {
    // An index against data (`s(i) = v`) is a delta, an index against a size is a border.
    return atoms.every((atom) => letters.includes(atom) || facts.isSize(atom));
  }
  return letters.length < 2;
}
