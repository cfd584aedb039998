/**
 * Affine index arithmetic: `2 l - 1 + n`, a constant and coefficients of atoms. Equal indices are
 * equal forms, whatever their spelling.
 */
import Fraction from 'fraction.js';
import { add, type Formula, multiply, number } from './formula.js';
import { structureKey } from './same.js';

/** An atom (an index variable, a size, or what is not affine) with its coefficient. */
export interface AffinePart {
  readonly atom: Formula;
  readonly coefficient: Fraction;
}

/** `constant + sum of coefficient * atom`; no coefficient is zero; atoms are told apart by a key. */
export interface Affine {
  readonly constant: Fraction;
  readonly parts: ReadonlyMap<string, AffinePart>;
}

const zeroForm: Affine = { constant: new Fraction(0), parts: new Map() };

const constantForm = (constant: Fraction): Affine => ({ constant, parts: zeroForm.parts });

/** `left + scale * right`. */
export function combine(left: Affine, right: Affine, scale: number | Fraction): Affine {
  const parts = new Map(left.parts);
  for (const [key, part] of right.parts) {
    const coefficient = part.coefficient.mul(scale).add(parts.get(key)?.coefficient ?? 0);
    if (coefficient.equals(0)) parts.delete(key);
    else parts.set(key, { atom: part.atom, coefficient });
  }
  return { constant: left.constant.add(right.constant.mul(scale)), parts };
}

/** `scale * form`. */
export const scaled = (form: Affine, scale: number | Fraction): Affine =>
  combine(zeroForm, form, scale);

/** Whether the form is the number 0. */
export const isZeroForm = (form: Affine): boolean =>
  form.parts.size === 0 && form.constant.equals(0);

/**
 * A formula as an affine form. What is not affine (a product of two letters, a call) counts as one
 * atom under the key that is given.
 */
export function linear(formula: Formula, key: (part: Formula) => string): Affine {
  switch (formula.kind) {
    case 'number':
      return constantForm(formula.value);
    case 'add':
      return formula.terms
        .map((term) => linear(term, key))
        .reduce((total, part) => combine(total, part, 1), zeroForm);
    case 'multiply': {
      const factors = formula.factors.map((factor) => linear(factor, key));
      const scale = factors
        .filter((factor) => factor.parts.size === 0)
        .reduce((product, factor) => product.mul(factor.constant), new Fraction(1));
      const others = factors.filter((factor) => factor.parts.size > 0);
      const [only] = others;
      if (only === undefined) return constantForm(scale);
      return others.length === 1 ? scaled(only, scale) : atomForm(formula, key);
    }
    default:
      return atomForm(formula, key);
  }
}

const atomForm = (atom: Formula, key: (part: Formula) => string): Affine => ({
  constant: zeroForm.constant,
  parts: new Map([[key(atom), { atom, coefficient: new Fraction(1) }]]),
});

/** The affine form of an index or size formula; `undefined` if it is not affine in its names. */
export function affineOf(formula: Formula): Affine | undefined {
  const form = linear(formula, structureKey);
  return [...form.parts.values()].every((part) => part.atom.kind === 'symbol') ? form : undefined;
}

/** The formula of an affine form: atoms in the order they were met, the constant last (`l - 1`). */
export function formulaOf(form: Affine): Formula {
  const terms = [...form.parts.values()].map((part) =>
    multiply(number(part.coefficient), part.atom),
  );
  return add(...terms, ...(form.constant.equals(0) ? [] : [number(form.constant)]));
}

/** What the atom under a key must be for the form to be zero; the form has it. */
export function solvedFor(form: Affine, key: string): Formula {
  const { coefficient } = form.parts.get(key) as AffinePart;
  const rest = { ...form, parts: new Map([...form.parts].filter(([other]) => other !== key)) };
  return formulaOf(scaled(rest, coefficient.inverse().neg()));
}
