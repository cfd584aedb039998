/** Where the entries of a family lie in its flat array. */
import type { Formula } from '../../expression/formula.js';
import { Unsupported } from '../../expression/unsupported.js';
import { freeNames } from '../../expression/walk.js';
import type { Family, Network } from '../../network/network.js';
import { integer } from '../integers.js';
import { bindIndex, type Scope } from '../scope.js';
import { fixedSize } from '../sizes.js';
import { constant, type Expression, plus, times } from './program.js';

/** Largest number of entries of one family. */
const LARGEST_FAMILY = 4_000_000;

/** An index is a loop variable where its value decides how later indices run. */
export class NeedsConstant extends Error {
  override readonly name = 'NeedsConstant';
}

interface Block {
  readonly offset: number;
  readonly lowers: readonly number[];
  readonly lengths: readonly number[];
}

export interface Layout {
  readonly length: number;
  /** The offset of an entry. */
  at(indices: readonly Expression[]): Expression;
}

/** Sizes as the sheet fixes them. */
export const sizesOf = (network: Network) => ({
  size: (name: string, indices: readonly number[]) => fixedSize(network, name, indices),
});

export function layoutOf(family: Family, network: Network): Layout {
  const { slots } = family;
  const variables = slots.map((slot) => slot.variable);
  let leading = 0;
  for (const slot of slots)
    for (const [place, variable] of variables.entries())
      if (
        slot.bounds &&
        [slot.bounds.lower, slot.bounds.upper].some((end) => freeNames(end).has(variable))
      )
        leading = Math.max(leading, place + 1);
  const world = sizesOf(network);
  const range = (place: number, scope: Scope): readonly [number, number] => {
    const bounds = slots[place]?.bounds;
    if (bounds) return [integer(bounds.lower, scope, world), integer(bounds.upper, scope, world)];
    const written = (family.written ?? []).map((tuple) =>
      integer(tuple[place] as Formula, scope, world),
    );
    if (written.length === 0)
      throw new Unsupported(`the range of an index of ${family.name} is not known`);
    return [Math.min(...written), Math.max(...written)];
  };
  const blocks = new Map<string, Block>();
  let length = 0;
  const visit = (place: number, scope: Scope, before: readonly number[]): void => {
    if (place < leading) {
      const [lower, upper] = range(place, scope);
      for (let value = lower; value <= upper; value += 1)
        visit(place + 1, bindIndex(scope, variables[place] as string, value), [...before, value]);
      return;
    }
    const ranges = slots.slice(leading).map((_, at) => range(leading + at, scope));
    const lengths = ranges.map(([lower, upper]) => Math.max(0, upper - lower + 1));
    blocks.set(before.join(), { offset: length, lowers: ranges.map(([lower]) => lower), lengths });
    length += lengths.reduce((product, part) => product * part, 1);
    if (length > LARGEST_FAMILY) throw new Unsupported(`${family.name} has too many entries`);
  };
  visit(0, undefined, []);
  return {
    length,
    at: (indices) => {
      const first = indices.slice(0, leading).map((index) => {
        if (index.kind !== 'number') throw new NeedsConstant(family.name);
        return index.value;
      });
      const block = blocks.get(first.join());
      if (!block) throw new Unsupported(`${family.name} has no entries at ${first.join(', ')}`);
      let offset = constant(0);
      for (const [place, index] of indices.slice(leading).entries()) {
        const from = plus(index, constant(-(block.lowers[place] as number)));
        const length = block.lengths[place] as number;
        if (from.kind === 'number' && (from.value < 0 || from.value >= length))
          throw new Unsupported(`${family.name} has no entry at an index that is read`);
        offset = plus(times(offset, constant(length)), from);
      }
      return plus(offset, constant(block.offset));
    },
  };
}
