/** Minus signs: there is no node for them. */
import { type Formula, minusOne, number, rawMultiply } from '../expression/formula.js';

/** The negative of a term; a leading number takes the sign. */
export function negated(term: Formula): Formula {
  if (term.kind === 'number') return number(term.value.neg());
  if (term.kind === 'multiply' && term.factors[0]?.kind === 'number')
    return rawMultiply(
      [number(term.factors[0].value.neg()), ...term.factors.slice(1)].filter(
        (factor, place) => !(place === 0 && factor.kind === 'number' && factor.value.equals(1)),
      ),
    );
  return rawMultiply([minusOne, term]);
}
