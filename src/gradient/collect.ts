/** Terms with factors replaced, and equal terms collected. */
import { add, type Formula, one } from '../expression/formula.js';
import { areApart, isPlainTerm, type Term, termKey } from './term.js';
import { isLong } from './tree-size.js';

/** A factor replaced by several, in its place; nothing is joined yet. */
export const withFactors = (term: Term, place: number, factors: readonly Formula[]): Term => ({
  ...term,
  factors: [...term.factors.slice(0, place), ...factors, ...term.factors.slice(place + 1)],
});

/** A factor replaced by another one. */
export function replaceFactor(term: Term, place: number, value: Formula): Term {
  return {
    ...term,
    factors: term.factors.map((factor, other) => (other === place ? value : factor)),
  };
}

/** So few terms are first compared at a glance, each with each. */
const FEW = 8;

/** Whether no two of the terms can be equal but for a number in front: their factors tell. */
function areAllApart(terms: readonly Term[]): boolean {
  if (terms.length > FEW) return false;
  const rests = terms.map(({ factors }) => (factors[0]?.kind === 'number' ? factors.slice(1) : factors));
  return terms.every((term, place) => {
    if (!isPlainTerm(term) || rests[place]?.length !== term.factors.length) return false;
    return rests.slice(0, place).every((rest) => areListsApart(rest, term.factors));
  });
}

const areListsApart = (one: readonly Formula[], other: readonly Formula[]): boolean =>
  one.length !== other.length ||
  one.some((factor, place) => areApart(factor, other[place] as Formula));

/** Equal terms add up to one with a coefficient. */
export function added(terms: readonly Term[]): readonly Term[] {
  if (terms.length < 2 || areAllApart(terms)) return terms;
  const groups = new Map<string, { term: Term; total: Formula; rest: readonly Formula[] }>();
  for (const [position, term] of terms.entries()) {
    const [first, ...others] = term.factors;
    const numeric = first?.kind === 'number' ? first : undefined;
    const rest = numeric ? others : term.factors;
    const key = rest.some(isLong) ? `${position}` : termKey({ ...term, factors: rest });
    const known = groups.get(key);
    const value: Formula = numeric ?? one;
    groups.set(key, {
      term: known?.term ?? term,
      rest: known?.rest ?? rest,
      total: known ? add(known.total, value) : value,
    });
  }
  return [...groups.values()].flatMap(({ term, total, rest }) => {
    if (total.kind === 'number' && total.value.equals(0)) return [];
    const plain = total.kind === 'number' && total.value.equals(1);
    return [{ ...term, factors: plain ? rest : [total, ...rest] }];
  });
}
