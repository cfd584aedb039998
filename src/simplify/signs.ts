/** What is known to be positive. */
import type { Formula } from '../expression/formula.js';
import { canonicalKey } from './canonical-key.js';
import { matchAtom } from './match.js';
import type { Session } from './session.js';
import { type Polynomial, polynomialFormula, scale, sortedTerms, type Term } from './term.js';
import { inRange } from './tidy.js';

/** Functions whose value is positive everywhere. */
const POSITIVE_FUNCTIONS: ReadonlySet<string> = new Set([
  'exp',
  'sigmoid',
  'cosh',
  'softplus',
  'sech',
]);

/** Whether an atom is known to be positive. */
export function isPositive(base: Formula, session: Session): boolean {
  switch (base.kind) {
    case 'number':
      return base.value.compare(0) > 0;
    case 'constant':
      return true;
    case 'call':
      if (POSITIVE_FUNCTIONS.has(base.name) && base.slots.length === 0) return true;
      return hasFact(base, 'positive', session);
    case 'family':
      return base.name === 'softmax';
    case 'symbol':
      if (base.indices.length === 0 && session.isSize(base.name)) return true;
      if (session.context.positive?.has(base.name)) return true;
      return hasFact(base, 'positive', session);
    case 'sum':
    case 'add':
      return isPositivePolynomial(session.normalise(base), session);
    case 'product':
      return isPositivePolynomial(session.normalise(base.body), session);
    default:
      return false;
  }
}

/** Whether an atom is known to be at least 0. */
export const isNotNegative = (base: Formula, session: Session): boolean =>
  base.kind === 'indicator' ||
  base.kind === 'delta' ||
  isPositive(base, session) ||
  hasFact(base, 'not negative', session);

/** Whether all terms are known to be at least 0, and one of them to be positive. */
export function isPositivePolynomial(value: Polynomial, session: Session): boolean {
  if (hasFact(polynomialFormula(unit(value)), 'positive', session)) return true;
  const terms = [...value.values()];
  return (
    terms.length > 0 &&
    terms.every((term) => term.coefficient.compare(0) > 0 && isNotNegativeTerm(term, session)) &&
    terms.some((term) => isPositiveTerm(term, session))
  );
}

const isPositiveTerm = (term: Term, session: Session): boolean =>
  [...term.factors.values()].every((factor) => isPositive(factor.base, session)) &&
  term.bounds.every((range) => {
    const end = range.upper;
    return (
      (end.kind === 'symbol' && end.indices.length === 0 && session.isSize(end.name)) ||
      (end.kind === 'number' && end.value.compare(1) >= 0)
    );
  });

const isNotNegativeTerm = (term: Term, session: Session): boolean =>
  [...term.factors.values()].every(
    (factor) =>
      (factor.exponent.d === 1n && factor.exponent.n % 2n === 0n) ||
      isNotNegative(factor.base, session),
  );

/** The polynomial with 1 or -1 before its leading term. */
export function unit(value: Polynomial): Polynomial {
  const [first] = sortedTerms(value);
  return first ? scale(value, first[1].coefficient.abs().inverse()) : value;
}

function hasFact(formula: Formula, sign: 'positive' | 'not negative', session: Session): boolean {
  const fact = session.facts.find((candidate) => {
    if (sign === 'positive' && candidate.sign !== 'positive') return false;
    if (candidate.variables.size === 0)
      return canonicalKey(candidate.formula) === canonicalKey(formula);
    const binding = matchAtom(candidate.formula, formula, candidate.variables, new Map());
    return binding !== undefined && inRange(candidate.variables, binding, session);
  });
  if (fact?.because) session.used.add(fact.because);
  return fact !== undefined;
}
