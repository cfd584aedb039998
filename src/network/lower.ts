/** From surface formulas to core ones in a network: axes, ranges, and what was guessed. */
import {
  type Bounds,
  type Condition,
  type Formula,
  indicator,
  number,
  one,
  symbol,
} from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';
import { children, conditionFormulas, freeNames, substitute } from '../expression/walk.js';
import type { RangeClause } from '../read/statement.js';
import { writePlain } from '../write/write.js';
import { intersection } from './affine.js';
import { familyAsIndex, ShapeError } from './errors.js';
import { IndexingContext, isMade, stemOf } from './indexing/context.js';
import { indexed } from './indexing/indexed.js';
import { materialize } from './indexing/operands.js';
import { splitNumbered } from './inference/facts.js';
import { fill, pickLetter } from './inference/fill.js';
import { rangeOfLetter } from './letter-ranges.js';
import type { Lowered, Network, Range } from './network.js';
import { type SlotUse, slotUses, tidyEnd } from './slot-uses.js';

/** What is known of a formula's free indices beside their use. */
export interface LowerOptions {
  /** Ranges written after the ask: `for l = 2..L`. */
  readonly ranges?: readonly RangeClause[];
  readonly where?: readonly Condition[];
}

/**
 * Lowers a surface formula: every index written out, every sum with its range, families as axes.
 * A column vector has one axis, a matrix two (rows first).
 *
 * @throws {ShapeError} where shapes do not fit, in the student's terms, with the names whose rank
 *   was only guessed.
 */
export function lower(formula: Formula, network: Network, options: LowerOptions = {}): Lowered {
  const context = new IndexingContext(
    network.vocabulary,
    { layout: network.layout, softmaxOver: network.softmaxOver },
    (body, axis) => sizeText(body, axis, network),
  );
  const shaped = materialize(
    indexed(splitNumbered(formula, network.vocabulary.numbered), context),
    context,
  );
  const uses = slotUses(shaped.body, network);
  const groups = groupsOf(context.ties);
  const clauses = new Map((options.ranges ?? []).map((clause) => [clause.index, clause]));
  const remembered = new Map<string, Bounds | undefined>();
  const rangeOf = (variable: string): Bounds | undefined => {
    const group = groups(variable);
    if (!remembered.has(group))
      remembered.set(
        group,
        rangeOfGroup(group, uses, groups, context, clauses, network) ??
          rangeOfEnd(group, groups, context, rangeOf) ??
          rangeOfLetter(stemOf(group), uses, network),
      );
    return remembered.get(group);
  };
  const free = freeIndices(shaped.body, network).filter((name) => !shaped.axes.includes(name));
  const taken = new Set([...network.families.keys(), ...network.functions.keys()]);
  const renaming = new Map<string, Formula>(free.map((name) => [name, symbol(name)]));
  const used = new Set(free);
  const letters = shaped.axes.map((axis) => {
    const letter = pickLetter(stemOf(axis), taken, used);
    used.add(letter);
    renaming.set(axis, symbol(letter));
    return letter;
  });
  const unknown = (variable: string): ShapeError =>
    new ShapeError(
      `Nothing tells the range of the index ${variable}; write it (for ${variable} = 1..n, or with the sum).`,
      [...context.guessed, variable],
    );
  const filling = {
    rangeOf,
    counters: context.counters,
    taken,
    unknown: (variable: string) => unknown(stemOf(variable) || 'i'),
    outside: (variable: string, needs: string) =>
      context.clash(
        `The range of ${variable} depends on ${needs}, which is bound further inside; write the sum over ${needs} first.`,
      ),
  };
  const done = (part: Formula): Formula => fill(part, renaming, filling);
  const ranged = (variable: string, letter: string): Range => {
    const range = rangeOf(variable);
    if (!range) throw unknown(letter);
    return { index: letter, lower: done(range.lower), upper: done(range.upper) };
  };
  return {
    axes: shaped.axes.map((axis, place) => ranged(axis, letters[place] as string)),
    row: shaped.row,
    body: done(shaped.body),
    free: free.filter((name) => isOutermost(rangeOf(name), free)).map((name) => ranged(name, name)),
    guessed: [...context.guessed],
  };
}

/** Whether a range says something of a free index: one that hangs on a bound index does not. */
const isOutermost = (range: Bounds | undefined, free: readonly string[]): boolean =>
  range !== undefined &&
  [range.lower, range.upper]
    .flatMap((end) => [...freeNames(end)])
    .every((name) => !isMade(name) || free.includes(name));

/** A condition lowered, with the ranges of its free indices and of what it is taken over. */
export function lowerCondition(
  condition: Condition,
  network: Network,
  options: LowerOptions = {},
): { readonly condition: Condition; readonly ranges: readonly Range[] } {
  const lowered = lower(indicator(condition), network, options);
  if (lowered.body.kind !== 'indicator')
    throw new ShapeError('A condition must be a comparison of numbers.');
  return { condition: lowered.body.when, ranges: [...lowered.axes, ...lowered.free] };
}

function groupsOf(ties: readonly (readonly [string, string])[]): (variable: string) => string {
  const leader = new Map<string, string>();
  const find = (name: string): string => {
    const up = leader.get(name);
    return up === undefined ? name : find(up);
  };
  for (const [left, right] of ties) {
    const [a, b] = [find(left), find(right)];
    if (a !== b) leader.set(b, a);
  }
  return find;
}

/** The range of an index at the end of an ordered product, which nothing else tells. */
function rangeOfEnd(
  group: string,
  groups: (variable: string) => string,
  context: IndexingContext,
  rangeOf: (variable: string) => Bounds | undefined,
): Bounds | undefined {
  for (const [variable, end] of context.ends) {
    if (groups(variable) !== group) continue;
    const range = rangeOf(end.of);
    if (!range) continue;
    const there = new Map([[end.level, end.value]]);
    const at = (side: Formula): Formula => tidyEnd(substitute(side, there));
    return { lower: at(range.lower), upper: at(range.upper) };
  }
  return undefined;
}

function rangeOfGroup(
  group: string,
  uses: readonly SlotUse[],
  groups: (variable: string) => string,
  context: IndexingContext,
  clauses: ReadonlyMap<string, RangeClause>,
  network: Network,
): Bounds | undefined {
  for (const [variable, bounds] of context.written)
    if (groups(variable) === group) {
      const own = uses.find((use) => groups(use.variable) === group && use.manner === 'pure');
      if (own && stemOf(variable) === '') agreeOn(own, { ...own, range: bounds }, context, network);
      return bounds;
    }
  const clause = clauses.get(group);
  const mine = uses.filter((use) => groups(use.variable) === group);
  const pure = mine.filter((use) => use.manner === 'pure');
  const shifted = mine.filter((use) => use.manner !== 'mixed');
  // A family's own open axis must fit everywhere; a written index runs where everything exists.
  if (stemOf(group) === '' && isMade(group))
    for (const use of pure.slice(1)) agreeOn(pure[0] as SlotUse, use, context, network);
  const ranges = (shifted.length > 0 ? shifted : mine).map((use) => use.range);
  const distinct = ranges.filter(
    (range, place) =>
      ranges.findIndex(
        (other) => same(other.lower, range.lower) && same(other.upper, range.upper),
      ) === place,
  );
  const found = distinct.length === 0 ? undefined : distinct.reduce(intersection);
  if (!clause?.upper && !clause?.lower) return found;
  const upper = clause.upper ?? found?.upper;
  return upper && { lower: clause.lower ?? found?.lower ?? one, upper };
}

/** Refuses two slots that share an axis and have different sizes. */
function agreeOn(
  first: SlotUse,
  second: SlotUse,
  context: IndexingContext,
  network: Network,
): void {
  const [a, b] = [first.range, second.range];
  const fits =
    sizeKey(a.upper, network) === sizeKey(b.upper, network) &&
    sizeKey(a.lower, network) === sizeKey(b.lower, network);
  if (fits) return;
  throw context.clash(
    `Shapes do not fit: ${placeText(first)} runs over ${lengthText(a, network)}, ` +
      `${placeText(second)} over ${lengthText(b, network)}.`,
  );
}

const ordinals = ['first', 'second', 'third', 'fourth'];

function placeText({ family, slot }: SlotUse): string {
  const lower = family.slots.filter((other) => other.place === 'lower').length;
  const upper = family.slots.length - lower;
  if (lower === 2 && slot >= upper)
    return slot === upper ? `a column of ${family.name}` : `a row of ${family.name}`;
  if (lower === 1 && slot >= upper) return family.name;
  return `the ${ordinals[slot] ?? 'last'} index of ${family.name}`;
}

function lengthText(bounds: Bounds, network: Network): string {
  const known = network.sizes.get(structureKey(bounds.upper));
  const text = writePlain(bounds.upper);
  const from = same(bounds.lower, one) ? '' : `${writePlain(bounds.lower)}..`;
  return known === undefined ? `${from}${text}` : `${from}${text} = ${known}`;
}

/** A key that two sizes share if they must be equal in every model. */
function sizeKey(size: Formula, network: Network): string {
  const known = network.sizes.get(structureKey(size));
  if (known !== undefined) return structureKey(number(known));
  const seen = new Set([structureKey(size)]);
  const open = [size];
  for (let next = open.pop(); next; next = open.pop())
    for (const { left, right } of network.equalSizes)
      for (const [from, to] of [
        [left, right],
        [right, left],
      ] as const) {
        const key = structureKey(to);
        if (same(from, next) && !seen.has(key)) {
          seen.add(key);
          open.push(to);
        }
      }
  return [...seen].sort()[0] as string;
}

function sizeText(body: Formula, axis: string, network: Network): string | undefined {
  const use = slotUses(body, network).find(
    (other) => other.variable === axis && other.manner === 'pure',
  );
  if (!use) return undefined;
  const known = network.sizes.get(structureKey(use.range.upper));
  return known === undefined ? writePlain(use.range.upper) : `${known}`;
}

/** A vector or a matrix of the sheet is no number that could tell an entry. */
function refuseFamilyAsIndex(index: Formula, of: string, network: Network): void {
  if (index.kind !== 'symbol' || index.indices.length > 0) return;
  const slots = network.families.get(index.name)?.slots ?? [];
  if (slots.length === 0) return;
  throw new ShapeError(familyAsIndex(index.name, of, ''), []);
}

/** Letters in index positions that are neither sizes, nor names of numbers, nor bound. */
function freeIndices(body: Formula, network: Network): readonly string[] {
  const free = freeNames(body);
  const found = new Set<string>();
  const take = (index: Formula): void => {
    for (const name of freeNames(index))
      if (free.has(name) && !network.families.has(name)) found.add(name);
  };
  const walk = (formula: Formula): void => {
    switch (formula.kind) {
      case 'symbol':
        for (const index of formula.indices) refuseFamilyAsIndex(index, formula.name, network);
        formula.indices.forEach(take);
        break;
      case 'call':
        formula.indices.forEach(take);
        break;
      case 'delta':
        take(formula.left);
        take(formula.right);
        break;
      case 'indicator':
        conditionFormulas(formula.when).forEach(take);
        break;
      case 'sum':
      case 'product':
        if (formula.bounds) {
          take(formula.bounds.lower);
          take(formula.bounds.upper);
        }
        break;
      case 'family':
        formula.at.forEach(take);
        break;
      default:
        break;
    }
    for (const part of children(formula)) walk(part);
  };
  walk(body);
  return [...found];
}
