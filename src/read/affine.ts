/** Index formulas as linear forms, for comparing and shifting them. */

import Fraction from 'fraction.js';
import { add, type Formula, multiply, number, zero } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';

/** A linear form: coefficients by the structure of what they multiply, and a constant. */
export interface Affine {
  readonly parts: ReadonlyMap<string, { readonly of: Formula; readonly by: Fraction }>;
  readonly constant: Fraction;
}

/** The linear form of a formula; `undefined` if it has a product of two letters or anything else. */
export function affineOf(formula: Formula): Affine | undefined {
  switch (formula.kind) {
    case 'number':
      return { parts: new Map(), constant: formula.value };
    case 'symbol':
      return {
        parts: new Map([[structureKey(formula), { of: formula, by: new Fraction(1) }]]),
        constant: new Fraction(0),
      };
    case 'add': {
      let total: Affine = { parts: new Map(), constant: new Fraction(0) };
      for (const term of formula.terms) {
        const part = affineOf(term);
        if (!part) return undefined;
        total = combine(total, part, 1);
      }
      return total;
    }
    case 'multiply': {
      const numbers = formula.factors.filter((factor) => factor.kind === 'number');
      const others = formula.factors.filter((factor) => factor.kind !== 'number');
      if (others.length > 1) return undefined;
      const scale = numbers.reduce((product, factor) => product.mul(factor.value), new Fraction(1));
      const inner = others[0] ? affineOf(others[0]) : affineOf(number(1));
      return inner && combine({ parts: new Map(), constant: new Fraction(0) }, inner, scale);
    }
    default:
      return undefined;
  }
}

/** `left + scale * right`. */
export function combine(left: Affine, right: Affine, scale: number | Fraction): Affine {
  const parts = new Map(left.parts);
  for (const [key, { of, by }] of right.parts) {
    const total = (parts.get(key)?.by ?? new Fraction(0)).add(by.mul(scale));
    if (total.equals(0)) parts.delete(key);
    else parts.set(key, { of, by: total });
  }
  return { parts, constant: left.constant.add(right.constant.mul(scale)) };
}

export const isZeroForm = (form: Affine): boolean =>
  form.parts.size === 0 && form.constant.equals(0);

export function affineFormula(form: Affine): Formula {
  const terms = [...form.parts.values()].map(({ of, by }) => multiply(number(by), of));
  const all =
    form.constant.equals(0) && terms.length > 0 ? terms : [...terms, number(form.constant)];
  return all.length === 0 ? zero : add(...all);
}
