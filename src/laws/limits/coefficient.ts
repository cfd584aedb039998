/** Coefficients of series: polynomials with rational coefficients over atoms that are constant. */
import Fraction from 'fraction.js';
import { add, call, type Formula, multiply, number, power } from '../../expression/formula.js';
import { structureKey } from '../../expression/same.js';
import { Unsupported } from '../../expression/unsupported.js';
import { numberOf } from './closed.js';
import { isPositiveFactor } from './positive.js';

interface Part {
  readonly value: Fraction;
  /** Atoms with rational exponents, in the order of their keys. */
  readonly atoms: readonly { readonly atom: Formula; readonly exponent: Fraction }[];
}

/** Parts by the key of their atoms; none is zero, so the empty map is zero. */
export type Coefficient = ReadonlyMap<string, Part>;

export const noCoefficient: Coefficient = new Map();

const keyOf = (atoms: Part['atoms']): string =>
  atoms.map(({ atom, exponent }) => `${structureKey(atom)}^${exponent.toFraction()}`).join('*');

const single = (part: Part): Coefficient =>
  part.value.equals(0) ? noCoefficient : new Map([[keyOf(part.atoms), part]]);

export const rational = (value: Fraction | number): Coefficient =>
  single({ value: new Fraction(value), atoms: [] });

const atomic = (atom: Formula, exponent: Fraction | number = 1): Coefficient =>
  single({ value: new Fraction(1), atoms: [{ atom, exponent: new Fraction(exponent) }] });

export const isZero = (coefficient: Coefficient): boolean => coefficient.size === 0;

export function plus(left: Coefficient, right: Coefficient): Coefficient {
  const result = new Map(left);
  for (const [key, part] of right) {
    const value = (result.get(key)?.value ?? new Fraction(0)).add(part.value);
    if (value.equals(0)) result.delete(key);
    else result.set(key, { value, atoms: part.atoms });
  }
  return result;
}

export function times(left: Coefficient, right: Coefficient): Coefficient {
  let result = noCoefficient;
  for (const first of left.values())
    for (const second of right.values())
      result = plus(
        result,
        single({
          value: first.value.mul(second.value),
          atoms: mergeAtoms(first.atoms, second.atoms),
        }),
      );
  return result;
}

function mergeAtoms(left: Part['atoms'], right: Part['atoms']): Part['atoms'] {
  const exponents = new Map(left.map((item) => [structureKey(item.atom), item]));
  for (const { atom, exponent } of right) {
    const key = structureKey(atom);
    const total = (exponents.get(key)?.exponent ?? new Fraction(0)).add(exponent);
    if (total.equals(0)) exponents.delete(key);
    else exponents.set(key, { atom, exponent: total });
  }
  return [...exponents].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

/** The coefficient as a formula. */
export function formulaOf(coefficient: Coefficient): Formula {
  const parts = [...coefficient.values()].map(({ value, atoms }) =>
    multiply(number(value), ...atoms.map(({ atom, exponent }) => power(atom, number(exponent)))),
  );
  return add(...parts);
}

/** A constant formula as a coefficient: its polynomial structure is seen, the rest are atoms. */
export function coefficientOf(formula: Formula): Coefficient {
  switch (formula.kind) {
    case 'number':
      return rational(formula.value);
    case 'add':
      return formula.terms.map(coefficientOf).reduce(plus, noCoefficient);
    case 'multiply':
      return formula.factors.map(coefficientOf).reduce(times, rational(1));
    case 'power':
      return formula.exponent.kind === 'number'
        ? raised(coefficientOf(formula.base), formula.exponent.value)
        : atomic(formula);
    case 'call': {
      const exact = exactValue(formula);
      return exact ? rational(exact) : atomic(formula);
    }
    case 'constant':
      if (formula.name === 'infinity')
        throw new Unsupported(
          'infinity stands in the formula of a limit; only `to` may be it',
          formula,
        );
      return atomic(formula);
    default:
      return atomic(formula);
  }
}

/** Values such as sin(0), exp(0), log(1), sigmoid(0): a half of an integer at 0, 1 or -1. */
function exactValue(formula: Extract<Formula, { kind: 'call' }>): Fraction | undefined {
  const [only] = formula.args;
  if (formula.args.length !== 1 || only?.kind !== 'number') return undefined;
  if (![0, 1, -1].some((simple) => only.value.equals(simple))) return undefined;
  const value = numberOf(formula);
  return value !== undefined && Number.isInteger(2 * value)
    ? new Fraction(2 * value, 2)
    : undefined;
}

/** The sign of a coefficient; `undefined` where names or digits leave it open. */
export function signOf(coefficient: Coefficient): -1 | 0 | 1 | undefined {
  if (isZero(coefficient)) return 0;
  const known = signOfParts(coefficient);
  if (known) return known;
  const value = numberOf(formulaOf(coefficient));
  // Closer to zero than rounding can tell: it may be zero in disguise.
  if (value === undefined || Number.isNaN(value) || Math.abs(value) < 1e-12) return undefined;
  return value > 0 ? 1 : -1;
}

/** The sign where every part is a number of one sign times names known to be positive. */
function signOfParts(coefficient: Coefficient): -1 | 1 | undefined {
  const parts = [...coefficient.values()];
  const positive = parts.every(({ atoms }) =>
    atoms.every(({ atom, exponent }) => isPositiveFactor(atom, exponent)),
  );
  if (!positive) return undefined;
  if (parts.every(({ value }) => value.compare(0) > 0)) return 1;
  return parts.every(({ value }) => value.compare(0) < 0) ? -1 : undefined;
}

/** A coefficient to a rational power. The caller has made sure that it is positive, if it must be. */
export function raised(coefficient: Coefficient, exponent: Fraction): Coefficient {
  if (exponent.equals(0)) return rational(1);
  const isInteger = exponent.d === 1n;
  const [only, ...more] = [...coefficient.values()];
  if (only && more.length === 0) {
    const value = only.value.pow(exponent);
    if (value !== null && (isInteger || only.value.compare(0) > 0)) {
      const atoms = only.atoms.map((item) => ({ ...item, exponent: item.exponent.mul(exponent) }));
      return single({ value: new Fraction(value), atoms });
    }
  }
  if (isInteger && exponent.compare(0) > 0 && exponent.compare(8) <= 0) {
    const count = Number(exponent.valueOf());
    return Array.from({ length: count }, () => coefficient).reduce(times, rational(1));
  }
  return atomic(formulaOf(coefficient), exponent);
}

/** A function of a constant. */
export const applied = (name: string, coefficient: Coefficient): Coefficient =>
  coefficientOf(call(name, [formulaOf(coefficient)]));
