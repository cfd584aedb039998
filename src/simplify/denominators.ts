/** Second and third stage of a proof: common denominators, then one summand at a time. */
import Fraction from 'fraction.js';
import { type Formula, one, subtract, symbol } from '../expression/formula.js';
import { freeNames } from '../expression/walk.js';
import { affine } from './affine.js';
import { canonicalKey } from './canonical-key.js';
import { isNonNegative } from './ranges.js';
import type { Session } from './session.js';
import { addAll, atom, type Polynomial, polynomialOf, substituteTerm, type Term } from './term.js';
import { times } from './tidy.js';

/** Denominators cleared one after the other, at most. */
const CLEARING_LIMIT = 24;

/** Multiplies by all denominators that are free of bound indices; zero if and only if the value is. */
export function clearDenominators(value: Polynomial, session: Session): Polynomial {
  let current = value;
  for (let round = 0; round < CLEARING_LIMIT && current.size > 0; round += 1) {
    const next = deepestDenominator(current);
    if (!next) return current;
    current = times(current, atom(next.base, next.exponent), session);
  }
  return current;
}

function deepestDenominator(
  value: Polynomial,
): { readonly base: Formula; readonly exponent: Fraction } | undefined {
  const lowest = new Map<string, { base: Formula; exponent: Fraction }>();
  for (const term of value.values()) {
    const bound = new Set(term.bounds.map((range) => range.index));
    for (const [key, factor] of term.factors) {
      if (factor.exponent.compare(0) >= 0) continue;
      if (factor.base.kind === 'indicator' || factor.base.kind === 'delta') continue;
      if ([...freeNames(factor.base)].some((name) => bound.has(name))) continue;
      const before = lowest.get(key);
      if (!before || factor.exponent.compare(before.exponent) < 0) lowest.set(key, factor);
    }
  }
  // Compound denominators first: clearing them may cancel the simple ones.
  const order = [...lowest.values()].sort(
    (left, right) => Number(right.base.kind === 'add') - Number(left.base.kind === 'add'),
  );
  const [first] = order;
  return first && { base: first.base, exponent: first.exponent.neg() };
}

/**
 * Whether a difference vanishes summand by summand: its sums run over the same ranges, and terms
 * without a sum count as a mean over it (`n` entries, `n >= 1`).
 */
export function vanishesBySummands(value: Polynomial, session: Session): boolean {
  const terms = [...value.values()];
  const widest = terms.reduce<Term | undefined>(
    (best, term) => (!best || term.bounds.length > best.bounds.length ? term : best),
    undefined,
  );
  if (!widest || widest.bounds.length === 0) return false;
  const names = widest.bounds.map(() => session.freshIndex());
  const opened: Polynomial[] = [];
  for (const term of terms) {
    const next = openedTerm(term, widest, names, session);
    if (!next) return false;
    opened.push(next);
  }
  const total = addAll(opened);
  return total.size === 0 || clearDenominators(total, session).size === 0;
}

/** A term without its sums, its indices named like those of the widest term. */
function openedTerm(
  term: Term,
  widest: Term,
  names: readonly string[],
  session: Session,
): Polynomial | undefined {
  const free = widest.bounds.map((range, at) => ({ range, name: names[at] as string }));
  const renaming = new Map<string, Formula>();
  for (const own of term.bounds) {
    const at = free.findIndex(
      ({ range }) =>
        canonicalKey(range.upper) === canonicalKey(own.upper) &&
        canonicalKey(range.lower) === canonicalKey(own.lower),
    );
    if (at < 0) return undefined;
    const [taken] = free.splice(at, 1);
    renaming.set(own.index, symbol((taken as { name: string }).name));
  }
  let result = polynomialOf([{ ...substituteTerm(term, renaming), bounds: [] }]);
  for (const { range } of free) {
    const notEmpty = isNonNegative(affine(subtract(range.upper, one)), session.knowledge);
    if (!notEmpty) return undefined;
    result = times(result, inverse(range.upper, session), session);
  }
  return result;
}

const inverse = (length: Formula, session: Session): Polynomial =>
  session.normalise({
    kind: 'power',
    base: length,
    exponent: { kind: 'number', value: new Fraction(-1) },
  });
