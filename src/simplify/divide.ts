/** Division of a term by the leading term of a rule, bound indices and rule variables included. */
import type { Bounds, Formula } from '../expression/formula.js';
import { freeNames, substitute } from '../expression/walk.js';
import { difference } from './affine.js';
import { type Binding, matchAtom } from './match.js';
import type { BoundIndex, Factor, Term } from './term.js';

export interface Division {
  readonly quotient: Term;
  readonly binding: Binding;
}

const NO_VARIABLES: ReadonlyMap<string, Bounds> = new Map();

/** The quotient without coefficients taken into account, or `undefined` if it does not divide. */
export function divideTerm(
  term: Term,
  pattern: Term,
  variables: ReadonlyMap<string, Bounds> = NO_VARIABLES,
): Division | undefined {
  if (pattern.factors.size === 0) return undefined;
  if (pattern.bounds.length === 0 && variables.size === 0) {
    const factors = new Map(term.factors);
    for (const [key, factor] of pattern.factors) {
      const left = take(factors.get(key), factor);
      if (!left) return undefined;
      if (left.exponent.equals(0)) factors.delete(key);
      else factors.set(key, left);
    }
    return { quotient: { ...term, factors }, binding: new Map() };
  }
  if (pattern.bounds.length > term.bounds.length) return undefined;
  const open = new Map<string, Bounds | undefined>(variables);
  for (const range of pattern.bounds) open.set(range.index, range);
  return search(term, pattern, [...pattern.factors.values()], open, new Map(), new Map());
}

/** What is left of a factor when the pattern's power is taken out; `undefined` if it is not there. */
function take(factor: Factor | undefined, pattern: Factor): Factor | undefined {
  if (!factor) return undefined;
  const sign = pattern.exponent.compare(0);
  const rest = factor.exponent.sub(pattern.exponent);
  if (sign > 0 ? rest.compare(0) < 0 : rest.compare(0) > 0) return undefined;
  return { base: factor.base, exponent: rest };
}

function search(
  term: Term,
  pattern: Term,
  wanted: readonly Factor[],
  variables: ReadonlyMap<string, Bounds | undefined>,
  binding: Binding,
  taken: ReadonlyMap<string, Factor>,
): Division | undefined {
  const [next, ...rest] = wanted;
  if (!next) return finish(term, pattern, binding, taken);
  for (const [key, factor] of term.factors) {
    if (taken.has(key)) continue;
    const left = take(factor, next);
    if (!left) continue;
    const extended = matchAtom(next.base, factor.base, variables, binding);
    if (!extended) continue;
    const found = search(
      term,
      pattern,
      rest,
      variables,
      extended,
      new Map([...taken, [key, left]]),
    );
    if (found) return found;
  }
  return undefined;
}

/** Checks that the bound indices of the pattern became bound indices of the term used nowhere else. */
function finish(
  term: Term,
  pattern: Term,
  binding: Binding,
  taken: ReadonlyMap<string, Factor>,
): Division | undefined {
  const consumed = new Set<string>();
  for (const range of pattern.bounds) {
    const index = binding.get(range.index);
    if (index?.kind !== 'symbol' || index.indices.length > 0) return undefined;
    const own = term.bounds.find((candidate) => candidate.index === index.name);
    if (!own || consumed.has(own.index) || !sameRange(own, range, binding)) return undefined;
    consumed.add(own.index);
  }
  const factors = new Map<string, Factor>();
  for (const [key, factor] of term.factors) {
    const left = taken.get(key) ?? factor;
    if (!left.exponent.equals(0)) factors.set(key, left);
  }
  const bounds = term.bounds.filter((range) => !consumed.has(range.index));
  const stillUsed = (formula: Formula) =>
    [...freeNames(formula)].some((name) => consumed.has(name));
  if ([...factors.values()].some((factor) => stillUsed(factor.base))) return undefined;
  if (bounds.some((range) => stillUsed(range.lower) || stillUsed(range.upper))) return undefined;
  return { quotient: { coefficient: term.coefficient, factors, bounds }, binding };
}

const sameRange = (own: BoundIndex, range: BoundIndex, binding: Binding): boolean =>
  isZero(difference(own.lower, substitute(range.lower, binding))) &&
  isZero(difference(own.upper, substitute(range.upper, binding)));

const isZero = (value: ReturnType<typeof difference>): boolean =>
  value.parts.size === 0 && value.constant.equals(0);
