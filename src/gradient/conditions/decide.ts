/**
 * Decides whether conditions on integers can hold together: elimination of equalities, then
 * Fourier-Motzkin elimination with floors (Williams 1976; Pugh 1991, "The Omega test", without its
 * exact shadows). Sizes are at least one. It may call an impossible region possible, which leaves a
 * needless case or condition; it never calls a possible one impossible.
 */
import type { Formula } from '../../expression/formula.js';
import { symbol } from '../../expression/formula.js';
import {
  type Affine,
  affineNumber,
  hidden,
  isPlain,
  minus,
  plus,
  scale,
  toAffine,
  toFormula,
} from './affine.js';
import { type Constraint, constraintKey, negations, substituteConstraint } from './constraint.js';

/** What is known beside the constraints. */
export interface Facts {
  /** Whether the atom is a size, which is at least one. */
  readonly isSize: (atom: Formula) => boolean;
}

/** Beyond this many rows, or splits at `!=`, nothing is decided (the region counts as possible). */
const LARGEST_SYSTEM = 240;
const LARGEST_SPLITS = 4;

interface Row {
  readonly constant: number;
  readonly coefficients: ReadonlyMap<string, number>;
}

const rowOf = (form: Affine): Row => ({
  constant: form.constant,
  coefficients: new Map([...form.terms].map(([key, term]) => [key, term.coefficient])),
});

function greatestDivisor(row: Row): number {
  let divisor = 0;
  for (const coefficient of row.coefficients.values()) {
    let [a, b] = [divisor, Math.abs(coefficient)];
    while (b !== 0) [a, b] = [b, a % b];
    divisor = a;
  }
  return divisor;
}

function combine(left: Row, a: number, right: Row, b: number): Row {
  const coefficients = new Map<string, number>();
  for (const [key, value] of left.coefficients) coefficients.set(key, a * value);
  for (const [key, value] of right.coefficients) {
    const total = (coefficients.get(key) ?? 0) + b * value;
    if (total === 0) coefficients.delete(key);
    else coefficients.set(key, total);
  }
  return { constant: a * left.constant + b * right.constant, coefficients };
}

const divideRow = (row: Row, divisor: number, round: (value: number) => number): Row => ({
  constant: round(row.constant / divisor),
  coefficients: new Map([...row.coefficients].map(([key, value]) => [key, value / divisor])),
});

/** `undefined` if the row alone is impossible, `'true'` if it always holds. */
function tightenInequality(row: Row): Row | 'true' | undefined {
  const divisor = greatestDivisor(row);
  if (divisor === 0) return row.constant >= 0 ? 'true' : undefined;
  return divisor === 1 ? row : divideRow(row, divisor, Math.floor);
}

function tightenEquality(row: Row): Row | 'true' | undefined {
  const divisor = greatestDivisor(row);
  if (divisor === 0) return row.constant === 0 ? 'true' : undefined;
  if (row.constant % divisor !== 0) return undefined;
  return divisor === 1 ? row : divideRow(row, divisor, (value) => value);
}

/** An equality `name = value` that can be used inside sizes (`l = L` in `n[l]`). */
function definingEquality(
  constraints: readonly Constraint[],
): { name: string; value: Formula; used: Constraint } | undefined {
  for (const constraint of constraints) {
    if (constraint.kind !== '=') continue;
    for (const { atom, coefficient } of constraint.form.terms.values()) {
      if (!isPlain(atom) || Math.abs(coefficient) !== 1) continue;
      if (hidden(constraint.form, atom.name)) continue;
      const rest = minus(constraint.form, scale(toAffine(symbol(atom.name)), coefficient));
      return { name: atom.name, value: toFormula(scale(rest, -coefficient)), used: constraint };
    }
  }
  return undefined;
}

/** Uses equalities inside sizes; only needed where a size has an index. Each round drops one. */
function withSizesResolved(constraints: readonly Constraint[]): readonly Constraint[] {
  const opaque = constraints.some(
    (constraint) =>
      constraint.kind !== 'unread' &&
      [...constraint.form.terms.values()].some((term) => !isPlain(term.atom)),
  );
  let current = constraints;
  while (opaque) {
    const found = definingEquality(current);
    if (!found) break;
    const replacements = new Map([[found.name, found.value]]);
    current = current
      .filter((constraint) => constraint !== found.used)
      .map((constraint) => substituteConstraint(constraint, replacements));
  }
  return current;
}

/** That the sizes in the constraints are at least one, also where an equality puts them aside. */
function sizesIn(given: readonly Constraint[], facts: Facts): readonly Constraint[] {
  const found = new Map<string, Constraint>();
  for (const constraint of given) {
    if (constraint.kind !== '=') continue;
    for (const [key, { atom }] of constraint.form.terms)
      if (isPlain(atom) && facts.isSize(atom) && !found.has(key))
        found.set(key, { kind: '>=', form: plus(toAffine(atom), affineNumber(-1)) });
  }
  return [...found.values()];
}

/** Whether no integer values satisfy all constraints. */
export function impossible(given: readonly Constraint[], facts: Facts): boolean {
  const constraints = withSizesResolved([...given, ...sizesIn(given, facts)]);
  const equalities: Row[] = [];
  const inequalities: Row[] = [];
  const apart: Affine[] = [];
  const sizes = new Map<string, Row>();
  for (const constraint of constraints) {
    if (constraint.kind === 'unread') continue;
    for (const [key, term] of constraint.form.terms)
      if (!sizes.has(key) && facts.isSize(term.atom))
        sizes.set(key, { constant: -1, coefficients: new Map([[key, 1]]) });
    if (constraint.kind === '!=') apart.push(constraint.form);
    else if (constraint.kind === '=') equalities.push(rowOf(constraint.form));
    else inequalities.push(rowOf(constraint.form));
  }
  inequalities.push(...sizes.values());
  return impossibleApart(equalities, inequalities, apart.slice(0, LARGEST_SPLITS));
}

function impossibleApart(
  equalities: readonly Row[],
  inequalities: readonly Row[],
  apart: readonly Affine[],
): boolean {
  if (impossibleRows(equalities, inequalities)) return true;
  const [first, ...rest] = apart;
  if (!first) return false;
  const above = rowOf(plus(first, affineNumber(-1)));
  const below = rowOf(plus(scale(first, -1), affineNumber(-1)));
  return (
    impossibleApart(equalities, [...inequalities, above], rest) &&
    impossibleApart(equalities, [...inequalities, below], rest)
  );
}

function impossibleRows(given: readonly Row[], conditions: readonly Row[]): boolean {
  let equalities = [...given];
  let inequalities = [...conditions];
  // Each round removes one equality.
  while (equalities.length > 0) {
    const tightened: Row[] = [];
    for (const row of equalities) {
      const tight = tightenEquality(row);
      if (tight === undefined) return true;
      if (tight !== 'true') tightened.push(tight);
    }
    const place = tightened.findIndex((row) =>
      [...row.coefficients.values()].some((value) => Math.abs(value) === 1),
    );
    const chosen = tightened[place === -1 ? 0 : place];
    if (!chosen) break;
    const rest = tightened.filter((row) => row !== chosen);
    if (place === -1) {
      // No unit coefficient: keep it as two inequalities.
      inequalities.push(chosen, combine(chosen, -1, chosen, 0));
      equalities = rest;
      continue;
    }
    const [key, unit] = [...chosen.coefficients].find(([, value]) => Math.abs(value) === 1) as [
      string,
      number,
    ];
    const eliminate = (row: Row): Row => {
      const value = row.coefficients.get(key) ?? 0;
      return value === 0 ? row : combine(row, 1, chosen, -value * unit);
    };
    equalities = rest.map(eliminate);
    inequalities = inequalities.map(eliminate);
  }
  return impossibleInequalities(inequalities);
}

const rowKey = (row: Row): string =>
  [...row.coefficients]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${value}*${key}`)
    .join('+');

/** Keeps, of rows with the same left side, the tightest; `undefined` if one is impossible. */
function reduced(rows: readonly Row[]): Map<string, Row> | undefined {
  const tightest = new Map<string, Row>();
  for (const row of rows) {
    const tight = tightenInequality(row);
    if (tight === undefined) return undefined;
    if (tight === 'true') continue;
    const key = rowKey(tight);
    const known = tightest.get(key);
    if (!known || tight.constant < known.constant) tightest.set(key, tight);
  }
  return tightest;
}

function impossibleInequalities(start: readonly Row[]): boolean {
  let rows = start;
  // Each round eliminates one variable.
  for (;;) {
    const tightest = reduced(rows);
    if (!tightest) return true;
    rows = [...tightest.values()];
    if (rows.length === 0 || rows.length > LARGEST_SYSTEM) return false;
    const counts = new Map<string, { above: number; below: number }>();
    for (const row of rows)
      for (const [key, value] of row.coefficients) {
        const count = counts.get(key) ?? { above: 0, below: 0 };
        counts.set(
          key,
          value > 0
            ? { above: count.above + 1, below: count.below }
            : { above: count.above, below: count.below + 1 },
        );
      }
    let best: string | undefined;
    let fewest = Number.POSITIVE_INFINITY;
    for (const [key, { above, below }] of counts)
      if (above * below - above - below < fewest) {
        fewest = above * below - above - below;
        best = key;
      }
    if (best === undefined) return false;
    const variable = best;
    const lower = rows.filter((row) => (row.coefficients.get(variable) ?? 0) > 0);
    const upper = rows.filter((row) => (row.coefficients.get(variable) ?? 0) < 0);
    const others = rows.filter((row) => !row.coefficients.has(variable));
    rows = [
      ...others,
      ...lower.flatMap((low) =>
        upper.map((high) =>
          combine(
            low,
            -(high.coefficients.get(variable) as number),
            high,
            low.coefficients.get(variable) as number,
          ),
        ),
      ),
    ];
  }
}

/** Whether the constraint holds wherever the context does (and sizes are at least one). */
export function implied(
  constraint: Constraint,
  context: readonly Constraint[],
  facts: Facts,
): boolean {
  if (constraint.kind !== 'unread' && constraint.form.terms.size === 0) {
    const value = constraint.form.constant;
    return constraint.kind === '>=' ? value >= 0 : (value === 0) === (constraint.kind === '=');
  }
  const key = constraintKey(constraint);
  if (context.some((known) => constraintKey(known) === key)) return true;
  const opposites = negations(constraint);
  return opposites?.every((other) => impossible([...context, other], facts)) ?? false;
}
