/**
 * Affine forms over integers: `2 l - 1 + n[l]`. Index formulas are read into them, so that equal
 * indices are equal forms whatever their spelling.
 */
import {
  add,
  type Formula,
  multiply,
  number,
  type SymbolFormula,
  symbol,
} from '../../expression/formula.js';
import { structureKey } from '../../expression/same.js';
import { freeNames, type Substitution, substitute } from '../../expression/walk.js';

/** One atom with its coefficient; an atom is an index variable, a size, or anything not affine. */
export interface AffineTerm {
  readonly atom: Formula;
  readonly coefficient: number;
}

/** `constant + sum of coefficient * atom`; no coefficient is zero. Keys are structure keys. */
export interface Affine {
  readonly constant: number;
  readonly terms: ReadonlyMap<string, AffineTerm>;
}

const remembered = new WeakMap<Formula, Affine>();

/** Whether the atom is a plain name (an index variable or a size without indices). */
export const isPlain = (atom: Formula): atom is SymbolFormula =>
  atom.kind === 'symbol' && atom.indices.length === 0;

export const affineNumber = (constant: number): Affine => ({ constant, terms: new Map() });

/** Reads an index formula; what is not affine with integer coefficients becomes an opaque atom. */
export function toAffine(formula: Formula): Affine {
  const known = remembered.get(formula);
  if (known) return known;
  const result = read(formula);
  remembered.set(formula, result);
  return result;
}

function read(formula: Formula): Affine {
  switch (formula.kind) {
    case 'number':
      if (formula.value.d === 1n) return affineNumber(Number(formula.value.valueOf()));
      break;
    case 'add':
      return formula.terms.map(toAffine).reduce(plus, affineNumber(0));
    case 'multiply': {
      const parts = formula.factors.map(toAffine);
      const constants = parts.filter((part) => part.terms.size === 0);
      const others = parts.filter((part) => part.terms.size > 0);
      const coefficient = constants.reduce((total, part) => total * part.constant, 1);
      if (others.length === 0) return affineNumber(coefficient);
      if (others.length === 1) return scale(others[0] as Affine, coefficient);
      break;
    }
    default:
  }
  const atom =
    formula.kind === 'symbol' ? symbol(formula.name, formula.indices.map(tidyIndex)) : formula;
  return { constant: 0, terms: new Map([[structureKey(atom), { atom, coefficient: 1 }]]) };
}

export function scale(form: Affine, factor: number): Affine {
  if (factor === 1) return form;
  if (factor === 0) return affineNumber(0);
  const terms = new Map<string, AffineTerm>();
  for (const [key, term] of form.terms)
    terms.set(key, { atom: term.atom, coefficient: term.coefficient * factor });
  return { constant: form.constant * factor, terms };
}

export function plus(left: Affine, right: Affine): Affine {
  if (right.terms.size === 0)
    return right.constant === 0
      ? left
      : { constant: left.constant + right.constant, terms: left.terms };
  const terms = new Map(left.terms);
  for (const [key, term] of right.terms) {
    const coefficient = (terms.get(key)?.coefficient ?? 0) + term.coefficient;
    if (coefficient === 0) terms.delete(key);
    else terms.set(key, { atom: term.atom, coefficient });
  }
  return { constant: left.constant + right.constant, terms };
}

export const minus = (left: Affine, right: Affine): Affine => plus(left, scale(right, -1));

/** Writes the form as an index formula: positive terms first, then the constant (`l - 1`). */
export function toFormula(form: Affine): Formula {
  const terms = [...form.terms.values()];
  const ordered = [
    ...terms.filter((term) => term.coefficient > 0),
    ...terms.filter((term) => term.coefficient < 0),
  ].map((term) => multiply(number(term.coefficient), term.atom));
  if (form.constant > 0 && ordered.length > 0 && terms.every((term) => term.coefficient < 0))
    return add(number(form.constant), ...ordered);
  return add(
    ...ordered,
    ...(form.constant === 0 && ordered.length > 0 ? [] : [number(form.constant)]),
  );
}

/** Replaces index variables, also inside opaque atoms (`n[l]`). */
export function substituteAffine(form: Affine, replacements: Substitution): Affine {
  let touched = false;
  for (const term of form.terms.values()) {
    for (const name of freeNames(term.atom)) if (replacements.has(name)) touched = true;
  }
  if (!touched) return form;
  let result = affineNumber(form.constant);
  for (const term of form.terms.values())
    result = plus(result, scale(toAffine(substitute(term.atom, replacements)), term.coefficient));
  return result;
}

/** The index formula in its one spelling (`-1 + l + 2` is `l + 1`). */
export const tidyIndex = (index: Formula): Formula =>
  index.kind === 'number' || index.kind === 'symbol' ? index : toFormula(toAffine(index));

/** Coefficient of a plain variable. */
export const coefficientOf = (form: Affine, name: string): number =>
  form.terms.get(structureKey(symbol(name)))?.coefficient ?? 0;

/** Whether the variable occurs in the form, inside an opaque atom included. */
export const mentions = (form: Affine, name: string): boolean =>
  [...form.terms.values()].some((term) => freeNames(term.atom).has(name));

/** Whether it occurs inside an opaque atom, where it cannot be solved for. */
export const hidden = (form: Affine, name: string): boolean =>
  [...form.terms.values()].some((term) => !isPlain(term.atom) && freeNames(term.atom).has(name));

/** A text equal exactly for equal forms. */
export const affineKey = (form: Affine): string =>
  `${[...form.terms]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, term]) => `${term.coefficient}${key}`)
    .join('+')}+${form.constant}`;
