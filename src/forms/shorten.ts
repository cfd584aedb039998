/** Sums of matrix terms: like terms added, common factors taken out while it gets shorter. */
import Fraction from 'fraction.js';
import { structureKey } from '../expression/same.js';
import { asMatrix, chain, hadamard, identity, ones, raised, transpose } from './build.js';
import {
  isUnit,
  type Matrix,
  matrixKey,
  type Term,
  termKey,
  UNIT,
  type Value,
  valueFormula,
} from './matrix.js';
import { lengthOf } from './measure.js';

/** Most times a common factor is taken out of one sum. */
const MOST_ROUNDS = 8;

const valueLength = (value: Value): number => lengthOf(valueFormula(value));

function addLikeTerms(terms: readonly Term[]): readonly Term[] {
  const byKey = new Map<string, Term>();
  for (const term of terms) {
    const key = termKey(term);
    const known = byKey.get(key);
    byKey.set(
      key,
      known ? { ...known, coefficient: known.coefficient.add(term.coefficient) } : term,
    );
  }
  return [...byKey.values()].filter((term) => !term.coefficient.equals(0));
}

/** A factor of a term, with what is left without it. */
interface Split {
  readonly factor: Matrix;
  readonly rest: Matrix | undefined;
}

const restOf = (factors: readonly Matrix[], size: string): Matrix | undefined =>
  factors.length === 0 ? (size === UNIT ? undefined : identity(size)) : chain(factors).matrix;

const chainFactors = (matrix: Matrix): readonly Matrix[] =>
  matrix.kind === 'chain' ? matrix.factors : [matrix];

/** `diag(u) M` as M times the repeated column u, `M diag(v)` as M times the repeated row v. */
function scaledRowsOrColumns(matrix: Matrix): Split | undefined {
  if (matrix.kind !== 'chain' || matrix.factors.length !== 2) return undefined;
  const [left, right] = matrix.factors as [Matrix, Matrix];
  if (left.kind === 'diagonal' && right.kind !== 'diagonal')
    return { factor: right, rest: chain([left.of, ones(UNIT, matrix.cols)]).matrix };
  if (right.kind === 'diagonal' && left.kind !== 'diagonal')
    return { factor: left, rest: chain([ones(matrix.rows, UNIT), transpose(right.of)]).matrix };
  return undefined;
}

/** The ways in which a factor can be split off, each with how to put it back before a sum. */
const ways: readonly {
  readonly splits: (matrix: Matrix) => readonly Split[];
  readonly inner: (factor: Matrix, outer: Value) => Pick<Value, 'rows' | 'cols'>;
  readonly join: (factor: Matrix, sum: Matrix, outer: Value) => Term;
}[] = [
  {
    splits: (matrix) => {
      const [factor, ...rest] = chainFactors(matrix) as [Matrix, ...Matrix[]];
      return [{ factor, rest: restOf(rest, factor.cols) }];
    },
    inner: (factor, outer) => ({ rows: factor.cols, cols: outer.cols }),
    join: (factor, sum) => chain([factor, sum]),
  },
  {
    splits: (matrix) => {
      const factors = chainFactors(matrix);
      const factor = factors[factors.length - 1] as Matrix;
      return [{ factor, rest: restOf(factors.slice(0, -1), factor.rows) }];
    },
    inner: (factor, outer) => ({ rows: outer.rows, cols: factor.rows }),
    join: (factor, sum) => chain([sum, factor]),
  },
  {
    splits: (matrix) => {
      const scaled = scaledRowsOrColumns(matrix);
      if (scaled) return [scaled];
      const factors = matrix.kind === 'hadamard' ? matrix.factors : [matrix];
      return factors.map((factor, at): Split => {
        const others = factors.filter((_, place) => place !== at);
        const isPower = factor.kind === 'power' && factor.exponent > 1;
        const base = isPower ? factor.of : factor;
        const left = isPower ? [raised(factor.of, factor.exponent - 1), ...others] : others;
        return { factor: base, rest: left.length === 0 ? undefined : hadamard(left, matrix) };
      });
    },
    inner: (_, outer) => outer,
    join: (factor, sum, outer) => ({
      coefficient: new Fraction(1),
      scalars: [],
      matrix: hadamard([factor, sum], outer),
    }),
  },
];

/** All values in which one common factor has been taken out of two or more terms. */
function factored(value: Value): readonly Value[] {
  return ways.flatMap((way) => {
    const groups = new Map<string, { factor: Matrix; members: Map<number, Matrix | undefined> }>();
    value.terms.forEach((term, place) => {
      if (!term.matrix) return;
      for (const { factor, rest } of way.splits(term.matrix)) {
        if (factor.kind === 'identity' || factor.kind === 'ones') continue;
        const key = matrixKey(factor);
        const group = groups.get(key) ?? { factor, members: new Map() };
        if (!group.members.has(place)) group.members.set(place, rest);
        groups.set(key, group);
      }
    });
    return [...groups.values()].flatMap(({ factor, members }): readonly Value[] => {
      if (members.size < 2) return [];
      const terms = [...members].map(
        ([place, rest]): Term => ({ ...(value.terms[place] as Term), matrix: rest }),
      );
      const inner = shorten({ ...way.inner(factor, value), terms });
      if (inner.terms.length === 0) return [];
      const [single] = inner.terms;
      const isSingle = inner.terms.length === 1 && single !== undefined;
      const sum = asMatrix(isSingle ? { ...inner, terms: [bare(single)] } : inner);
      const joined = way.join(factor, sum, value);
      const made: Term = isSingle
        ? {
            ...joined,
            coefficient: joined.coefficient.mul(single.coefficient),
            scalars: [...single.scalars, ...joined.scalars],
          }
        : joined;
      const first = Math.min(...members.keys());
      const rebuilt = value.terms.flatMap((term, place) =>
        place === first ? [made] : members.has(place) ? [] : [term],
      );
      return [{ ...value, terms: rebuilt }];
    });
  });
}

const bare = (term: Term): Term => ({ ...term, coefficient: new Fraction(1), scalars: [] });

/** A number or sign that all terms of a family share goes in front of a bracket. */
function takeNumber(value: Value): Value {
  const [first] = value.terms;
  if (value.terms.length < 2 || first === undefined || isUnit(value)) return value;
  const size = first.coefficient.abs();
  const sameSize = value.terms.every((term) => term.coefficient.abs().equals(size));
  const allNegative = value.terms.every((term) => term.coefficient.compare(0) < 0);
  const shared = first.scalars.filter((scalar) =>
    value.terms.every((term) =>
      term.scalars.some((other) => structureKey(other) === structureKey(scalar)),
    ),
  );
  const factor = (sameSize ? size : new Fraction(1)).mul(allNegative ? -1 : 1);
  if (factor.equals(1) && shared.length === 0) return value;
  const keys = new Set(shared.map(structureKey));
  const inner = value.terms.map((term) => ({
    ...term,
    coefficient: term.coefficient.div(factor),
    scalars: term.scalars.filter((scalar) => !keys.has(structureKey(scalar))),
  }));
  const matrix = asMatrix({ ...value, terms: positiveFirst(inner) });
  return { ...value, terms: [{ coefficient: factor, scalars: shared, matrix }] };
}

/** A sum does not open with a minus if another term could stand first. */
function positiveFirst(terms: readonly Term[]): readonly Term[] {
  const place = terms.findIndex((term) => term.coefficient.compare(0) > 0);
  if (place <= 0) return terms;
  return [terms[place] as Term, ...terms.filter((_, at) => at !== place)];
}

/** The shortest form found; equal in value to what is given. */
export function shorten(value: Value): Value {
  let current: Value = { ...value, terms: addLikeTerms(value.terms) };
  for (let round = 0; round < MOST_ROUNDS && current.terms.length > 1; round += 1) {
    let best = current;
    for (const candidate of factored(current)) {
      const tidy = takeNumber(candidate);
      if (valueLength(tidy) < valueLength(takeNumber(best))) best = candidate;
    }
    if (best === current) break;
    current = { ...best, terms: addLikeTerms(best.terms) };
  }
  const tidy = takeNumber(current);
  return { ...tidy, terms: positiveFirst(tidy.terms) };
}
