/** Indices that count the members of a sequence: layers, time steps, constant heads. */
import type { Formula } from '../../expression/formula.js';
import { children, freeNames } from '../../expression/walk.js';
import type { Definition, Network } from '../../network/network.js';

/** Index positions along which a family is a sequence: layers, time steps, constant heads. */
export function sequencePositions(network: Network): ReadonlyMap<string, ReadonlySet<number>> {
  const found = new Map<string, Set<number>>();
  const mark = (name: string, place: number) =>
    found.set(name, (found.get(name) ?? new Set()).add(place));
  for (const { name, slots } of network.families.values())
    slots.forEach((slot, place) => {
      if (slot.place === 'upper') mark(name, place);
    });
  for (const definition of network.definitions) {
    const shifted = shiftedNames(definition);
    const visit = (name: string, indices: readonly Formula[]) =>
      indices.forEach((index, place) => {
        const names = freeNames(index);
        if ([...names].some((variable) => shifted.has(variable))) mark(name, place);
      });
    visit(definition.name, definition.head);
    definition.head.forEach((index, place) => {
      if (index.kind === 'number') mark(definition.name, place);
    });
    const walk = (formula: Formula): void => {
      if (formula.kind === 'symbol') visit(formula.name, formula.indices);
      else for (const child of children(formula)) walk(child);
    };
    walk(definition.right);
  }
  return found;
}

/** Index variables of a definition that its right side uses shifted (`t-1`). */
function shiftedNames({ ranges, right }: Definition): ReadonlySet<string> {
  const own = new Set(ranges.map(({ index }) => index));
  const found = new Set<string>();
  const walk = (formula: Formula): void => {
    if (formula.kind === 'symbol')
      for (const index of formula.indices) {
        if (index.kind !== 'add') continue;
        const names = [...freeNames(index)];
        if (names.length === 1 && own.has(names[0] as string)) found.add(names[0] as string);
      }
    for (const child of children(formula)) walk(child);
  };
  walk(right);
  return found;
}

/** Names of the sizes that say how long the sequences are. */
export function lengthsOf(
  network: Network,
  positions: ReadonlyMap<string, ReadonlySet<number>>,
): ReadonlySet<string> {
  const bounds = [...positions].flatMap(([name, places]) => {
    const slots = network.families.get(name)?.slots ?? [];
    return [...places].flatMap((place) => slots[place]?.bounds?.upper ?? []);
  });
  return new Set(bounds.flatMap((upper) => [...freeNames(upper)]));
}
