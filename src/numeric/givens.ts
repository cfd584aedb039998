/** The numbers of a sheet, entry by entry. */
import { type Bounds, type Formula, type SymbolFormula, symbol } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import type { NestedNumbers, Network } from '../network/network.js';
import { entryKey, UnknownSize } from './errors.js';
import { definitionsOf, matchHead } from './heads.js';
import { integer } from './integers.js';
import { shifted } from './occurrences.js';
import { lettersOf } from './rules.js';
import { bindIndex, type Scope } from './scope.js';
import { fixedSize } from './sizes.js';
import type { Cut, World } from './world.js';

/** All that is given, by entry key. */
export interface GivenNumbers {
  readonly numbers: ReadonlyMap<string, number>;
  /** Derivatives given, by the key of the entry that is differentiated. */
  readonly cuts: ReadonlyMap<string, readonly Cut[]>;
  /** Sizes fixed by the sheet or by the shape of what is given. */
  readonly sizes: ReadonlyMap<string, number>;
}

const remembered = new WeakMap<Network, GivenNumbers>();

/** Reads the givens of a network; a later line replaces an earlier one. */
export function givenNumbers(network: Network): GivenNumbers {
  const known = remembered.get(network);
  if (known) return known;
  const sizes = new Map<string, number>();
  const sizeOf = (name: string, indices: readonly number[]) =>
    fixedSize(network, name, indices) ?? sizes.get(entryKey(name, indices));
  const numbers = new Map<string, number>();
  const cuts = new Map<string, Cut[]>();
  // Twice: a shape read later may fix a size that an earlier line needs.
  for (let round = 0; round < 2; round += 1)
    for (const { target, value } of network.givens)
      if (target.kind === 'symbol')
        for (const { indices, number } of entriesOf(network, target, value, sizes, sizeOf))
          numbers.set(entryKey(target.name, indices), number);
  const world = worldOfSizes(sizeOf);
  for (const { target, value } of network.givens) {
    if (target.kind === 'derivative') {
      if (target.of.kind !== 'symbol' || target.by.kind !== 'symbol')
        throw new Unsupported('a number is given for a derivative of a formula', target);
      const of = entryKey(target.of.name, whole(target.of.indices, undefined, world));
      for (const { indices, number } of entriesOf(network, target.by, value, sizes, sizeOf))
        addCut(cuts, of, { by: target.by.name, indices, value: number });
    } else if (target.kind === 'symbol')
      for (const { indices, number } of entriesOf(network, target, value, sizes, sizeOf))
        namedCut(network, cuts, target.name, indices, number, world);
  }
  const given = { numbers, cuts, sizes };
  remembered.set(network, given);
  return given;
}

function addCut(cuts: Map<string, Cut[]>, of: string, cut: Cut): void {
  const others = (cuts.get(of) ?? []).filter(
    (other) => other.by !== cut.by || other.indices.join() !== cut.indices.join(),
  );
  cuts.set(of, [...others, cut]);
}

/** A number for a name of a derivative (`delta^3_1 = 2`) is a number for the derivative. */
function namedCut(
  network: Network,
  cuts: Map<string, Cut[]>,
  name: string,
  indices: readonly number[],
  value: number,
  world: World,
): void {
  for (const definition of definitionsOf(network, name)) {
    if (definition.right.kind !== 'derivative') continue;
    const { of, by } = definition.right;
    if (of.kind !== 'symbol' || by.kind !== 'symbol') continue;
    const match = matchHead(definition, indices, world, () => definition.where.length === 0);
    if (!match) continue;
    const key = entryKey(of.name, whole(of.indices, match.scope, world));
    addCut(cuts, key, { by: by.name, indices: whole(by.indices, match.scope, world), value });
  }
}

const whole = (indices: readonly Formula[], scope: Scope, world: World): readonly number[] =>
  indices.map((index) => integer(index, scope, world));

const worldOfSizes = (size: World['size']): World => ({
  size,
  sizes: () => new Map(),
  leaf: () => undefined,
  pinned: () => undefined,
  cuts: () => [],
  pick: () => 0,
  member: () => false,
  wave: () => undefined,
});

interface GivenEntry {
  readonly indices: readonly number[];
  readonly number: number;
}

/** The entries of a target with whole axes: one level of the value for each. */
function entriesOf(
  network: Network,
  target: SymbolFormula,
  value: NestedNumbers,
  sizes: Map<string, number>,
  sizeOf: World['size'],
): readonly GivenEntry[] {
  const slots = network.families.get(target.name)?.slots ?? [];
  const places = Math.max(slots.length, target.indices.length);
  const entries: GivenEntry[] = [];
  const visit = (at: readonly number[], part: NestedNumbers): void => {
    const place = at.length;
    if (place === places) {
      entries.push({ indices: at, number: single(target.name, part) });
      return;
    }
    const index = target.indices[place];
    if (index && index.kind !== 'whole') {
      visit([...at, integer(index, undefined, { size: sizeOf })], part);
      return;
    }
    const wanted = countWhole(target, place, places);
    const list = unwrapped(part, wanted);
    if (typeof list === 'number')
      throw new Unsupported(`${target.name} needs a list of numbers, but one number is given`);
    const scope = scopeBefore(slots, at);
    const bounds = slots[place]?.bounds;
    const lower = bounds ? integer(bounds.lower, scope, { size: sizeOf }) : 1;
    if (bounds) inferSize(network, sizes, bounds, scope, lower + list.length - 1, sizeOf);
    for (const [offset, item] of list.entries()) visit([...at, lower + offset], item);
  };
  visit([], value);
  return entries;
}

const countWhole = (target: SymbolFormula, from: number, places: number): number => {
  let count = 0;
  for (let place = from; place < places; place += 1)
    if ((target.indices[place] ?? { kind: 'whole' }).kind === 'whole') count += 1;
  return count;
};

const depthOf = (value: NestedNumbers): number =>
  typeof value === 'number' ? 0 : 1 + (value[0] === undefined ? 0 : depthOf(value[0]));

/** A row `[[1, 2]]` may be given for a vector. */
const unwrapped = (value: NestedNumbers, levels: number): NestedNumbers =>
  typeof value !== 'number' && value.length === 1 && depthOf(value) > levels
    ? (value[0] as NestedNumbers)
    : value;

/** A column `[[1], [2]]` may be given for a vector. */
function single(name: string, value: NestedNumbers): number {
  if (typeof value === 'number') return value;
  if (value.length === 1) return single(name, value[0] as NestedNumbers);
  throw new Unsupported(`${name} is one number, but a list of ${value.length} is given`);
}

function scopeBefore(
  slots: readonly { readonly variable: string }[],
  at: readonly number[],
): Scope {
  let scope: Scope;
  for (const [place, value] of at.entries())
    scope = bindIndex(scope, slots[place]?.variable ?? `index ${place}`, value);
  return scope;
}

/** The length of a given list fixes the size that ends the range, if nothing else does. */
function inferSize(
  network: Network,
  sizes: Map<string, number>,
  bounds: Bounds,
  scope: Scope,
  last: number,
  sizeOf: World['size'],
): void {
  const upper = bounds.upper;
  const at = shifted(upper);
  if (!at?.name || lettersOf(scope).has(at.name)) return;
  const symbolic = upper.kind === 'symbol' ? upper : symbol(at.name);
  try {
    const indices = whole(symbolic.indices, scope, worldOfSizes(sizeOf));
    if (fixedSize(network, symbolic.name, indices) === undefined)
      sizes.set(entryKey(symbolic.name, indices), last - at.by);
  } catch (problem) {
    if (!(problem instanceof UnknownSize)) throw problem;
  }
}
