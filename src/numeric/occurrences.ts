/** Which symbols a formula mentions, and what must be true of sizes for them to exist. */
import type { Bounds, Condition, Formula, SymbolFormula } from '../expression/formula.js';
import { children, conditionFormulas, freeNames } from '../expression/walk.js';
import type { Network } from '../network/network.js';

/** All symbol nodes of formulas, indices and bounds included. */
export function symbolsOf(formulas: readonly Formula[]): readonly SymbolFormula[] {
  const seen = new Set<Formula>();
  const found: SymbolFormula[] = [];
  const open = [...formulas];
  for (let part = open.pop(); part; part = open.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (part.kind === 'symbol') found.push(part);
    open.push(...children(part));
  }
  return found;
}

/** All formulas of a network's definitions: heads, ranges, conditions and right sides. */
export const formulasOf = (network: Network): readonly Formula[] =>
  network.definitions.flatMap((definition) => [
    { kind: 'symbol', name: definition.name, indices: definition.head } satisfies Formula,
    ...definition.ranges.flatMap((range) => [range.lower, range.upper]),
    ...definition.where.flatMap(conditionFormulas),
    definition.right,
  ]);

/** Names of sizes: what bounds of families, ranges and sums mention, index letters apart. */
export function sizeNames(network: Network, formulas: readonly Formula[]): ReadonlySet<string> {
  const names = new Set<string>();
  const letters = new Set<string>();
  const collect = (bounds: { readonly lower: Formula; readonly upper: Formula } | undefined) => {
    if (!bounds) return;
    for (const name of [...freeNames(bounds.lower), ...freeNames(bounds.upper)]) names.add(name);
  };
  for (const family of network.families.values()) {
    if (family.role === 'size') names.add(family.name);
    for (const slot of family.slots) {
      letters.add(slot.variable);
      collect(slot.bounds);
    }
  }
  for (const definition of network.definitions)
    for (const range of definition.ranges) {
      letters.add(range.index);
      collect(range);
    }
  for (const part of boundFormulas(formulas)) {
    if (part.kind === 'sum' || part.kind === 'product') {
      letters.add(part.index);
      collect(part.bounds);
    } else if (part.kind === 'family' || part.kind === 'array')
      for (const binder of part.binders) {
        letters.add(binder.index);
        collect(binder);
      }
  }
  for (const name of [...names])
    if (letters.has(name) && network.families.get(name)?.role !== 'size') names.delete(name);
  return names;
}

function boundFormulas(formulas: readonly Formula[]): readonly Formula[] {
  const seen = new Set<Formula>();
  const open = [...formulas];
  for (let part = open.pop(); part; part = open.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    open.push(...children(part));
  }
  return [...seen];
}

/** A formula as a size plus a whole number (`L - 2`), or as a whole number alone. */
export function shifted(
  formula: Formula,
): { readonly name: string | undefined; readonly by: number } | undefined {
  if (formula.kind === 'number') return { name: undefined, by: formula.value.valueOf() };
  if (formula.kind === 'symbol') return { name: formula.name, by: 0 };
  if (formula.kind !== 'add') return undefined;
  let name: string | undefined;
  let by = 0;
  for (const term of formula.terms) {
    if (term.kind === 'number') by += term.value.valueOf();
    else if (term.kind === 'symbol' && name === undefined) name = term.name;
    else return undefined;
  }
  return { name, by };
}

/** The smallest value of each size at which all written indices exist (`z^3` needs `L >= 3`). */
export function leastSizes(
  network: Network,
  formulas: readonly Formula[],
  sizes: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const least = new Map<string, number>();
  const raise = (name: string | undefined, to: number) => {
    if (name !== undefined && sizes.has(name)) least.set(name, Math.max(least.get(name) ?? 1, to));
  };
  for (const { name, indices } of symbolsOf(formulas)) {
    const slots = network.families.get(name)?.slots ?? [];
    for (const [place, index] of indices.entries()) {
      const bounds = slots[place]?.bounds;
      const at = shifted(index);
      if (!bounds || !at) continue;
      const upper = shifted(bounds.upper);
      const lower = shifted(bounds.lower);
      if (at.name === undefined && upper) raise(upper.name, at.by - upper.by);
      if (lower?.name === undefined && lower) raise(at.name, lower.by - at.by);
    }
  }
  return least;
}

/** Sizes that count layers or steps: they bound an index that is met shifted, or written above. */
export function depthNames(
  network: Network,
  formulas: readonly Formula[],
  sizes: ReadonlySet<string>,
): ReadonlySet<string> {
  const shiftedFamilies = new Map<string, Set<number>>();
  for (const { name, indices } of symbolsOf(formulas))
    for (const [place, index] of indices.entries()) {
      const at = shifted(index);
      if (!at || at.name === undefined || at.by === 0 || sizes.has(at.name)) continue;
      const places = shiftedFamilies.get(name) ?? new Set();
      places.add(place);
      shiftedFamilies.set(name, places);
    }
  const depths = new Set<string>();
  for (const family of network.families.values())
    for (const [place, slot] of family.slots.entries()) {
      const upper = slot.bounds && shifted(slot.bounds.upper);
      if (upper?.name === undefined || !sizes.has(upper.name)) continue;
      if (slot.place === 'upper' || shiftedFamilies.get(family.name)?.has(place))
        depths.add(upper.name);
    }
  return depths;
}

/** Whether two different values of one index are compared (`j != i`): such sizes are at least 3. */
export const comparesIndices = (formulas: readonly Formula[]): boolean =>
  boundFormulas(formulas).some(
    (part) => (part.kind === 'sum' || part.kind === 'product') && part.where.some(isUnequal),
  );

const isUnequal = (condition: Condition): boolean =>
  condition.kind === 'compare'
    ? condition.relation === '!='
    : condition.kind !== 'member' && condition.parts.some(isUnequal);

/** Ranges of the letters that the network leaves free: that of the first family they index. */
export function freeLetters(
  network: Network,
  formulas: readonly Formula[],
): ReadonlyMap<string, Bounds> {
  const letters = new Map<string, Bounds>();
  for (const { name, indices } of symbolsOf(formulas))
    for (const [place, index] of indices.entries()) {
      if (index.kind !== 'symbol' || letters.has(index.name)) continue;
      if (network.families.get(index.name)?.role !== 'index') continue;
      const slots = network.families.get(name)?.slots ?? [];
      const bounds = slots[place]?.bounds;
      // A label for each entry (`c_t`) is drawn from one range, whatever the other indices are.
      const used = bounds && [...freeNames(bounds.lower), ...freeNames(bounds.upper)];
      const depends = used?.some((one) => slots.some((slot) => slot.variable === one)) ?? true;
      if (bounds && (index.indices.length === 0 || !depends)) letters.set(index.name, bounds);
    }
  return letters;
}
