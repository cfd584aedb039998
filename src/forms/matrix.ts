/**
 * Matrix expressions, as they arise while indices are eliminated.
 *
 * A vector is a matrix with one column (`unit`), so dot products, outer products, `M v` and chains
 * are one kind of thing. A {@link Value} is a sum of terms; a term without a matrix is a number
 * that spreads over the whole family.
 */
import Fraction from 'fraction.js';
import {
  type CallFormula,
  call,
  type Formula,
  number,
  operation,
  power,
  rawAdd,
  rawMultiply,
} from '../expression/formula.js';
import { structureKey } from '../expression/same.js';

/** A size, by the structure of its formula; `unit` for the one column of a vector. */
export type Dimension = string;
export const UNIT: Dimension = 'unit';

interface Shape {
  readonly rows: Dimension;
  readonly cols: Dimension;
}

export type Matrix = Shape &
  (
    | { readonly kind: 'leaf'; readonly formula: Formula; readonly symmetric: boolean }
    | { readonly kind: 'transpose'; readonly of: Matrix }
    | { readonly kind: 'chain'; readonly factors: readonly Matrix[] }
    | { readonly kind: 'hadamard'; readonly factors: readonly Matrix[] }
    /** `u .^ n` with a whole number n, also below zero. */
    | { readonly kind: 'power'; readonly of: Matrix; readonly exponent: number }
    | { readonly kind: 'diagonal'; readonly of: Matrix }
    /** A function of one number, of each entry; `function` holds its name and slots. */
    | { readonly kind: 'each'; readonly function: CallFormula; readonly of: Matrix }
    | { readonly kind: 'family'; readonly name: 'softmax' | 'log_softmax'; readonly of: Matrix }
    | { readonly kind: 'inverse'; readonly of: Matrix }
    | { readonly kind: 'sum'; readonly terms: readonly Term[] }
    | { readonly kind: 'ones' }
    | { readonly kind: 'identity' }
  );

export interface Term {
  readonly coefficient: Fraction;
  readonly scalars: readonly Formula[];
  readonly matrix: Matrix | undefined;
}

export interface Value extends Shape {
  readonly terms: readonly Term[];
}

/** No matrix form on this way; the reason is what the user is told. */
export class NoMatrixForm extends Error {
  override readonly name = 'NoMatrixForm';
}

const formulas = new WeakMap<Matrix, Formula>();

/** The surface formula of a matrix expression. */
export function matrixFormula(matrix: Matrix): Formula {
  const known = formulas.get(matrix);
  if (known) return known;
  const made = freshFormula(matrix);
  formulas.set(matrix, made);
  return made;
}

function freshFormula(matrix: Matrix): Formula {
  switch (matrix.kind) {
    case 'leaf':
      return matrix.formula;
    case 'transpose':
      return operation('transpose', matrixFormula(matrix.of));
    case 'chain':
      return rawMultiply(matrix.factors.map(matrixFormula));
    case 'hadamard':
      return hadamardFormula(matrix.factors);
    case 'power':
      return powerFormula(matrix.of, matrix.exponent);
    case 'diagonal':
      return operation('diagonal', matrixFormula(matrix.of));
    case 'each':
      return call(matrix.function.name, [matrixFormula(matrix.of)], {
        indices: matrix.function.indices,
        slots: matrix.function.slots,
      });
    case 'family':
      return call(matrix.name, [matrixFormula(matrix.of)]);
    case 'inverse':
      return operation('inverse', matrixFormula(matrix.of));
    case 'sum':
      return valueFormula(matrix);
    case 'ones':
      return matrix.rows === UNIT && matrix.cols !== UNIT
        ? operation('transpose', operation('ones'))
        : operation('ones');
    case 'identity':
      return operation('identity');
  }
}

/**
 * A column repeated (`u ones^T`) or a row repeated (`ones v^T`) stands for itself beside a matrix:
 * there it spreads over the columns or rows.
 */
function besideMatrix(matrix: Matrix): Formula {
  if (matrix.kind !== 'chain' || matrix.rows === UNIT || matrix.cols === UNIT)
    return matrixFormula(matrix);
  const first = matrix.factors[0] as Matrix;
  const last = matrix.factors[matrix.factors.length - 1] as Matrix;
  // `ones ones^T` repeats neither: short it would look like a column.
  if (matrix.factors.every((factor) => factor.kind === 'ones')) return matrixFormula(matrix);
  if (last.kind === 'ones' && last.rows === UNIT)
    return rawMultiply(matrix.factors.slice(0, -1).map(matrixFormula));
  if (first.kind === 'ones' && first.cols === UNIT)
    return rawMultiply(matrix.factors.slice(1).map(matrixFormula));
  return matrixFormula(matrix);
}

/** Whether a matrix only repeats a column or a row. */
const isRepeated = (matrix: Matrix): boolean =>
  matrix.kind === 'ones' || besideMatrix(matrix) !== matrixFormula(matrix);

/** How to write the parts of a sum or elementwise product: repeated ones short, if one is not. */
const writerFor = (parts: readonly (Matrix | undefined)[]): ((matrix: Matrix) => Formula) =>
  parts.some((part) => part !== undefined && !isRepeated(part)) ? besideMatrix : matrixFormula;

const elementwise = (factors: readonly Formula[]): Formula =>
  factors.reduce((left, right) => operation('elementwise', left, right));

/** Whole powers of entries as products, since `x^2` of a matrix is a matrix product. */
function powerFormula(of: Matrix, exponent: number): Formula {
  const base = matrixFormula(of);
  const factors = Array.from({ length: Math.abs(exponent) }, () => base);
  if (exponent > 0) return elementwise(factors);
  return operation('elementwise_divide', number(1), elementwise(factors));
}

function hadamardFormula(factors: readonly Matrix[]): Formula {
  const above = factors.filter((part) => !(part.kind === 'power' && part.exponent < 0));
  const below = factors.flatMap((part): readonly Formula[] =>
    part.kind === 'power' && part.exponent < 0 ? [powerFormula(part.of, -part.exponent)] : [],
  );
  const write = writerFor(above);
  const over = above.length === 0 ? number(1) : elementwise(above.map(write));
  return below.length === 0 ? over : operation('elementwise_divide', over, elementwise(below));
}

const isDivisor = (scalar: Formula): boolean =>
  scalar.kind === 'power' &&
  scalar.exponent.kind === 'number' &&
  scalar.exponent.value.compare(0) < 0;

/** Divisors other than sizes stand behind what they divide: `x/norm(x)`, but `1/N X^T r`. */
function termFormula(term: Term, spreads: boolean, write: (matrix: Matrix) => Formula): Formula {
  const isLate = (scalar: Formula): boolean =>
    isDivisor(scalar) && scalar.kind === 'power' && scalar.base.kind !== 'symbol';
  const early = term.scalars.filter((scalar) => !isLate(scalar));
  const late = term.scalars.filter(isLate);
  const matrix = term.matrix ? [write(term.matrix)] : spreads ? [operation('ones')] : [];
  const factors = [...early, ...matrix, ...late];
  const isPlain = term.coefficient.equals(1) && factors.length > 0;
  return rawMultiply(isPlain ? factors : [number(term.coefficient), ...factors]);
}

/** The surface formula of a value; a lone number for a whole family is written with `ones`. */
export function valueFormula(value: Value): Formula {
  if (value.terms.length === 0) return number(0);
  const isFamily = value.rows !== UNIT || value.cols !== UNIT;
  const spreads = isFamily && value.terms.every((term) => term.matrix === undefined);
  const write = writerFor(value.terms.map((term) => term.matrix));
  return rawAdd(value.terms.map((term, place) => termFormula(term, spreads && place === 0, write)));
}

/** Equal texts for equal matrix expressions of equal shape. */
export const matrixKey = (matrix: Matrix): string =>
  `${structureKey(matrixFormula(matrix))}:${matrix.rows}x${matrix.cols}`;

export const termKey = (term: Term): string =>
  `${term.scalars.map(structureKey).toSorted().join('*')}|${term.matrix ? matrixKey(term.matrix) : '1'}`;

export const isUnit = (shape: Shape): boolean => shape.rows === UNIT && shape.cols === UNIT;

/** `x^a x^b` gathered, `(norm^2)^(1/2)` worked out, numbers taken out. */
export function gatherScalars(scalars: readonly Formula[]): {
  readonly coefficient: Fraction;
  readonly scalars: readonly Formula[];
} {
  let coefficient = new Fraction(1);
  const bases = new Map<string, { base: Formula; exponent: Fraction }>();
  const others: Formula[] = [];
  for (const scalar of scalars.flatMap(flatFactors)) {
    if (scalar.kind === 'number') {
      coefficient = coefficient.mul(scalar.value);
      continue;
    }
    const { base, exponent } = baseOf(scalar);
    const key = structureKey(base);
    const known = bases.get(key);
    if (known) known.exponent = known.exponent.add(exponent);
    else bases.set(key, { base, exponent });
  }
  for (const { base, exponent } of bases.values())
    if (!exponent.equals(0)) others.push(power(base, number(exponent)));
  return { coefficient, scalars: others };
}

/** The factors of a number; whole powers of products are powers of their factors. */
function flatFactors(formula: Formula): readonly Formula[] {
  if (formula.kind === 'multiply')
    return formula.factors.some(isFamilyFactor) ? [formula] : formula.factors.flatMap(flatFactors);
  if (formula.kind !== 'power' || formula.base.kind !== 'multiply') return [formula];
  const { base, exponent } = formula;
  const isWhole = exponent.kind === 'number' && exponent.value.d === 1n;
  if (!isWhole || base.factors.some(isFamilyFactor)) return [formula];
  return base.factors.flatMap((factor) => flatFactors(power(factor, exponent)));
}

/** Operations that give a number. */
const NUMBERS: ReadonlySet<string> = new Set([
  'norm',
  'norm1',
  'frobenius',
  'trace',
  'determinant',
]);

/** Whether a factor of a scalar chain such as `x^T A x` is itself a family. */
const isFamilyFactor = (formula: Formula): boolean =>
  (formula.kind === 'operation' && !NUMBERS.has(formula.name)) ||
  (formula.kind === 'symbol' && formula.indices.some((index) => index.kind === 'whole'));

function baseOf(scalar: Formula): { readonly base: Formula; readonly exponent: Fraction } {
  if (scalar.kind === 'call' && scalar.name === 'sqrt' && scalar.slots.length === 0) {
    const inner = baseOf(scalar.args[0] as Formula);
    if (isNorm(inner.base)) return { base: inner.base, exponent: inner.exponent.div(2) };
    return { base: scalar, exponent: new Fraction(1) };
  }
  if (scalar.kind === 'power' && scalar.exponent.kind === 'number') {
    const inner = baseOf(scalar.base);
    const isSafe = isNorm(inner.base) || scalar.exponent.value.d === 1n;
    if (isSafe) return { base: inner.base, exponent: inner.exponent.mul(scalar.exponent.value) };
  }
  return { base: scalar, exponent: new Fraction(1) };
}

/** Norms are not negative, so that roots of their squares may be worked out. */
const isNorm = (formula: Formula): boolean =>
  formula.kind === 'operation' && (formula.name === 'norm' || formula.name === 'frobenius');
