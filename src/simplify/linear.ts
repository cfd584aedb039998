/** Linear forms: a constant and coefficients of unknowns, the unknowns told apart by a key. */
import Fraction from 'fraction.js';
import type { Formula } from '../expression/formula.js';

/** `constant + sum of coefficient * unknown`, unknowns by key. */
export interface Affine {
  readonly constant: Fraction;
  readonly parts: ReadonlyMap<
    string,
    { readonly unknown: Formula; readonly coefficient: Fraction }
  >;
}

const zeroFraction = new Fraction(0);
const empty: Affine = { constant: zeroFraction, parts: new Map() };

/** A formula as an affine one; whatever is not affine counts as one unknown. */
export function linear(formula: Formula, key: (part: Formula) => string): Affine {
  switch (formula.kind) {
    case 'number':
      return { constant: formula.value, parts: new Map() };
    case 'add':
      return formula.terms
        .map((term) => linear(term, key))
        .reduce((sum, part) => combine(sum, part, 1), empty);
    case 'multiply': {
      const parts = formula.factors.map((factor) => linear(factor, key));
      const scale = parts
        .filter((part) => part.parts.size === 0)
        .reduce((total, part) => total.mul(part.constant), new Fraction(1));
      const rest = parts.filter((part) => part.parts.size > 0);
      if (rest.length === 0) return { constant: scale, parts: new Map() };
      if (rest.length === 1) return scaled(rest[0] as Affine, scale);
      return unknownOf(formula, key);
    }
    default:
      return unknownOf(formula, key);
  }
}

const unknownOf = (formula: Formula, key: (part: Formula) => string): Affine => ({
  constant: zeroFraction,
  parts: new Map([[key(formula), { unknown: formula, coefficient: new Fraction(1) }]]),
});

/** `left + scale * right`. */
export function combine(left: Affine, right: Affine, scale: number | Fraction): Affine {
  const parts = new Map(left.parts);
  for (const [name, part] of right.parts) {
    const coefficient = part.coefficient.mul(scale).add(parts.get(name)?.coefficient ?? 0);
    if (coefficient.equals(0)) parts.delete(name);
    else parts.set(name, { unknown: part.unknown, coefficient });
  }
  return { constant: left.constant.add(right.constant.mul(scale)), parts };
}

export const scaled = (value: Affine, scale: number | Fraction): Affine =>
  combine(empty, value, scale);
