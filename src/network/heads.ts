/**
 * Heads found by an index that is a number. A sheet in which every layer has its own definition has
 * a thousand heads `z_1`, `z_2`, ...; whoever asks for `z_7` must not look at all of them.
 */

import type { Formula } from '../expression/formula.js';
import type { Definition } from './network.js';

/** Items of which each says the number in a slot, or `undefined` where it holds for all numbers. */
export class ByNumber<T> {
  /** The slot in which most items have a number. */
  private readonly slot: number;
  private readonly places = new Map<number, number[]>();
  private readonly everywhere: number[] = [];

  constructor(
    readonly items: readonly T[],
    slots: number,
    numberAt: (item: T, slot: number) => number | undefined,
  ) {
    const counts = Array.from(
      { length: slots },
      (_, slot) => items.filter((item) => numberAt(item, slot) !== undefined).length,
    );
    this.slot = counts.indexOf(Math.max(0, ...counts));
    for (const [place, item] of items.entries()) {
      const value = this.slot < 0 ? undefined : numberAt(item, this.slot);
      if (value === undefined) {
        this.everywhere.push(place);
        continue;
      }
      const known = this.places.get(value);
      if (known) known.push(place);
      else this.places.set(value, [place]);
    }
  }

  /** The items that can hold at these indices, in their order; `undefined` is any index. */
  at(indices: readonly (number | undefined)[]): readonly T[] {
    const value = this.slot < 0 ? undefined : indices[this.slot];
    if (value === undefined) return this.items;
    const here = this.places.get(value) ?? [];
    if (here.length + this.everywhere.length === this.items.length) return this.items;
    const both = [...here, ...this.everywhere].sort((left, right) => left - right);
    return both.map((place) => this.items[place] as T);
  }
}

const numberOf = (formula: Formula | undefined): number | undefined =>
  formula?.kind === 'number' ? formula.value.valueOf() : undefined;

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
