/** Conditions as polynomials of 0 and 1: one atom `1{q > 0}` per half line, deltas for indices. */
import { type Affine, scaled } from '../expression/affine.js';
import {
  add,
  type Condition,
  delta,
  type Formula,
  indicator,
  negate,
  one,
  type Relation,
  subtract,
  zero,
} from '../expression/formula.js';
import { affine, affineFormula } from './affine.js';
import { isNonNegative } from './ranges.js';
import type { Session } from './session.js';
import { isPositive, isPositivePolynomial, unit } from './signs.js';
import {
  addAll,
  atom,
  constant,
  constantOf,
  isConstant,
  onlyTerm,
  type Polynomial,
  polynomialFormula,
  polynomialOf,
  scale,
  sortedTerms,
} from './term.js';
import { positiveIndicator, timesAll } from './tidy.js';

/** 1 where a condition holds, else 0. */
export function truth(condition: Condition, session: Session): Polynomial {
  switch (condition.kind) {
    case 'and':
      return timesAll(
        condition.parts.map((part) => truth(part, session)),
        session,
      );
    case 'or':
      return complement(
        timesAll(
          condition.parts.map((part) => complement(truth(part, session))),
          session,
        ),
      );
    case 'member':
      return atom(indicator(condition));
    case 'compare':
      return comparison(condition.left, condition.relation, condition.right, session);
  }
}

export const complement = (value: Polynomial): Polynomial =>
  addAll([constant(1), scale(value, -1)]);

function comparison(
  left: Formula,
  relation: Relation,
  right: Formula,
  session: Session,
): Polynomial {
  const gap = subtract(left, right);
  const whole = isWholeFormula(gap, session);
  switch (relation) {
    case '>':
      return isPositiveTruth(gap, session);
    case '<':
      return isPositiveTruth(negate(gap), session);
    case '>=':
      return complement(isPositiveTruth(negate(gap), session));
    case '<=':
      return complement(isPositiveTruth(gap, session));
    case '=':
      return whole
        ? equalIndices(left, right, session)
        : complement(comparison(left, '!=', right, session));
    case '!=':
      return whole
        ? complement(equalIndices(left, right, session))
        : addAll([isPositiveTruth(gap, session), isPositiveTruth(negate(gap), session)]);
  }
}

/** Whether a formula is a whole number whatever its indices are. */
export function isWholeFormula(formula: Formula, session: Session): boolean {
  const value = affine(formula);
  return (
    value.constant.d === 1n &&
    [...value.parts.values()].every(
      (part) =>
        part.coefficient.d === 1n && part.atom.kind === 'symbol' && session.isWhole(part.atom.name),
    )
  );
}

/** `1{gap > 0}`. */
function isPositiveTruth(gap: Formula, session: Session): Polynomial {
  if (isWholeFormula(gap, session)) return wholeTruth(affine(gap), session);
  const value = session.normalise(gap);
  if (isConstant(value)) return constant(constantOf(value).compare(0) > 0 ? 1 : 0);
  if (isPositivePolynomial(value, session)) return constant(1);
  if (isPositivePolynomial(scale(value, -1), session)) return constant(0);
  return atom(positiveIndicator(polynomialFormula(unit(withoutPositive(value, session)))));
}

/** A single term without the factors whose sign is known. */
function withoutPositive(value: Polynomial, session: Session): Polynomial {
  const term = onlyTerm(value);
  if (!term || term.bounds.length > 0) return value;
  const factors = new Map(
    [...term.factors].filter(([, factor]) => !isPositive(factor.base, session)),
  );
  return factors.size === 0 ? value : polynomialOf([{ ...term, factors }]);
}

/** For whole numbers `q > 0` is `q >= 1`: decided where it follows, one sign of q kept. */
function wholeTruth(gap: Affine, session: Session): Polynomial {
  const less = { ...gap, constant: gap.constant.sub(1) };
  if (isNonNegative(less, session.knowledge)) return constant(1);
  if (isNonNegative(scaled(gap, -1), session.knowledge)) return constant(0);
  const formula = affineFormula(gap);
  const [, lead] = sortedTerms(session.normalise(formula)).find(([key]) => key !== '') ?? [];
  if (lead && lead.coefficient.compare(0) < 0)
    return complement(atom(positiveIndicator(add(one, affineFormula(scaled(gap, -1))))));
  return atom(positiveIndicator(formula));
}

/** Kronecker's delta of two indices; 0 or 1 where that follows. */
export function equalIndices(left: Formula, right: Formula, session: Session): Polynomial {
  const gap = affine(subtract(left, right));
  if (gap.parts.size === 0) return constant(gap.constant.equals(0) ? 1 : 0);
  const apart = { ...gap, constant: gap.constant.sub(1) };
  const below = { ...scaled(gap, -1), constant: gap.constant.neg().sub(1) };
  if (isNonNegative(apart, session.knowledge) || isNonNegative(below, session.knowledge))
    return constant(0);
  const [, lead] = [...gap.parts].sort(([first], [second]) => (first < second ? -1 : 1))[0] ?? [];
  const upright = lead && lead.coefficient.compare(0) < 0 ? scaled(gap, -1) : gap;
  return atom(delta(affineFormula(upright), zero));
}
