/** A bracket in a sum is opened where one of its terms cancels outside: `a - p - (a - n)`. */
import { add, type Formula, multiply, negate } from '../../expression/formula.js';
import { canonicalKey } from '../canonical-key.js';
import type { PresentLaw } from './law.js';

/** The terms of a bracket with a number in front, `undefined` for any other term. */
function bracketOf(term: Formula): readonly Formula[] | undefined {
  if (term.kind !== 'multiply' || term.factors.length !== 2) return undefined;
  const [first, second] = term.factors;
  if (first?.kind !== 'number' || second?.kind !== 'add') return undefined;
  return second.terms.map((part) => multiply(first, part));
}

export const openBracket: PresentLaw = {
  name: 'open-bracket',
  because: 'the bracket is opened, since a term of it cancels',
  level: 'detail',
  apply: (formula) => {
    if (formula.kind !== 'add') return undefined;
    for (const [place, term] of formula.terms.entries()) {
      const inside = bracketOf(term);
      if (!inside) continue;
      const others = formula.terms.filter((_, at) => at !== place);
      const outside = new Set(others.map((other) => canonicalKey(negate(other))));
      if (!inside.some((part) => outside.has(canonicalKey(part)))) continue;
      return add(...formula.terms.slice(0, place), ...inside, ...formula.terms.slice(place + 1));
    }
    return undefined;
  },
};
