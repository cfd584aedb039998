/** Index arithmetic: affine formulas of index variables and sizes. */
import Fraction from 'fraction.js';
import { add, type Formula, multiply, number } from '../expression/formula.js';
import { canonicalKey } from './canonical-key.js';

/** `constant + sum of coefficient * unknown`, unknowns by canonical key. */
export interface Affine {
  readonly constant: Fraction;
  readonly parts: ReadonlyMap<string, { readonly unknown: Formula; readonly coefficient: Fraction }>;
}

const zeroFraction = new Fraction(0);
const empty: Affine = { constant: zeroFraction, parts: new Map() };

/** A formula as an affine one; whatever is not affine counts as one unknown. */
export function affine(formula: Formula): Affine {
  switch (formula.kind) {
    case 'number':
      return { constant: formula.value, parts: new Map() };
    case 'add':
      return formula.terms.map(affine).reduce((sum, part) => combine(sum, part, 1), empty);
    case 'multiply': {
      const parts = formula.factors.map(affine);
      const scale = parts
        .filter((part) => part.parts.size === 0)
        .reduce((total, part) => total.mul(part.constant), new Fraction(1));
      const rest = parts.filter((part) => part.parts.size > 0);
      if (rest.length === 0) return { constant: scale, parts: new Map() };
      if (rest.length === 1) return scaled(rest[0] as Affine, scale);
      return unknownOf(formula);
    }
    default:
      return unknownOf(formula);
  }
}

const unknownOf = (formula: Formula): Affine => ({
  constant: zeroFraction,
  parts: new Map([[canonicalKey(formula), { unknown: formula, coefficient: new Fraction(1) }]]),
});

/** `left + scale * right`. */
export function combine(left: Affine, right: Affine, scale: number | Fraction): Affine {
  const parts = new Map(left.parts);
  for (const [key, part] of right.parts) {
    const coefficient = part.coefficient.mul(scale).add(parts.get(key)?.coefficient ?? 0);
    if (coefficient.equals(0)) parts.delete(key);
    else parts.set(key, { unknown: part.unknown, coefficient });
  }
  return { constant: left.constant.add(right.constant.mul(scale)), parts };
}

export const scaled = (value: Affine, scale: number | Fraction): Affine =>
  combine(empty, value, scale);

/** `left - right` of two index formulas. */
export const difference = (left: Formula, right: Formula): Affine =>
  combine(affine(left), affine(right), -1);

/** The formula of an affine one: unknowns by key, the constant last. */
export function affineFormula(value: Affine): Formula {
  const terms = [...value.parts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, part]) => multiply(number(part.coefficient), part.unknown));
  terms.sort((left, right) => Number(isNegative(left)) - Number(isNegative(right)));
  return add(...terms, number(value.constant));
}

const isNegative = (formula: Formula): boolean =>
  formula.kind === 'multiply' &&
  formula.factors[0]?.kind === 'number' &&
  formula.factors[0].value.compare(0) < 0;

/** One spelling for each index: `l + 1 - 1` becomes `l`. */
export function tidyIndex(formula: Formula): Formula {
  if (formula.kind === 'symbol' || formula.kind === 'number') return formula;
  return affineFormula(affine(formula));
}

/** The integer that an index formula is, if it is one. */
export function asInteger(formula: Formula): number | undefined {
  const value = affine(formula);
  if (value.parts.size > 0 || value.constant.d !== 1n) return undefined;
  return value.constant.valueOf();
}

/** Solves `value = 0` for a symbol that occurs with coefficient 1 or -1. */
export function solveFor(value: Affine, name: string): Formula | undefined {
  for (const [key, part] of value.parts) {
    if (part.unknown.kind !== 'symbol' || part.unknown.name !== name) continue;
    if (part.unknown.indices.length > 0 || !part.coefficient.abs().equals(1)) return undefined;
    const rest = new Map(value.parts);
    rest.delete(key);
    const others: Affine = { constant: value.constant, parts: rest };
    return affineFormula(scaled(others, part.coefficient.neg()));
  }
  return undefined;
}
