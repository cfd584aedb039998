/** Affine index arithmetic: sizes are integers of at least 1, all else is decided from that. */
import Fraction from 'fraction.js';
import { add, type Bounds, call, type Formula, multiply, number } from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';

/** `constant + sum of coefficient * atom`; atoms are index variables and sizes. */
export interface Affine {
  readonly constant: Fraction;
  readonly parts: ReadonlyMap<string, { readonly atom: Formula; readonly coefficient: Fraction }>;
}

const scaled = (affine: Affine, by: Fraction): Affine => ({
  constant: affine.constant.mul(by),
  parts: new Map(
    [...affine.parts].map(([key, part]) => [
      key,
      { atom: part.atom, coefficient: part.coefficient.mul(by) },
    ]),
  ),
});

/** The sum of two affine forms. */
export function addAffine(left: Affine, right: Affine): Affine {
  const parts = new Map(left.parts);
  for (const [key, part] of right.parts) {
    const coefficient = (parts.get(key)?.coefficient ?? new Fraction(0)).add(part.coefficient);
    if (coefficient.equals(0)) parts.delete(key);
    else parts.set(key, { atom: part.atom, coefficient });
  }
  return { constant: left.constant.add(right.constant), parts };
}

/** The difference of two affine forms. */
export const subtractAffine = (left: Affine, right: Affine): Affine =>
  addAffine(left, scaled(right, new Fraction(-1)));

/** The affine form of an index or size formula; `undefined` if it is not affine. */
export function affineOf(formula: Formula): Affine | undefined {
  switch (formula.kind) {
    case 'number':
      return { constant: formula.value, parts: new Map() };
    case 'symbol':
      return {
        constant: new Fraction(0),
        parts: new Map([[structureKey(formula), { atom: formula, coefficient: new Fraction(1) }]]),
      };
    case 'add': {
      let total: Affine = { constant: new Fraction(0), parts: new Map() };
      for (const term of formula.terms) {
        const part = affineOf(term);
        if (!part) return undefined;
        total = addAffine(total, part);
      }
      return total;
    }
    case 'multiply': {
      let coefficient = new Fraction(1);
      let rest: Affine | undefined;
      for (const factor of formula.factors) {
        const part = affineOf(factor);
        if (!part) return undefined;
        if (part.parts.size === 0) coefficient = coefficient.mul(part.constant);
        else if (rest) return undefined;
        else rest = part;
      }
      return scaled(rest ?? { constant: new Fraction(1), parts: new Map() }, coefficient);
    }
    default:
      return undefined;
  }
}

/** The formula of an affine form: atoms first, the constant last (`l - 1`). */
export function formulaOf(affine: Affine): Formula {
  const terms = [...affine.parts.values()].map((part) =>
    multiply(number(part.coefficient), part.atom),
  );
  return add(...terms, ...(affine.constant.equals(0) ? [] : [number(affine.constant)]));
}

/** An index formula with its like terms collected; itself if it is not affine. */
export function tidyIndex(formula: Formula): Formula {
  const affine = affineOf(formula);
  return affine ? formulaOf(affine) : formula;
}

/**
 * Compares two index formulas, every size being at least 1: 0 if they are the same, 1 if the left
 * is never smaller, -1 if it is never larger, `undefined` if that is not decided.
 */
export function compareAffine(left: Formula, right: Formula): -1 | 0 | 1 | undefined {
  if (same(left, right)) return 0;
  const a = affineOf(left);
  const b = affineOf(right);
  if (!a || !b) return undefined;
  const difference = subtractAffine(a, b);
  const coefficients = [...difference.parts.values()].map((part) => part.coefficient);
  if (coefficients.length === 0) return difference.constant.compare(0) as -1 | 0 | 1;
  const atOne = coefficients.reduce((total, next) => total.add(next), difference.constant);
  if (coefficients.every((c) => c.compare(0) > 0) && atOne.compare(0) >= 0) return 1;
  if (coefficients.every((c) => c.compare(0) < 0) && atOne.compare(0) <= 0) return -1;
  return undefined;
}

/** Whether `left <= right` is certain. */
export const certainlyAtMost = (left: Formula, right: Formula): boolean => {
  const order = compareAffine(left, right);
  return order === 0 || order === -1;
};

/** The larger of two formulas where it is certain, else `max(left, right)`. */
export function largest(left: Formula, right: Formula): Formula {
  const order = compareAffine(left, right);
  if (order === undefined) return call('max', [left, right]);
  return order >= 0 ? left : right;
}

/** The smaller of two formulas where it is certain, else `min(left, right)`. */
export function smallest(left: Formula, right: Formula): Formula {
  const order = compareAffine(left, right);
  if (order === undefined) return call('min', [left, right]);
  return order <= 0 ? left : right;
}

/** Indices that lie in both ranges. */
export const intersection = (left: Bounds, right: Bounds): Bounds => ({
  lower: largest(left.lower, right.lower),
  upper: smallest(left.upper, right.upper),
});

/**
 * The least range that holds both. A written number against a size (`w_3` beside `w_1..w_L`) is
 * taken to lie inside: models never have a depth below the highest written layer.
 */
export function hull(left: Bounds, right: Bounds): Bounds {
  return {
    lower: hullEnd(left.lower, right.lower, -1),
    upper: hullEnd(left.upper, right.upper, 1),
  };
}

function hullEnd(left: Formula, right: Formula, direction: 1 | -1): Formula {
  const order = compareAffine(left, right);
  if (order !== undefined) return order * direction >= 0 ? left : right;
  if (left.kind === 'number') return direction === 1 ? right : left;
  if (right.kind === 'number') return direction === 1 ? left : right;
  return call(direction === 1 ? 'max' : 'min', [left, right]);
}

/** An index that is one variable plus a whole number. */
export interface Shifted {
  readonly variable: string;
  readonly offset: number;
}

/** Reads `l - 1` as variable `l`, offset -1, if `isVariable` accepts the name. */
export function shiftedOf(
  formula: Formula,
  isVariable: (name: string) => boolean,
): Shifted | undefined {
  const affine = affineOf(formula);
  if (!affine) return undefined;
  const variables = [...affine.parts.values()];
  const [part] = variables;
  if (!part || variables.length !== 1 || !part.coefficient.equals(1)) return undefined;
  if (part.atom.kind !== 'symbol' || part.atom.indices.length > 0) return undefined;
  if (!isVariable(part.atom.name) || affine.constant.d !== 1n) return undefined;
  return { variable: part.atom.name, offset: affine.constant.valueOf() };
}
