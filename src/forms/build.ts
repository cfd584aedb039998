/** Smart constructors: each gives the shortest way to write what it makes. */
import Fraction from 'fraction.js';
import { type Formula, number, operation, power } from '../expression/formula.js';
import {
  type Dimension,
  gatherScalars,
  isUnit,
  type Matrix,
  matrixFormula,
  matrixKey,
  type Term,
  UNIT,
  type Value,
} from './matrix.js';
import { lengthOf } from './measure.js';

export const ones = (rows: Dimension, cols: Dimension): Matrix => ({ kind: 'ones', rows, cols });
export const identity = (size: Dimension): Matrix => ({ kind: 'identity', rows: size, cols: size });

export const termOf = (matrix: Matrix | undefined, scalars: readonly Formula[] = []): Term => {
  const gathered = gatherScalars(scalars);
  return { coefficient: gathered.coefficient, scalars: gathered.scalars, matrix };
};

const scaled = (term: Term, scalars: readonly Formula[], coefficient: Fraction): Term => {
  const gathered = gatherScalars([...scalars, ...term.scalars]);
  return {
    coefficient: term.coefficient.mul(coefficient).mul(gathered.coefficient),
    scalars: gathered.scalars,
    matrix: term.matrix,
  };
};

/** A value as one matrix; a single bare term is that matrix itself. */
export function asMatrix(value: Value): Matrix {
  const [term] = value.terms;
  if (value.terms.length === 1 && term?.coefficient.equals(1) && term.scalars.length === 0)
    return term.matrix ?? ones(value.rows, value.cols);
  return { kind: 'sum', terms: value.terms, rows: value.rows, cols: value.cols };
}

/** The transpose, pushed to the leaves: chains turn round, brackets term by term. */
export function transpose(matrix: Matrix): Matrix {
  const shape = { rows: matrix.cols, cols: matrix.rows };
  switch (matrix.kind) {
    case 'transpose':
      return matrix.of;
    case 'leaf':
      return matrix.symmetric || isUnit(matrix)
        ? matrix
        : { kind: 'transpose', of: matrix, ...shape };
    case 'chain':
      return { kind: 'chain', factors: matrix.factors.map(transpose).toReversed(), ...shape };
    case 'hadamard':
      // A column of products is turned as a whole: (u .* v)^T, not u^T .* v^T.
      return matrix.rows !== UNIT && matrix.cols === UNIT
        ? { kind: 'transpose', of: matrix, ...shape }
        : shorterTranspose(matrix, {
            kind: 'hadamard',
            factors: matrix.factors.map(transpose),
            ...shape,
          });
    case 'sum':
      if (matrix.cols === UNIT) return { kind: 'transpose', of: matrix, ...shape };
      return shorterTranspose(matrix, {
        kind: 'sum',
        terms: matrix.terms.map((term) => ({
          ...term,
          matrix: term.matrix && transpose(term.matrix),
        })),
        ...shape,
      });
    case 'power':
      return matrix.cols === UNIT
        ? { kind: 'transpose', of: matrix, ...shape }
        : { ...matrix, of: transpose(matrix.of), ...shape };
    case 'each': {
      const of = transpose(matrix.of);
      return of.kind === 'transpose' || of.kind === 'chain'
        ? { kind: 'transpose', of: matrix, ...shape }
        : { ...matrix, of, ...shape };
    }
    case 'ones':
      return ones(shape.rows, shape.cols);
    case 'diagonal':
    case 'identity':
      return matrix;
    case 'inverse':
      return matrixKey(transpose(matrix.of)) === matrixKey(matrix.of)
        ? matrix
        : { kind: 'transpose', of: matrix, ...shape };
    default:
      return { kind: 'transpose', of: matrix, ...shape };
  }
}

/** The transpose with transposes inside, or around the whole where that is shorter. */
function shorterTranspose(matrix: Matrix, inside: Matrix): Matrix {
  const around = lengthOf(matrixFormula(matrix)) + 0.5;
  if (lengthOf(matrixFormula(inside)) <= around) return inside;
  return { kind: 'transpose', of: matrix, rows: matrix.cols, cols: matrix.rows };
}

/** `diag(u)` of a column. */
export function diagonal(of: Matrix): Matrix {
  if (of.kind === 'ones') return identity(of.rows);
  return { kind: 'diagonal', of, rows: of.rows, cols: of.rows };
}

/** The elementwise product of matrices of one shape; ones fall out, equal factors make powers. */
export function hadamard(factors: readonly Matrix[], shape: Value | Matrix): Matrix {
  const { rows, cols } = shape;
  const counted = new Map<string, { matrix: Matrix; exponent: number }>();
  for (const factor of factors.flatMap((part) =>
    part.kind === 'hadamard' ? part.factors : [part],
  )) {
    if (factor.kind === 'ones') continue;
    const base = factor.kind === 'power' ? factor.of : factor;
    const exponent = factor.kind === 'power' ? factor.exponent : 1;
    const key = matrixKey(base);
    const known = counted.get(key);
    if (known) known.exponent += exponent;
    else counted.set(key, { matrix: base, exponent });
  }
  const parts = [...counted.values()].flatMap(({ matrix, exponent }): readonly Matrix[] =>
    exponent === 0 ? [] : [raised(matrix, exponent)],
  );
  const [only] = parts;
  if (only === undefined) return ones(rows, cols);
  return parts.length === 1 ? only : { kind: 'hadamard', factors: parts, rows, cols };
}

/** Each entry to a whole power. */
export function raised(matrix: Matrix, exponent: number): Matrix {
  if (exponent === 1) return matrix;
  if (matrix.kind === 'power') return raised(matrix.of, matrix.exponent * exponent);
  if (matrix.kind === 'ones') return matrix;
  if (matrix.kind === 'hadamard')
    return hadamard(
      matrix.factors.map((factor) => raised(factor, exponent)),
      matrix,
    );
  return { kind: 'power', of: matrix, exponent, rows: matrix.rows, cols: matrix.cols };
}

/**
 * A matrix product, as a term because scalars come out of it: inner products `u^T v`, and the
 * scalars of brackets with one term. `diag(u) v` becomes `u .* v`; `X inv(X)` cancels.
 */
export function chain(factors: readonly Matrix[]): Term {
  const [head] = factors;
  const tail = factors[factors.length - 1];
  const rows = head?.rows ?? UNIT;
  const cols = tail?.cols ?? UNIT;
  let scalars: Formula[] = [];
  let coefficient = new Fraction(1);
  let list: Matrix[] = [];
  for (const factor of factors.flatMap((part) => (part.kind === 'chain' ? part.factors : [part]))) {
    if (factor.kind === 'identity') continue;
    const term = factor.kind === 'sum' && factor.terms.length === 1 ? factor.terms[0] : undefined;
    if (term) {
      scalars = [...scalars, ...term.scalars];
      coefficient = coefficient.mul(term.coefficient);
      const inner = term.matrix ?? ones(factor.rows, factor.cols);
      list.push(...(inner.kind === 'chain' ? inner.factors : [inner]));
    } else list.push(factor);
  }
  list = absorbDiagonals(cancelInverses(list));
  const inner = takeInner(list);
  if (inner) {
    const rest = chain([...inner.before, ...inner.after]);
    return scaled(rest, [...scalars, inner.scalar], coefficient);
  }
  const [only] = list;
  const matrix: Matrix | undefined =
    list.length === 0
      ? rows === UNIT
        ? undefined
        : identity(rows)
      : list.length === 1
        ? only
        : { kind: 'chain', factors: list, rows, cols };
  if (matrix && isUnit(matrix))
    return scaled(termOf(undefined), [...scalars, dotFormula(matrix)], coefficient);
  return scaled(termOf(matrix), scalars, coefficient);
}

/** `diag(u) v` and `v^T diag(u)` as elementwise products, `diag(u) diag(v)` as one. */
function absorbDiagonals(list: readonly Matrix[]): Matrix[] {
  const result: Matrix[] = [];
  for (const factor of list) {
    const previous = result[result.length - 1];
    if (previous?.kind === 'diagonal' && factor.kind === 'diagonal') {
      result[result.length - 1] = diagonal(hadamard([previous.of, factor.of], factor.of));
    } else if (previous?.kind === 'diagonal' && factor.cols === UNIT) {
      result[result.length - 1] = hadamard([previous.of, factor], factor);
    } else if (factor.kind === 'diagonal' && previous?.rows === UNIT) {
      const column = transpose(previous);
      result[result.length - 1] = transpose(hadamard([column, factor.of], column));
    } else result.push(factor);
  }
  // A vector may only have appeared once the factor after a diagonal was merged.
  return result.length < list.length && result.length > 1 ? absorbDiagonals(result) : result;
}

const segmentOf = (matrix: Matrix): readonly Matrix[] =>
  matrix.kind === 'chain' ? matrix.factors : [matrix];

/** Drops `X inv(X)` and `inv(X) X`, where X may itself be a product. */
function cancelInverses(list: readonly Matrix[]): Matrix[] {
  const keys = list.map(matrixKey);
  for (const [place, factor] of list.entries()) {
    const turned = factor.kind === 'transpose' && factor.of.kind === 'inverse';
    const inside =
      factor.kind === 'inverse'
        ? factor.of
        : turned && factor.of.kind === 'inverse'
          ? transpose(factor.of.of)
          : undefined;
    if (!inside) continue;
    const segment = segmentOf(inside).map(matrixKey);
    const matches = (start: number): boolean =>
      start >= 0 && segment.every((key, offset) => keys[start + offset] === key);
    const before = place - segment.length;
    if (matches(before))
      return cancelInverses([...list.slice(0, before), ...list.slice(place + 1)]);
    if (matches(place + 1))
      return cancelInverses([...list.slice(0, place), ...list.slice(place + 1 + segment.length)]);
  }
  return [...list];
}

/** The shortest proper part of a chain that is a number: from a row to a column. */
function takeInner(
  list: readonly Matrix[],
): { before: readonly Matrix[]; scalar: Formula; after: readonly Matrix[] } | undefined {
  for (let start = 0; start < list.length; start += 1) {
    if (list[start]?.rows !== UNIT) continue;
    for (let end = start; end < list.length; end += 1) {
      if (list[end]?.cols !== UNIT || end - start + 1 === list.length) continue;
      const inside = list.slice(start, end + 1);
      const scalar = dotFormula({ kind: 'chain', factors: inside, rows: UNIT, cols: UNIT });
      return { before: list.slice(0, start), scalar, after: list.slice(end + 1) };
    }
  }
  return undefined;
}

/** A number given by a chain: the way round that is shorter; `norm(u)^2` for `u^T u`. */
function dotFormula(matrix: Matrix): Formula {
  const list = segmentOf(matrix);
  const half = list.length / 2;
  if (list.length > 1 && Number.isInteger(half)) {
    const right = list.slice(half);
    const left = list.slice(0, half).map(transpose).toReversed();
    if (left.every((part, place) => matrixKey(part) === matrixKey(right[place] as Matrix)))
      return square(right.length === 1 ? (right[0] as Matrix) : chainMatrix(right));
  }
  const turned = transpose(matrix);
  const candidates = [matrix, turned].map(matrixFormula);
  const [here, there] = candidates as [Formula, Formula];
  const preference = lengthOf(here) - lengthOf(there);
  if (preference !== 0) return preference < 0 ? here : there;
  return matrixKey(matrix) <= matrixKey(turned) ? here : there;
}

const chainMatrix = (factors: readonly Matrix[]): Matrix => ({
  kind: 'chain',
  factors,
  rows: factors[0]?.rows ?? UNIT,
  cols: factors[factors.length - 1]?.cols ?? UNIT,
});

/** The sum of the squares of all entries. */
function square(matrix: Matrix): Formula {
  const isVector = matrix.cols === UNIT || matrix.rows === UNIT;
  return power(operation(isVector ? 'norm' : 'frobenius', matrixFormula(matrix)), number(2));
}

/** `sum_k u_k v_k ...` over labels of one index. */
export function contract(labels: readonly Matrix[], size: Dimension): readonly Formula[] {
  const list = labels.flatMap((label) =>
    label.kind === 'power' && label.exponent === 2 ? [label.of, label.of] : [label],
  );
  const [first, second] = list;
  if (first === undefined) return scalarsOf(chain([ones(UNIT, size), ones(size, UNIT)]));
  if (second === undefined) return scalarsOf(chain([ones(UNIT, size), first]));
  if (list.length === 2 && matrixKey(first) === matrixKey(second)) return [square(first)];
  const last = list[list.length - 1] as Matrix;
  const others = hadamard(list.slice(0, -1), first);
  return scalarsOf(chain([transpose(others), last]));
}

/** The factors of a number. */
function scalarsOf(term: Term): readonly Formula[] {
  const matrix = term.matrix ? [matrixFormula(term.matrix)] : [];
  return [number(term.coefficient), ...term.scalars, ...matrix];
}

/** The trace of a product of two matrices over a closed pair of indices: `tr(A B)`, `fro(A)^2`. */
export function traceOf(left: Matrix, right: Matrix): readonly Formula[] {
  if (matrixKey(left) === matrixKey(transpose(right))) return [square(left)];
  const ways = [
    [left, right],
    [right, left],
    [transpose(right), transpose(left)],
    [transpose(left), transpose(right)],
  ].map((factors) => chain(factors));
  const best = ways.reduce((shortest, way) =>
    lengthOf(traceFormula(way)) < lengthOf(traceFormula(shortest)) ? way : shortest,
  );
  return [number(best.coefficient), ...best.scalars, traceFormula(best)];
}

const traceFormula = (term: Term): Formula =>
  operation('trace', term.matrix ? matrixFormula(term.matrix) : number(1));
