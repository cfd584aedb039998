/**
 * Products of terms, brought to normal shape: idempotent atoms, deltas substituted, denominators
 * reduced, rules applied. One list of rules for terms, tried in order until none changes anything.
 */
import Fraction from 'fraction.js';
import {
  type Bounds,
  compare,
  type DeltaFormula,
  type Formula,
  indicator,
  number,
  symbol,
  wholePower,
  zero,
} from '../expression/formula.js';
import { substitute } from '../expression/walk.js';
import { difference, solveFor } from './affine.js';
import { canonicalKey } from './canonical-key.js';
import { BudgetExceeded } from './context.js';
import { divideTerm } from './divide.js';
import { isWithin } from './ranges.js';
import type { Session } from './session.js';
import {
  addAll,
  constantTerm,
  type Factor,
  namesIn,
  type Polynomial,
  polynomialFormula,
  polynomialOf,
  scale,
  sortedTerms,
  substituteTerm,
  type Term,
} from './term.js';

/** The product of two polynomials. */
export function times(left: Polynomial, right: Polynomial, session: Session): Polynomial {
  const terms: Term[] = [];
  for (const first of left.values())
    for (const second of right.values()) {
      session.spend();
      terms.push(...tidyTerm(mergeTerms(first, second, session), session));
    }
  return session.checked(polynomialOf(terms));
}

/** The product of many polynomials, small ones first so that little is built twice. */
export const timesAll = (parts: readonly Polynomial[], session: Session): Polynomial =>
  [...parts]
    .sort((left, right) => left.size - right.size)
    .reduce((product, part) => times(product, part, session), one);

const one: Polynomial = polynomialOf([constantTerm(1)]);

/** A whole power of a polynomial. */
export function raise(base: Polynomial, exponent: number, session: Session): Polynomial {
  let result = one;
  for (let count = 0; count < exponent; count += 1) result = times(result, base, session);
  return result;
}

/** Puts two terms side by side; bound indices of the second are renamed where they clash. */
function mergeTerms(first: Term, second: Term, session: Session): Term {
  let other = second;
  if (second.bounds.length > 0 && first.bounds.length > 0) other = renamedApart(second, session);
  const factors = new Map(first.factors);
  for (const [key, factor] of other.factors) {
    const before = factors.get(key);
    const exponent = before ? before.exponent.add(factor.exponent) : factor.exponent;
    if (exponent.equals(0)) factors.delete(key);
    else factors.set(key, { base: factor.base, exponent });
  }
  return {
    coefficient: first.coefficient.mul(other.coefficient),
    factors,
    bounds: [...first.bounds, ...other.bounds],
  };
}

/** The term with new names for all its bound indices. */
export function renamedApart(term: Term, session: Session): Term {
  const renaming = new Map(
    term.bounds.map((range) => [range.index, symbol(session.freshIndex())] as const),
  );
  const renamed = substituteTerm(term, renaming);
  const bounds = renamed.bounds.map((range) => ({
    ...range,
    index: renaming.get(range.index)?.name ?? range.index,
  }));
  return { ...renamed, bounds };
}

/**
 * Replaces names in a term; every base that changes is brought to normal form again. The factors are
 * multiplied before the bound indices are put around them: a product of factors that share a bound
 * index must not name it anew in one of them.
 */
export function substituteNormal(
  given: Term,
  replacements: ReadonlyMap<string, Formula>,
  session: Session,
): Polynomial {
  // Fresh names, so that no index bound inside a factor has the name of one bound around it.
  const term = given.bounds.length > 0 ? renamedApart(given, session) : given;
  const kept = new Map<string, Factor>();
  const changed: Polynomial[] = [];
  for (const [key, factor] of term.factors) {
    const base = substitute(factor.base, replacements);
    if (base === factor.base) kept.set(key, factor);
    else changed.push(session.normalise(rebuilt(base, factor.exponent)));
  }
  const { bounds } = substituteTerm({ ...term, factors: new Map() }, replacements);
  const rest: Term = { coefficient: term.coefficient, factors: kept, bounds: [] };
  const product = timesAll([polynomialOf([rest]), ...changed], session);
  return polynomialOf(
    [...product.values()].map((part) => ({ ...part, bounds: [...part.bounds, ...bounds] })),
  );
}

const rebuilt = (base: Formula, exponent: Fraction): Formula =>
  exponent.equals(1) ? base : { kind: 'power', base, exponent: number(exponent) };

/** Rules applied to what rules made, one inside the other: what goes on so long may go on for ever. */
const DEEPEST_TIDYING = 600;

type TermRule = (term: Term, session: Session) => readonly Term[] | undefined;

/** A term in normal shape, as terms. */
export function tidyTerm(term: Term, session: Session): readonly Term[] {
  session.spend();
  session.depth += 1;
  // A rule may multiply, and so come back here, before it has a result.
  if (session.depth > DEEPEST_TIDYING) throw new BudgetExceeded(`${DEEPEST_TIDYING} levels`);
  try {
    for (const rule of rules) {
      const result = rule(term, session);
      if (result) return result.flatMap((part) => tidyTerm(part, session));
    }
    return [term];
  } finally {
    session.depth -= 1;
  }
}

const withFactors = (term: Term, change: ReadonlyMap<string, Factor | undefined>): Term => {
  const factors = new Map(term.factors);
  for (const [key, factor] of change)
    if (factor && !factor.exponent.equals(0)) factors.set(key, factor);
    else factors.delete(key);
  return { ...term, factors };
};

const productTerms = (parts: readonly Polynomial[], session: Session): readonly Term[] => [
  ...timesAll(parts, session).values(),
];

const asPolynomial = (term: Term): Polynomial => polynomialOf([term]);

/** `2^(3/2)` is `2 2^(1/2)`. */
const wholePowersOfNumbers: TermRule = (term) => {
  for (const [key, factor] of term.factors) {
    if (factor.base.kind !== 'number') continue;
    const whole = factor.exponent.floor();
    if (whole.equals(0)) continue;
    const power = wholePower(factor.base.value, whole);
    if (!power) continue;
    const rest = { base: factor.base, exponent: factor.exponent.sub(whole) };
    return [
      {
        ...withFactors(term, new Map([[key, rest]])),
        coefficient: term.coefficient.mul(power),
      },
    ];
  }
  return undefined;
};

/** Deltas and indicators are 0 or 1, so their powers are themselves. */
const idempotents: TermRule = (term) => {
  for (const [key, factor] of term.factors) {
    if (factor.base.kind !== 'delta' && factor.base.kind !== 'indicator') continue;
    if (factor.exponent.compare(0) <= 0 || factor.exponent.equals(1)) continue;
    return [withFactors(term, new Map([[key, { base: factor.base, exponent: new Fraction(1) }]]))];
  }
  return undefined;
};

const positivePart = (formula: Formula): Formula | undefined =>
  formula.kind === 'indicator' && formula.when.kind === 'compare' && formula.when.relation === '>'
    ? formula.when.left
    : undefined;

/** The indicator of `value > 0` as an atom. */
export const positiveIndicator = (value: Formula): Formula => indicator(compare(value, '>', zero));

/** `1{q > 0} 1{-q > 0}` is 0; `q 1{-q > 0}` is `q - q 1{q > 0}` (both sides are 0 at q = 0). */
const oppositeIndicators: TermRule = (term, session) => {
  for (const [key, factor] of term.factors) {
    const inside = positivePart(factor.base);
    if (!inside) continue;
    const opposite = positiveIndicator(polynomialFormula(scale(session.normalise(inside), -1)));
    if (term.factors.has(canonicalKey(opposite))) return [];
    const [, lead] = sortedTerms(session.normalise(inside))[0] ?? [];
    if (!lead || lead.coefficient.compare(0) > 0 || session.normalise(inside).size > 1) continue;
    if (lead.bounds.length > 0) continue;
    const divides = [...lead.factors].every(([name, part]) => {
      const own = term.factors.get(name);
      return own !== undefined && own.exponent.compare(0) > 0 && part.exponent.compare(0) > 0;
    });
    if (!divides || lead.factors.size === 0) continue;
    const without = withFactors(term, new Map([[key, undefined]]));
    const swapped = withFactors(
      without,
      new Map([[canonicalKey(opposite), { base: opposite, exponent: new Fraction(1) }]]),
    );
    return [without, { ...swapped, coefficient: swapped.coefficient.neg() }];
  }
  return undefined;
};

/** `sin^2` is `1 - cos^2`. */
const sines: TermRule = (term) => {
  for (const [key, factor] of term.factors) {
    if (factor.base.kind !== 'call' || factor.base.name !== 'sin') continue;
    if (factor.exponent.compare(2) < 0) continue;
    const cosine: Formula = { ...factor.base, name: 'cos' };
    const rest = withFactors(
      term,
      new Map([[key, { base: factor.base, exponent: factor.exponent.sub(2) }]]),
    );
    const name = canonicalKey(cosine);
    const before = rest.factors.get(name)?.exponent ?? new Fraction(0);
    const squared = withFactors(rest, new Map([[name, { base: cosine, exponent: before.add(2) }]]));
    return [rest, { ...squared, coefficient: squared.coefficient.neg() }];
  }
  return undefined;
};

/** A free delta carries its equality into the other factors. */
const deltas: TermRule = (term, session) => {
  const bound = new Set(term.bounds.map((range) => range.index));
  for (const [key, factor] of term.factors) {
    if (factor.base.kind !== 'delta' || factor.exponent.compare(0) <= 0) continue;
    const name = eliminated(factor.base, session);
    if (!name || bound.has(name)) continue;
    const rest = withFactors(term, new Map([[key, undefined]]));
    if (!namesIn(rest).has(name)) continue;
    const value = solveFor(difference(factor.base.left, factor.base.right), name);
    if (!value) continue;
    const replaced = substituteNormal(rest, new Map([[name, value]]), session);
    const alone = new Map([[key, factor]]);
    const self: Term = { coefficient: new Fraction(1), factors: alone, bounds: [] };
    return [...replaced.values()].map((part) => mergeTerms(self, part, session));
  }
  return undefined;
};

/** The name that a delta eliminates: an index rather than a size, the last by name. */
function eliminated(formula: DeltaFormula, session: Session): string | undefined {
  const parts = [...difference(formula.left, formula.right).parts.values()];
  const names = parts
    .filter((part) => part.coefficient.abs().equals(1))
    .map((part) => part.atom)
    .flatMap((part) => (part.kind === 'symbol' && part.indices.length === 0 ? [part.name] : []));
  const indices = names.filter((name) => !session.isSize(name));
  return (indices.length > 0 ? indices : names).sort().at(-1);
}

const isCompound = (formula: Formula): boolean =>
  formula.kind === 'add' || formula.kind === 'sum' || formula.kind === 'multiply';

/** Compound bases only keep exponents below 1: whole powers are multiplied out. */
const wholePowersOfSums: TermRule = (term, session) => {
  for (const [key, factor] of term.factors) {
    if (!isCompound(factor.base) || factor.exponent.compare(1) < 0) continue;
    const whole = factor.exponent.floor().valueOf();
    const rest = { base: factor.base, exponent: factor.exponent.sub(whole) };
    const base = session.normalise(factor.base);
    return productTerms(
      [asPolynomial(withFactors(term, new Map([[key, rest]]))), raise(base, whole, session)],
      session,
    );
  }
  return undefined;
};

/** The leading term of `p` times `p^e` is `p^(e+1)` minus the rest of `p` times `p^e`. */
const denominators: TermRule = (term, session) => {
  for (const [key, factor] of term.factors) {
    if (factor.base.kind !== 'add' && factor.base.kind !== 'sum') continue;
    if (factor.exponent.compare(0) >= 0) continue;
    const base = session.normalise(factor.base);
    const [first, ...others] = sortedTerms(base);
    if (!first) continue;
    const [, lead] = first;
    const division = divideTerm(term, lead);
    if (!division?.quotient.factors.has(key)) continue;
    const quotient = {
      ...division.quotient,
      coefficient: division.quotient.coefficient.div(lead.coefficient),
    };
    const up = withFactors(
      quotient,
      new Map([[key, { base: factor.base, exponent: factor.exponent.add(1) }]]),
    );
    const rest = scale(new Map(others), -1);
    return [...productTerms([asPolynomial(quotient), rest], session), up];
  }
  return undefined;
};

/** Assumed equalities, used from their leading term to the rest. */
const assumedEqualities: TermRule = (term, session) => {
  for (const rule of session.rules) {
    const division = divideTerm(term, rule.pattern, rule.variables);
    if (!division || !inRange(rule.variables, division.binding, session)) continue;
    session.used.add(rule.because);
    const quotient = {
      ...division.quotient,
      coefficient: division.quotient.coefficient.div(rule.pattern.coefficient),
    };
    const parts = [...rule.replacement.values()].map((part) =>
      substituteNormal(part, division.binding, session),
    );
    return productTerms([asPolynomial(quotient), addAll(parts)], session);
  }
  return undefined;
};

/** Whether the indices that a rule was used for lie in the ranges it was stated for. */
export const inRange = (
  variables: ReadonlyMap<string, Bounds>,
  binding: ReadonlyMap<string, Formula>,
  session: Session,
): boolean =>
  [...variables].every(([name, range]) => {
    const value = binding.get(name);
    return value === undefined || isWithin(value, range, session.knowledge);
  });

const rules: readonly TermRule[] = [
  wholePowersOfNumbers,
  idempotents,
  assumedEqualities,
  oppositeIndicators,
  sines,
  deltas,
  wholePowersOfSums,
  denominators,
];
