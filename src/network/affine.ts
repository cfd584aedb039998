/** Affine index arithmetic: sizes are integers of at least 1, all else is decided from that. */
import { affineOf, combine, formulaOf } from '../expression/affine.js';
import { type Bounds, call, type Formula } from '../expression/formula.js';
import { same } from '../expression/same.js';

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
  const difference = combine(a, b, -1);
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
function largest(left: Formula, right: Formula): Formula {
  const order = compareAffine(left, right);
  if (order === undefined) return call('max', [left, right]);
  return order >= 0 ? left : right;
}

/** The smaller of two formulas where it is certain, else `min(left, right)`. */
function smallest(left: Formula, right: Formula): Formula {
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
