/** Index arithmetic: affine formulas of index variables and sizes. */
import { type Affine, combine, linear, scaled } from '../expression/affine.js';
import { add, type Formula, multiply, number } from '../expression/formula.js';
import { canonicalKey } from './canonical-key.js';

/** An index formula as a linear form, unknowns by canonical key. */
export const affine = (formula: Formula): Affine => linear(formula, (part) => canonicalKey(part));

/** `left - right` of two index formulas. */
export const difference = (left: Formula, right: Formula): Affine =>
  combine(affine(left), affine(right), -1);

/** The formula of an affine one: unknowns by key, the constant last. */
export function affineFormula(value: Affine): Formula {
  const terms = [...value.parts]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, part]) => multiply(number(part.coefficient), part.atom));
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
    if (part.atom.kind !== 'symbol' || part.atom.name !== name) continue;
    if (part.atom.indices.length > 0 || !part.coefficient.abs().equals(1)) return undefined;
    const rest = new Map(value.parts);
    rest.delete(key);
    const others: Affine = { constant: value.constant, parts: rest };
    return affineFormula(scaled(others, part.coefficient.neg()));
  }
  return undefined;
}
