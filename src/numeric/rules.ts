/** What the sheet assumes about leaves, sorted by how a model can be made to satisfy it. */
import { combine, linear, solvedFor } from '../expression/affine.js';
import type { Condition, Formula, SymbolFormula } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { freeNames } from '../expression/walk.js';
import type { Assumption, Network, Range } from '../network/network.js';
import { integer } from './integers.js';
import { bindIndex, bindingOf, type Scope } from './scope.js';
import type { World } from './world.js';

/** `entry = formula` for a leaf: the leaf takes the value and does not depend on it. */
export interface TiedRule {
  readonly entry: SymbolFormula;
  readonly value: Formula;
  readonly ranges: readonly Range[];
}

/** `sum_k entry = total` for a leaf: positive draws are scaled. */
export interface ShareRule {
  readonly entry: SymbolFormula;
  readonly index: Range;
  readonly total: number;
  readonly ranges: readonly Range[];
}

/** `entry > bound` and the like, for a leaf and a number. */
export interface BoundRule {
  readonly entry: SymbolFormula;
  readonly side: 'above' | 'below';
  readonly bound: number;
  readonly ranges: readonly Range[];
}

export interface Rules {
  readonly tied: readonly TiedRule[];
  readonly shares: readonly ShareRule[];
  readonly bounds: readonly BoundRule[];
  /** Decided by trying: whole models that do not satisfy these are thrown away. */
  readonly checked: readonly Assumption[];
}

const remembered = new WeakMap<Network, Rules>();

/** The assumptions of a network as rules. */
export function rulesOf(network: Network): Rules {
  const known = remembered.get(network);
  if (known) return known;
  const rules = {
    tied: [] as TiedRule[],
    shares: [] as ShareRule[],
    bounds: [] as BoundRule[],
    checked: [] as Assumption[],
  };
  const bounded: { readonly name: string; readonly assumption: Assumption }[] = [];
  for (const { condition: whole, ...where } of network.assumptions)
    for (const condition of conjuncts(whole)) {
      const assumption = { ...where, condition };
      const { ranges } = assumption;
      const share = shareRule(network, condition, ranges);
      const tied = share
        ? undefined
        : (tiedRule(network, condition, ranges, rules.tied) ??
          solvedRule(network, condition, ranges, rules.tied));
      const bound = share || tied ? undefined : boundRule(network, condition, ranges);
      if (share) rules.shares.push(share);
      else if (tied) rules.tied.push(tied);
      else if (bound) {
        rules.bounds.push(bound);
        bounded.push({ name: bound.entry.name, assumption });
      } else rules.checked.push(assumption);
    }
  // What is tied is not drawn, so its bounds are met by trying.
  for (const { name, assumption } of bounded)
    if (rules.tied.some(({ entry }) => entry.name === name)) rules.checked.push(assumption);
  remembered.set(network, rules);
  return rules;
}

const conjuncts = (condition: Condition): readonly Condition[] =>
  condition.kind === 'and' ? condition.parts.flatMap(conjuncts) : [condition];

const isLeaf = (network: Network, formula: Formula): formula is SymbolFormula => {
  if (formula.kind !== 'symbol') return false;
  const family = network.families.get(formula.name);
  return family ? family.kind === 'leaf' && family.role === 'quantity' : false;
};

function shareRule(
  network: Network,
  condition: Condition,
  ranges: readonly Range[],
): ShareRule | undefined {
  if (condition.kind !== 'compare' || condition.relation !== '=') return undefined;
  for (const [left, right] of [
    [condition.left, condition.right],
    [condition.right, condition.left],
  ] as const) {
    if (left.kind !== 'sum' || right.kind !== 'number' || left.where.length > 0) continue;
    const total = right.value.valueOf();
    if (!left.bounds || !isLeaf(network, left.body) || total <= 0) continue;
    const index = { index: left.index, ...left.bounds };
    return { entry: left.body, index, total, ranges };
  }
  return undefined;
}

function tiedRule(
  network: Network,
  condition: Condition,
  ranges: readonly Range[],
  earlier: readonly TiedRule[],
): TiedRule | undefined {
  if (condition.kind !== 'compare' || condition.relation !== '=') return undefined;
  const { left, right } = condition;
  const free = (entry: Formula, value: Formula): boolean =>
    isLeaf(network, entry) &&
    !freeNames(value).has(entry.name) &&
    !earlier.some((rule) => rule.entry.name === entry.name);
  if (free(right, left)) return { entry: right as SymbolFormula, value: left, ranges };
  if (free(left, right)) return { entry: left as SymbolFormula, value: right, ranges };
  return undefined;
}

/**
 * `y_1 + 2 y_2 = 1`: an equation linear in one entry of a leaf, solved for it. The entry has no
 * letters, nothing else of the equation depends on it, and no other rule does, so that no circle
 * arises.
 */
function solvedRule(
  network: Network,
  condition: Condition,
  ranges: readonly Range[],
  earlier: readonly TiedRule[],
): TiedRule | undefined {
  if (condition.kind !== 'compare' || condition.relation !== '=' || ranges.length > 0)
    return undefined;
  const form = combine(
    linear(condition.left, structureKey),
    linear(condition.right, structureKey),
    -1,
  );
  const names = new Set(
    earlier.flatMap(({ entry, value }) => [entry.name, ...freeNames(value).keys()]),
  );
  if (
    [...form.parts.values()].some(({ atom }) =>
      [...freeNames(atom).keys()].some((name) => names.has(name)),
    )
  )
    return undefined;
  for (const [key, { atom }] of form.parts) {
    if (!isLeaf(network, atom) || network.families.get(atom.name)?.positive) continue;
    if (!isOneEntry(atom)) continue;
    const apart = [...form.parts.values()].every(
      (other) => isOneEntry(other.atom) || !freeNames(other.atom).has(atom.name),
    );
    if (apart) return { entry: atom, value: solvedFor(form, key), ranges };
  }
  return undefined;
}

/** A name without indices, or with numbers as indices. */
const isOneEntry = (formula: Formula): boolean =>
  formula.kind === 'symbol' && formula.indices.every((index) => index.kind === 'number');

function boundRule(
  network: Network,
  condition: Condition,
  ranges: readonly Range[],
): BoundRule | undefined {
  if (condition.kind !== 'compare') return undefined;
  const { left, right, relation } = condition;
  if (relation === '=' || relation === '!=') return undefined;
  const upwards = relation === '>' || relation === '>=';
  if (isLeaf(network, left) && right.kind === 'number') {
    const bound = right.value.valueOf();
    return { entry: left, side: upwards ? 'above' : 'below', bound, ranges };
  }
  if (isLeaf(network, right) && left.kind === 'number') {
    const bound = left.value.valueOf();
    return { entry: right, side: upwards ? 'below' : 'above', bound, ranges };
  }
  return undefined;
}

/** The bounds that the sheet sets for an entry of a leaf, open ends where it sets none. */
export function boundsAt(
  network: Network,
  rules: Rules,
  name: string,
  indices: readonly number[],
  world: World,
): { readonly above: number; readonly below: number } {
  let above = network.families.get(name)?.positive ? 0 : Number.NEGATIVE_INFINITY;
  let below = Number.POSITIVE_INFINITY;
  for (const rule of rules.bounds) {
    if (rule.entry.name !== name) continue;
    if (matchEntry(rule.entry, rule.ranges, indices, world) === undefined) continue;
    if (rule.side === 'above') above = Math.max(above, rule.bound);
    else below = Math.min(below, rule.bound);
  }
  return { above, below };
}

/** The letters of a rule's entry for an entry at `indices`, or nothing if it is another one. */
export function matchEntry(
  entry: SymbolFormula,
  ranges: readonly Range[],
  indices: readonly number[],
  world: World,
): { readonly scope: Scope } | undefined {
  if (entry.indices.length !== indices.length) return undefined;
  let scope: Scope;
  for (const [place, index] of entry.indices.entries()) {
    const value = indices[place] as number;
    const letter = index.kind === 'symbol' && ranges.find((range) => range.index === index.name);
    if (letter && !bindingOf(scope, letter.index)) {
      const low = integer(letter.lower, scope, world);
      const high = integer(letter.upper, scope, world);
      if (value < low || value > high) return undefined;
      scope = bindIndex(scope, letter.index, value);
    } else if (integer(index, scope, world) !== value) return undefined;
  }
  return { scope };
}

/** The letters of a scope as a map. */
export function lettersOf(scope: Scope): ReadonlyMap<string, number> {
  const letters = new Map<string, number>();
  for (let here = scope; here; here = here.outer)
    if (here.index !== undefined && !letters.has(here.name)) letters.set(here.name, here.index);
  return letters;
}
