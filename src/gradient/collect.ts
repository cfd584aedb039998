/** Terms with factors replaced, and equal terms collected. */
import { add, type Formula, one } from '../expression/formula.js';
import { type Term, termKey } from './term.js';
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

/** Equal terms add up to one with a coefficient. */
export function added(terms: readonly Term[]): readonly Term[] {
  if (terms.length < 2) return terms;
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
