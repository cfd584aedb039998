/** Slips of index and layer: exchanged, one off, or another letter's. */
import { add, type Formula, minusOne, number, one, symbol } from '../../expression/formula.js';
import { same } from '../../expression/same.js';
import { told } from '../../rewrite/told.js';
import { placesOf } from '../places.js';
import {
  everywhere,
  type Height,
  heightOf,
  type IndexPlace,
  indexPlaces,
  indicesAt,
  isUpperSlot,
  kindOf,
  withIndex,
} from './index-places.js';
import type { Change, SlipContext, SlipRow } from './slip.js';

const isPlain = (index: Formula | undefined): index is Formula =>
  index !== undefined && index.kind !== 'whole';

const swapped: SlipRow = {
  name: 'indices-swapped',
  kind: 'index',
  example: ['sum_k w_jk delta_k', 'sum_k w_kj delta_k'],
  *changes(context) {
    for (const { part, put } of placesOf(context.suspect)) {
      if (part.kind !== 'symbol') continue;
      for (const [first, left] of part.indices.entries())
        for (const [second, right] of part.indices.entries()) {
          if (second <= first || !isPlain(left) || !isPlain(right) || same(left, right)) continue;
          if (isUpperSlot(context.network, part.name, first)) continue;
          const formula = symbol(part.name, part.indices.with(first, right).with(second, left));
          yield {
            formula: put(formula),
            message: told`the indices of ${part} are swapped: it should be ${formula}`,
          };
        }
    }
  },
};

const heights: readonly Height[] = ['upper', 'lower'];
const indexWord: Readonly<Record<Height, string>> = {
  upper: 'upper index',
  lower: 'index',
};

/** An index of one symbol changed. */
function changed(context: SlipContext, place: IndexPlace, to: Formula, words: string): Change {
  return {
    formula: place.put(to),
    kind: kindOf[heightOf(context, place)],
    message: told`${words}: ${place.owner} should be ${withIndex(place, to)}`,
  };
}

/** An index of all symbols changed. */
function* changedThroughout(
  context: SlipContext,
  from: Formula,
  to: Formula,
  height: Height,
): Iterable<Change> {
  const formula = everywhere(context, from, to, height);
  if (!formula) return;
  yield {
    formula,
    kind: kindOf[height],
    message: told`the ${indexWord[height]} ${from} should be ${to} throughout`,
  };
}

const shifted: SlipRow = {
  name: 'layer-shifted',
  kind: 'layer',
  example: ["delta^l_k f'(z^l_j)", "delta^(l+1)_k f'(z^l_j)"],
  *changes(context) {
    const steps = [one, minusOne];
    for (const place of indexPlaces(context.suspect))
      for (const step of steps) {
        const words = `an ${indexWord[heightOf(context, place)]} is one off`;
        yield changed(context, place, add(place.part, step), words);
      }
    for (const height of heights)
      for (const index of indicesAt(context, height))
        for (const step of steps)
          yield* changedThroughout(context, index, add(index, step), height);
  },
};

const replaced: SlipRow = {
  name: 'index-replaced',
  kind: 'index',
  example: ['a_k delta_j', 'a_k delta_i'],
  *changes(context) {
    for (const place of indexPlaces(context.suspect))
      for (const index of indicesAt(context, heightOf(context, place)))
        if (!same(index, place.part)) yield changed(context, place, index, 'a wrong index');
    for (const height of heights.toReversed()) {
      const indices = indicesAt(context, height);
      for (const from of indices)
        for (const to of indices)
          if (!same(from, to)) yield* changedThroughout(context, from, to, height);
    }
  },
};

/** Numbers that a written index may have been meant to be. */
const SMALL_INDICES = [1, 2, 3, 4].map((value) => number(value));

const numberIndex: SlipRow = {
  name: 'number-of-index',
  kind: 'index',
  example: ['w_22 x_1', 'w_21 x_1'],
  *changes(context) {
    for (const place of indexPlaces(context.suspect)) {
      if (place.part.kind !== 'number') continue;
      for (const index of SMALL_INDICES)
        if (!same(index, place.part)) yield changed(context, place, index, 'a wrong index');
    }
  },
};

export const indexRows: readonly SlipRow[] = [swapped, shifted, replaced, numberIndex];
