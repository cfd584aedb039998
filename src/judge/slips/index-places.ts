/** Places of indices: where they stand, above or below, and which ones the line uses. */
import { type Formula, type SymbolFormula, symbol } from '../../expression/formula.js';
import { same } from '../../expression/same.js';
import type { Network } from '../../network/network.js';
import { type Place, placesOf } from '../places.js';
import type { SlipContext, SlipKind } from './slip.js';
import { unique } from './surroundings.js';

/** One index written on a symbol. */
export interface IndexPlace extends Place {
  readonly owner: SymbolFormula;
  readonly slot: number;
}

/** Each index of each symbol (derivatives' own symbols included). */
export function indexPlaces(formula: Formula): readonly IndexPlace[] {
  return placesOf(formula).flatMap((place) => {
    const owner = place.above.at(-1);
    if (owner?.kind !== 'symbol' || place.part.kind === 'whole') return [];
    return [{ ...place, owner, slot: place.path.at(-1) as number }];
  });
}

/** Whether a slot is written above the name: a layer, a time step or an example. */
export const isUpperSlot = (network: Network, name: string, slot: number): boolean =>
  network.families.get(name)?.slots[slot]?.place === 'upper';

export type Height = 'upper' | 'lower';

export const heightOf = (context: SlipContext, place: IndexPlace): Height =>
  isUpperSlot(context.network, place.owner.name, place.slot) ? 'upper' : 'lower';

/** An upper index that is wrong is a wrong layer. */
export const kindOf: Readonly<Record<Height, SlipKind>> = { upper: 'layer', lower: 'index' };

/** All indices written in the line at one height. */
export const indicesAt = (context: SlipContext, height: Height): readonly Formula[] =>
  unique(
    [...indexPlaces(context.reference), ...indexPlaces(context.suspect)]
      .filter((place) => heightOf(context, place) === height)
      .map((place) => place.part),
  );

/** The symbol of a place with another index there. */
export const withIndex = (place: IndexPlace, index: Formula): SymbolFormula =>
  symbol(place.owner.name, place.owner.indices.with(place.slot, index));

/** Occurrences of one index that are changed together; beyond it the line is left alone. */
const MOST_OCCURRENCES = 40;

/** Every occurrence of an index at one height changed; `undefined` if there is only one. */
export function everywhere(
  context: SlipContext,
  from: Formula,
  to: Formula,
  height: Height,
): Formula | undefined {
  let formula = context.suspect;
  // Places of a changed formula are new, so each pass changes one occurrence.
  for (let pass = 0; pass < MOST_OCCURRENCES; pass += 1) {
    const next = indexPlaces(formula).find(
      (place) => same(place.part, from) && heightOf(context, place) === height,
    );
    if (!next) return pass > 1 ? formula : undefined;
    formula = next.put(to);
  }
  return undefined;
}
