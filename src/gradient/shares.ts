/**
 * Shares: `exp(u_j)/(exp(u_1) + ... + exp(u_K))` written out term by term. The slope of a softmax,
 * `dp_j = p_j (du_j - sum_k p_k du_k)`, is known without a quotient rule, and logarithms of shares of
 * one total come apart: `log p_j = u_j - log(exp(u_1) + ... + exp(u_K))`.
 */
import { add, type Formula, isNumber, log, multiply, negate } from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';

export interface Share {
  readonly exponent: Formula;
  /** The exponents in the total, in their order. */
  readonly exponents: readonly Formula[];
  readonly total: Formula;
}

const exponentOf = (formula: Formula): Formula | undefined =>
  formula.kind === 'call' && formula.name === 'exp' && formula.slots.length === 0
    ? formula.args[0]
    : undefined;

/** The share that a formula is, if it is one of a total with at least two terms. */
export function shareOf(formula: Formula): Share | undefined {
  if (formula.kind !== 'multiply' || formula.factors.length !== 2) return undefined;
  const top = formula.factors.find((factor) => exponentOf(factor));
  const below = formula.factors.find((factor) => factor !== top);
  const exponent = top && exponentOf(top);
  if (!exponent || below?.kind !== 'power' || !isNumber(below.exponent, -1)) return undefined;
  const total = below.base;
  if (total.kind !== 'add' || !total.terms.some((term) => same(term, top))) return undefined;
  const exponents = total.terms.flatMap((term) => exponentOf(term) ?? []);
  return exponents.length === total.terms.length ? { exponent, exponents, total } : undefined;
}

/** `c log(share)`, taken apart. */
function logOfShare(
  term: Formula,
): { readonly weight: Formula; readonly share: Share } | undefined {
  const factors = term.kind === 'multiply' ? term.factors : [term];
  for (const factor of factors) {
    if (factor.kind !== 'call' || factor.name !== 'log' || factor.slots.length > 0) continue;
    const share = shareOf(factor.args[0] as Formula);
    if (share) return { weight: multiply(...factors.filter((other) => other !== factor)), share };
  }
  return undefined;
}

/** The formula with logarithms of shares of one total taken apart, where they are summands of it. */
export function withLogsApart(formula: Formula): Formula {
  const terms = formula.kind === 'add' ? formula.terms : [formula];
  const totals = new Map<string, { readonly total: Formula; readonly weights: Formula[] }>();
  const rest = terms.map((term) => {
    const met = logOfShare(term);
    if (!met) return term.kind === 'multiply' ? withSumsApart(term) : term;
    const { weight, share } = met;
    const key = structureKey(share.total);
    const known = totals.get(key) ?? { total: share.total, weights: [] };
    totals.set(key, known);
    known.weights.push(weight);
    return multiply(weight, share.exponent);
  });
  if (totals.size === 0 && rest.every((term, place) => term === terms[place])) return formula;
  const logs = [...totals.values()].map(({ total, weights }) =>
    negate(multiply(add(...weights), log(total))),
  );
  return add(...rest, ...logs);
}

/** The same inside the sums of a product: `-(y_1 log p_1 + ...)`. */
function withSumsApart(formula: Extract<Formula, { kind: 'multiply' }>): Formula {
  const factors = formula.factors.map((factor) =>
    factor.kind === 'add' ? withLogsApart(factor) : factor,
  );
  return factors.every((factor, place) => factor === formula.factors[place])
    ? formula
    : multiply(...factors);
}

/** The share among some factors, as one factor, where its numerator and total stand apart. */
export function withShareTogether(
  factors: readonly Formula[],
  named: (share: Formula) => Formula,
): readonly Formula[] {
  for (const top of factors)
    for (const below of exponentOf(top) ? factors : []) {
      const share = multiply(top, below);
      if (below === top || !shareOf(share)) continue;
      return factors.flatMap((factor) =>
        factor === below ? [] : [factor === top ? named(share) : factor],
      );
    }
  return factors;
}
