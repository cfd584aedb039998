/** A claim at the points where its conditions hold with equality, which no random number meets. */
import { affineOf, solvedFor } from '../expression/affine.js';
import {
  type Condition,
  compare,
  type Formula,
  indicator,
  type SymbolFormula,
  subtract,
} from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { children, contains, freeNames } from '../expression/walk.js';
import type { Network, Range } from '../network/network.js';
import { derivativeOrder } from '../numeric/derivative-order.js';
import { KINKED_AT_ZERO } from '../numeric/kinks.js';
import { pair } from '../numeric/pairing.js';
import { type Comparison, compareLowered, lowerSides } from './compare.js';
import type { Judgement } from './judgement.js';

/** Boundaries tried for one claim. */
const MOST_BOUNDARIES = 12;
/** Functions with a number for all numbers, so that a side without others is defined everywhere. */
const TOTAL: ReadonlySet<string> = new Set([
  ...KINKED_AT_ZERO,
  ...['max', 'min', 'exp', 'sin', 'cos', 'tanh', 'atan', 'sigmoid', 'softplus', 'softsign'],
  ...['silu', 'hardtanh', 'identity'],
]);

/** A leaf with the value that puts it on a boundary. */
interface Boundary {
  readonly entry: SymbolFormula;
  readonly value: Formula;
}

/**
 * How an equation without derivatives fails on a boundary of its conditions (`z = 0` for `1{z > 0}`),
 * or `undefined` if it fails on none that can be tried. Derivatives at kinks are conventions, and
 * sides that may be undefined there say nothing.
 */
export function failureAtBoundary(comparison: Comparison, network: Network): Judgement | undefined {
  if (comparison.relation !== '=') return undefined;
  const sides = lowerSides(comparison, network);
  if (sides.kind === 'judged') return undefined;
  const pairing = pair(sides.left, sides.right);
  if (!pairing) return undefined;
  const bodies = [pairing.left, pairing.right];
  if (bodies.some((body) => derivativeOrder(body, network) > 0)) return undefined;
  if (!areTotal(bodies, network)) return undefined;
  const ranges = [...pairing.axes, ...pairing.free];
  for (const { entry, value } of boundariesOf(bodies, ranges, network)) {
    const condition = compare(entry, '=', value);
    const assumption = { condition, ranges, text: '', line: 0 };
    const there = { ...network, assumptions: [...network.assumptions, assumption] };
    const judgement = compareLowered(
      sides.left,
      '=',
      sides.right,
      comparison.where,
      there,
      'numbers',
    );
    if (judgement.verdict === 'differs' && judgement.reason === 'numbers') return judgement;
  }
  return undefined;
}

/** Whether formulas, with what defines their names, have numbers for all numbers. */
function areTotal(formulas: readonly Formula[], network: Network): boolean {
  const open = new Set(formulas);
  for (const formula of open) {
    if (!isTotal(formula)) return false;
    const names = freeNames(formula);
    for (const { name, right } of network.definitions) if (names.has(name)) open.add(right);
  }
  return true;
}

/** Whether a formula has a number wherever its names have one: no division, root or logarithm. */
const isTotal = (formula: Formula): boolean =>
  !contains(formula, (part) => {
    if (part.kind === 'call') return !TOTAL.has(part.name);
    if (part.kind !== 'power') return part.kind === 'family';
    const { base, exponent } = part;
    if (exponent.kind !== 'number' || exponent.value.d !== 1n) return true;
    return exponent.value.s < 0n && (base.kind !== 'number' || base.value.n === 0n);
  });

/** The boundaries of all conditions and kinks in some formulas that a leaf can be put on. */
function boundariesOf(
  formulas: readonly Formula[],
  ranges: readonly Range[],
  network: Network,
): readonly Boundary[] {
  const found = new Map<string, Boundary>();
  const seen = new Set(formulas);
  for (const part of seen) {
    for (const zero of zerosIn(part)) {
      const boundary = solved(zero, ranges, network);
      if (boundary) found.set(structureKey(subtract(boundary.entry, boundary.value)), boundary);
    }
    if (found.size >= MOST_BOUNDARIES) break;
    for (const child of children(part)) seen.add(child);
  }
  return [...found.values()];
}

/** What is zero where a formula itself jumps or has a kink. */
function zerosIn(formula: Formula): readonly Formula[] {
  switch (formula.kind) {
    case 'indicator':
      return zerosOf(formula.when);
    case 'cases':
      return formula.branches.flatMap(({ when }) => zerosOf(when));
    case 'call': {
      if (KINKED_AT_ZERO.has(formula.name)) return formula.args;
      if (formula.name !== 'max' && formula.name !== 'min') return [];
      const [first, ...others] = formula.args;
      return first ? others.map((other) => subtract(first, other)) : [];
    }
    default:
      return [];
  }
}

const zerosOf = (condition: Condition): readonly Formula[] => {
  switch (condition.kind) {
    case 'compare':
      return [subtract(condition.left, condition.right)];
    case 'member':
      return [];
    default:
      return condition.parts.flatMap(zerosOf);
  }
};

/** The leaf that makes an affine formula zero; the sheet must say nothing of that leaf. */
function solved(zero: Formula, ranges: readonly Range[], network: Network): Boundary | undefined {
  const affine = affineOf(zero);
  if (!affine) return undefined;
  const stated = new Set(
    network.assumptions.flatMap(({ condition }) => [...freeNames(indicator(condition))]),
  );
  const letters = new Set(ranges.map((range) => range.index));
  const parts = [...affine.parts];
  if (parts.some(([, { atom }]) => !isReadable(atom, letters))) return undefined;
  for (const [key, { atom }] of parts) {
    if (atom.kind !== 'symbol' || stated.has(atom.name)) continue;
    const family = network.families.get(atom.name);
    if (family?.kind !== 'leaf' || family.role !== 'quantity' || family.positive) continue;
    const value = solvedFor(affine, key);
    // Other entries of the same family would move along.
    if (freeNames(value).has(atom.name)) continue;
    return { entry: atom, value };
  }
  return undefined;
}

/** Whether an atom is an entry at letters of the claim or at numbers, not at a letter that is bound inside. */
const isReadable = (atom: Formula, letters: ReadonlySet<string>): boolean =>
  atom.kind === 'symbol' &&
  atom.indices.every(
    (index) => index.kind === 'number' || (index.kind === 'symbol' && letters.has(index.name)),
  );
