/**
 * Flat sums of products, the material of the normal form:
 * `rational * atom^rational * ... summed over bound indices`.
 */
import Fraction from 'fraction.js';
import {
  add,
  type Bounds,
  type Formula,
  multiply,
  number,
  power,
  sum,
  symbol,
} from '../expression/formula.js';
import { freeNames, substitute } from '../expression/walk.js';
import { canonicalKey } from './canonical-key.js';
import { canonicalNaming, type Labels } from './naming.js';

export interface Factor {
  readonly base: Formula;
  readonly exponent: Fraction;
}

/** A bound index; its range may mention indices bound earlier in the list. */
export interface BoundIndex extends Bounds {
  readonly index: string;
}

export interface Term {
  readonly coefficient: Fraction;
  /** By canonical key of the base. */
  readonly factors: ReadonlyMap<string, Factor>;
  readonly bounds: readonly BoundIndex[];
}

/** A sum of terms, by canonical key of the term without its coefficient. */
export type Polynomial = ReadonlyMap<string, Term>;

export const nothing: Polynomial = new Map();

export const constantTerm = (value: Fraction | number): Term => ({
  coefficient: new Fraction(value),
  factors: new Map(),
  bounds: [],
});

/** The polynomial of one number. */
export const constant = (value: Fraction | number): Polynomial =>
  new Fraction(value).equals(0) ? nothing : new Map([['', constantTerm(value)]]);

/** The polynomial of one atom with an exponent. */
export const atom = (base: Formula, exponent: Fraction | number = 1): Polynomial =>
  polynomialOf([
    {
      coefficient: new Fraction(1),
      factors: new Map([[canonicalKey(base), { base, exponent: new Fraction(exponent) }]]),
      bounds: [],
    },
  ]);

export const isConstant = (value: Polynomial): boolean =>
  value.size === 0 || (value.size === 1 && value.has(''));

/** The number that a constant polynomial is. */
export const constantOf = (value: Polynomial): Fraction =>
  value.get('')?.coefficient ?? new Fraction(0);

/** The only term, if there is exactly one. */
export const onlyTerm = (value: Polynomial): Term | undefined =>
  value.size === 1 ? value.values().next().value : undefined;

/** Names that the factors and ranges of a term use, bound ones included. */
export function namesIn(term: Term): Set<string> {
  const names = new Set<string>();
  for (const factor of term.factors.values())
    for (const name of freeNames(factor.base)) names.add(name);
  for (const range of term.bounds)
    for (const end of [range.lower, range.upper])
      for (const name of freeNames(end)) names.add(name);
  return names;
}

/** Replaces names in all factors and ranges, and nothing else: bases are not normalised again. */
export function substituteTerm(term: Term, replacements: ReadonlyMap<string, Formula>): Term {
  const factors = new Map<string, Factor>();
  for (const { base, exponent } of term.factors.values()) {
    const next = substitute(base, replacements);
    const key = canonicalKey(next);
    const before = factors.get(key);
    factors.set(key, { base: next, exponent: before ? before.exponent.add(exponent) : exponent });
  }
  const bounds = term.bounds.map((range) => ({
    index: range.index,
    lower: substitute(range.lower, replacements),
    upper: substitute(range.upper, replacements),
  }));
  return { coefficient: term.coefficient, factors, bounds };
}

const factorKey = (key: string, factor: Factor): string =>
  factor.exponent.equals(1) ? key : `${key}^${factor.exponent.toFraction()}`;

/** The canonical name of the bound index at a place, avoiding the names that stand free. */
const BOUND_PREFIX = '#';

/** The term with canonical names for its bound indices, and its key. */
export function canonicalTerm(term: Term): { readonly key: string; readonly term: Term } {
  if (term.bounds.length === 0) {
    const parts = [...term.factors].map(([key, factor]) => factorKey(key, factor));
    return { key: parts.sort().join('*'), term };
  }
  const names = term.bounds.map((range) => range.index);
  const describe = (labels: Labels): readonly string[] => [
    ...term.bounds.map(
      (range) =>
        `${labels.get(range.index)}:${canonicalKey(range.lower, labels)}..${canonicalKey(range.upper, labels)}`,
    ),
    ...[...term.factors.values()].map((factor) =>
      factorKey(canonicalKey(factor.base, labels), factor),
    ),
  ];
  const naming = canonicalNaming(names, new Map(), describe);
  const taken = namesIn(term);
  for (const name of names) taken.delete(name);
  const renaming = new Map<string, Formula>();
  let count = 0;
  for (const name of naming.order) {
    do count += 1;
    while (taken.has(`${BOUND_PREFIX}${count}`));
    renaming.set(name, symbol(`${BOUND_PREFIX}${count}`));
  }
  const renamed = naming.order.every(
    (name) => (renaming.get(name) as { name: string }).name === name,
  )
    ? term
    : substituteTerm(term, renaming);
  const bounds = renamed.bounds.map((range) => {
    const next = renaming.get(range.index);
    return next?.kind === 'symbol' ? { ...range, index: next.name } : range;
  });
  return { key: `S<${naming.key}>`, term: { ...renamed, bounds } };
}

/** Adds terms up: like terms are merged, zeros dropped. */
export function polynomialOf(terms: Iterable<Term>): Polynomial {
  const result = new Map<string, Term>();
  for (const given of terms) {
    if (given.coefficient.equals(0)) continue;
    const { key, term } = canonicalTerm(given);
    const before = result.get(key);
    const coefficient = before ? before.coefficient.add(term.coefficient) : term.coefficient;
    if (coefficient.equals(0)) result.delete(key);
    else result.set(key, { ...term, coefficient });
  }
  return result;
}

/** Adds polynomials without naming their indices again. */
export function addAll(parts: readonly Polynomial[]): Polynomial {
  if (parts.length === 1) return parts[0] as Polynomial;
  const result = new Map<string, Term>();
  for (const part of parts)
    for (const [key, term] of part) {
      const before = result.get(key);
      const coefficient = before ? before.coefficient.add(term.coefficient) : term.coefficient;
      if (coefficient.equals(0)) result.delete(key);
      else result.set(key, { ...term, coefficient });
    }
  return result;
}

/** All coefficients times a number. */
export function scale(value: Polynomial, by: Fraction | number): Polynomial {
  if (new Fraction(by).equals(0)) return nothing;
  if (new Fraction(by).equals(1)) return value;
  return new Map(
    [...value].map(([key, term]) => [key, { ...term, coefficient: term.coefficient.mul(by) }]),
  );
}

/** Terms in the order that decides which one leads: most bound indices first, then by key. */
export const sortedTerms = (value: Polynomial): readonly (readonly [string, Term])[] =>
  [...value].sort(
    ([left, first], [right, second]) =>
      second.bounds.length - first.bounds.length ||
      degree(second) - degree(first) ||
      (left < right ? -1 : left > right ? 1 : 0),
  );

const degree = (term: Term): number =>
  [...term.factors.values()].reduce((total, factor) => total + factor.exponent.valueOf(), 0);

/** The factors of a term as formulas, by key. */
const factorFormulas = (term: Term): readonly Formula[] =>
  [...term.factors]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, factor]) => power(factor.base, number(factor.exponent)));

/** A term as a formula; `coefficient` replaces its own. */
export function termFormula(term: Term, coefficient: Fraction = term.coefficient): Formula {
  const bounds = [...term.bounds];
  const bound = new Set(bounds.map((range) => range.index));
  const factors = factorFormulas(term);
  const inside = factors.filter((part) => [...freeNames(part)].some((name) => bound.has(name)));
  const outside = factors.filter((part) => !inside.includes(part));
  let body: Formula = multiply(...inside);
  for (const range of innermostFirst(bounds))
    body = sum(range.index, { lower: range.lower, upper: range.upper }, body);
  return multiply(number(coefficient), ...outside, body);
}

/** Binders in an order in which every range only mentions indices opened further out. */
export function innermostFirst(bounds: readonly BoundIndex[]): readonly BoundIndex[] {
  const left = [...bounds];
  const order: BoundIndex[] = [];
  while (left.length > 0) {
    const at = left.findIndex(
      (range) =>
        !left.some(
          (other) =>
            other !== range &&
            (freeNames(other.lower).has(range.index) || freeNames(other.upper).has(range.index)),
        ),
    );
    order.push(...left.splice(Math.max(at, 0), 1));
  }
  return order;
}

/** A polynomial as a formula, terms in the order of {@link sortedTerms}. */
export const polynomialFormula = (value: Polynomial): Formula =>
  add(...sortedTerms(value).map(([, term]) => termFormula(term)));
