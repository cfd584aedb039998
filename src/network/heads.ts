/**
 * Heads found by an index that is a number. A sheet in which every layer has its own definition has
 * a thousand heads `z_1`, `z_2`, ...; whoever asks for `z_7` must not look at all of them.
 */

import type { Formula, NumberFormula } from '../expression/formula.js';
import type { Definition } from './network.js';

/** Places of items, told apart by the number in one slot, then by those in the other slots. */
class Places {
  /** The slot in which most items have a number. */
  private readonly slot: number | undefined;
  private readonly byNumber = new Map<number, Places>();
  private readonly everywhere: readonly number[];

  constructor(
    readonly all: readonly number[],
    slots: readonly number[],
    numbers: readonly (readonly (number | undefined)[])[],
  ) {
    const has = (place: number, slot: number) => numbers[place]?.[slot] !== undefined;
    const counts = slots.map((slot) => all.filter((place) => has(place, slot)).length);
    const most = Math.max(0, ...counts);
    const chosen = all.length > 1 && most > 0 ? slots[counts.indexOf(most)] : undefined;
    this.slot = chosen;
    this.everywhere = chosen === undefined ? all : all.filter((place) => !has(place, chosen));
    if (chosen === undefined) return;
    const groups = new Map<number, number[]>();
    for (const place of all) {
      const value = numbers[place]?.[chosen];
      if (value === undefined) continue;
      const known = groups.get(value);
      if (known) known.push(place);
      else groups.set(value, [place]);
    }
    const others = slots.filter((slot) => slot !== chosen);
    for (const [value, places] of groups)
      this.byNumber.set(value, new Places(places, others, numbers));
  }

  at(indices: readonly (number | undefined)[]): readonly number[] {
    const value = this.slot === undefined ? undefined : indices[this.slot];
    if (value === undefined) return this.all;
    const here = this.byNumber.get(value)?.at(indices) ?? [];
    if (this.everywhere.length === 0) return here;
    return [...here, ...this.everywhere].sort((left, right) => left - right);
  }
}

/** The number that an index is, if it is one. */
export const numberOf = (index: Formula | undefined): number | undefined =>
  index?.kind === 'number' ? numberIn(index.value) : undefined;

/** Most indices are whole numbers, and a division of large integers takes long. */
const numberIn = (value: NumberFormula['value']): number =>
  value.d === 1n ? Number(value.n) * Number(value.s) : value.valueOf();

/** The numbers among some indices; `undefined` where one is not a number. */
export const numbersAt = (indices: readonly Formula[]): readonly (number | undefined)[] =>
  indices.map((index) => numberOf(index));

/** Items of which each says the number in a slot, or `undefined` where it holds for all numbers. */
export class ByNumber<T> {
  private readonly places: Places;

  constructor(
    readonly items: readonly T[],
    slots: number,
    numberAt: (item: T, slot: number) => number | undefined,
  ) {
    const all = Array.from({ length: slots }, (_, slot) => slot);
    const numbers = items.map((item) => all.map((slot) => numberAt(item, slot)));
    this.places = new Places([...items.keys()], all, numbers);
  }

  /** The items that can hold at these indices, in their order; `undefined` is any index. */
  at(indices: readonly (number | undefined)[]): readonly T[] {
    const places = this.places.at(indices);
    if (places.length === this.items.length) return this.items;
    return places.map((place) => this.items[place] as T);
  }
}

/** Definitions by the name and the entry that they give. */
export class Heads {
  private readonly byName: ReadonlyMap<string, ByNumber<Definition>>;

  constructor(definitions: readonly Definition[]) {
    const lists = new Map<string, Definition[]>();
    for (const definition of definitions) {
      const list = lists.get(definition.name);
      if (list) list.push(definition);
      else lists.set(definition.name, [definition]);
    }
    this.byName = new Map(
      [...lists].map(([name, list]) => {
        const slots = Math.max(...list.map(({ head }) => head.length));
        return [name, new ByNumber(list, slots, ({ head }, slot) => numberOf(head[slot]))];
      }),
    );
  }

  /** The definitions of a name, in the order of the sheet. */
  of(name: string): readonly Definition[] {
    return this.byName.get(name)?.items ?? [];
  }

  /** Those of them that can give the entry at these indices (formulas, or numbers). */
  at(name: string, indices: readonly (Formula | number)[]): readonly Definition[] {
    const numbers = indices.map((index) => (typeof index === 'number' ? index : numberOf(index)));
    return this.byName.get(name)?.at(numbers) ?? [];
  }
}

const remembered = new WeakMap<readonly Definition[], Heads>();

/** A list of definitions by the entries that they give. */
export function headsOf(definitions: readonly Definition[]): Heads {
  const known = remembered.get(definitions);
  if (known) return known;
  const heads = new Heads(definitions);
  remembered.set(definitions, heads);
  return heads;
}
