/** Numbers that the sheet gives: for names, for derivatives, for sizes. */
import type Fraction from 'fraction.js';
import type { Formula } from '../expression/formula.js';
import { functionTable } from '../expression/functions.js';
import { structureKey } from '../expression/same.js';
import type { NestedFormulas } from '../read/statement.js';
import { NetworkError } from './errors.js';
import type { Extent } from './extent.js';
import type { Facts } from './inference/facts.js';
import type { Sizes } from './inference/sizes.js';
import type { Given, NestedNumbers } from './network.js';

/** The value of a formula without names; `undefined` if it has any. */
function constantValue(formula: Formula): number | undefined {
  const all = (parts: readonly Formula[]): readonly number[] | undefined => {
    const found = parts.map(constantValue);
    return found.every((value) => value !== undefined) ? (found as readonly number[]) : undefined;
  };
  switch (formula.kind) {
    case 'number':
      return formula.value.valueOf();
    case 'constant':
      return formula.name === 'pi' ? Math.PI : Number.POSITIVE_INFINITY;
    case 'add':
      return (
        exactly(formula, (terms) => terms.reduce((total, term) => total.add(term))) ??
        all(formula.terms)?.reduce((total, term) => total + term, 0)
      );
    case 'multiply':
      return (
        exactly(formula, (terms) => terms.reduce((total, term) => total.mul(term))) ??
        all(formula.factors)?.reduce((total, factor) => total * factor, 1)
      );
    case 'power': {
      const parts = all([formula.base, formula.exponent]);
      return parts && (parts[0] as number) ** (parts[1] as number);
    }
    case 'call': {
      const row = functionTable.get(formula.name);
      const parts = all(formula.args);
      return row && parts && formula.slots.length === 0 ? row.value(...parts) : undefined;
    }
    default:
      return undefined;
  }
}

/** Sums and products of rationals are worked out exactly first. */
function exactly(
  formula: Formula,
  combine: (values: readonly Fraction[]) => Fraction,
): number | undefined {
  const parts =
    formula.kind === 'add' ? formula.terms : formula.kind === 'multiply' ? formula.factors : [];
  const values = parts.flatMap((part) => (part.kind === 'number' ? [part.value] : []));
  return values.length === parts.length && parts.length > 0 ? combine(values).valueOf() : undefined;
}

function nestedValue(value: NestedFormulas, line: number): NestedNumbers {
  if (isList(value)) return value.map((item) => nestedValue(item, line));
  const number = constantValue(value);
  if (number === undefined)
    throw new NetworkError(
      `A given value must be a number or a list of numbers without names (line ${line}).`,
      line,
    );
  return number;
}

const isList = (value: NestedFormulas): value is readonly NestedFormulas[] => Array.isArray(value);

/** The givens up to a line. */
export const givensOf = (facts: Facts, upTo: Extent): readonly Given[] =>
  facts.givens
    .filter((statement) => statement.line <= upTo.line)
    .flatMap((statement) =>
      statement.items.map(({ target, value }) => ({
        target,
        value: nestedValue(value, statement.line),
        line: statement.line,
      })),
    );

/**
 * Concrete sizes: by size statements, by givens of size names, and by the shapes of declared and
 * given families. Throws `NetworkError` where two of them differ.
 */
export function sizesGiven(
  facts: Facts,
  sizes: Sizes,
  sizeNames: ReadonlySet<string>,
  upTo: Extent,
): ReadonlyMap<string, number> {
  const known = new Map<string, { value: number; line: number; source: string }>();
  for (const [key, entry] of sizes.numbers) known.set(key, entry);
  const set = (target: Formula, value: number, line: number, source: string): void => {
    const key = structureKey(target);
    if (!Number.isFinite(value))
      throw new NetworkError(
        `${source} gives a size that is not a number; expected a whole number, such as 3.`,
        line,
      );
    const before = known.get(key);
    if (before && before.value !== value)
      throw new NetworkError(
        `Sizes clash: line ${line} (${source}) says ${value}, line ${before.line} (${before.source}) says ${before.value}.`,
        line,
      );
    known.set(key, { value, line, source });
  };
  for (const { target, value, line, source } of facts.sizes)
    if (line <= upTo.line) set(target, value, line, source);
  for (const { items, line, source } of facts.givens)
    if (line <= upTo.line)
      for (const { target, value } of items)
        if (target.kind === 'symbol' && sizeNames.has(target.name) && !isList(value)) {
          const number = constantValue(value);
          if (number !== undefined) set(target, number, line, source);
        }
  // A size with two names has one number.
  for (const { left, right } of sizes.equal) {
    const [a, b] = [structureKey(left), structureKey(right)];
    const value = numberOf(left, known) ?? numberOf(right, known);
    if (value === undefined) continue;
    for (const [key, side] of [
      [a, left],
      [b, right],
    ] as const) {
      const before = numberOf(side, known);
      if (before !== undefined && before !== value)
        throw new NetworkError(
          `Sizes clash: one size must be both ${value} and ${before}.`,
          Math.max(known.get(a)?.line ?? 1, known.get(b)?.line ?? 1),
        );
      if (side.kind === 'symbol' && before === undefined)
        known.set(key, {
          value,
          line: Math.max(known.get(a)?.line ?? 1, known.get(b)?.line ?? 1),
          source: '',
        });
    }
  }
  return new Map([...known].map(([key, { value }]) => [key, value]));
}

const numberOf = (
  formula: Formula,
  known: ReadonlyMap<string, { value: number }>,
): number | undefined =>
  formula.kind === 'number' ? formula.value.valueOf() : known.get(structureKey(formula))?.value;
