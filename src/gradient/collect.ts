/** Terms with factors replaced, and equal terms collected. */
import {
  add,
  type Formula,
  minusOne,
  multiply,
  negate,
  one,
  subtract,
} from '../expression/formula.js';
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
  const rests = terms.map(({ factors }) =>
    factors[0]?.kind === 'number' ? factors.slice(1) : factors,
  );
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

const isNegative = ({ factors: [first] }: Term): boolean =>
  first?.kind === 'number' && first.value.compare(0) < 0;

/**
 * Terms times a factor, with a minus: together behind it where they are flat products. What stands
 * among the others too is put together with it: `g - p g` is `g (1 - p)`.
 */
export function takenAway(
  factor: Formula,
  terms: readonly Term[],
  others: readonly Term[],
): { readonly terms: readonly Term[]; readonly others: readonly Term[] } {
  const [only, ...more] = terms;
  if (!only || !terms.every(isPlainTerm))
    return {
      others,
      terms: terms.map((term) => ({ ...term, factors: [minusOne, factor, ...term.factors] })),
    };
  if (more.length === 0) {
    const twin = others.find((other) => termKey(other) === termKey(only));
    const factors = twin
      ? [...only.factors, subtract(one, factor)]
      : [minusOne, factor, ...only.factors];
    return {
      others: others.filter((other) => other !== twin),
      terms: [{ ...only, factors }],
    };
  }
  const values = terms.map(({ factors }) => multiply(...factors));
  const factors = terms.every(isNegative)
    ? [factor, add(...values.map(negate))]
    : [minusOne, factor, add(...values)];
  return { others, terms: [{ variables: [], constraints: [], factors }] };
}
