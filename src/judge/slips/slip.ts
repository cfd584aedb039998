/** What a slip is: a change a student would have to undo, tried by numbers. */
import type { Formula } from '../../expression/formula.js';
import type { Network } from '../../network/network.js';
import { isIndexPlace, type Place, placesOf } from '../places.js';

export type SlipKind =
  | 'sign'
  | 'factor'
  | 'term'
  | 'index'
  | 'layer'
  | 'transpose'
  | 'derivative'
  | 'sum'
  | 'power'
  | 'order'
  | 'shape'
  | 'other';

/** What the table of slips knows of the line. */
export interface SlipContext {
  readonly network: Network;
  /** The side that the suspect is held against (the line before, the definition, the ask). */
  readonly reference: Formula;
  /** The side that does not hold, in the author's notation (a surface formula). */
  readonly suspect: Formula;
  /** Letters that stand free in the reference. */
  readonly free: ReadonlySet<string>;
  /** A formula as the author would write it, for messages. */
  readonly print: (formula: Formula) => string;
}

/** The suspect with one thing changed. */
export interface Change {
  readonly formula: Formula;
  /** What is wrong with the line, if this change makes it hold. */
  readonly message: string;
  /** When it is not the row's own kind (a factor that is an f' is a lost derivative). */
  readonly kind?: SlipKind;
}

export interface SlipRow {
  readonly name: string;
  readonly kind: SlipKind;
  /** A line with this slip, and the line put right, in plain math. */
  readonly example: readonly [wrong: string, right: string];
  readonly changes: (context: SlipContext) => Iterable<Change>;
}

/** Places that hold quantities (not index letters). */
export const quantityPlaces = (formula: Formula): readonly Place[] =>
  placesOf(formula).filter((place) => !isIndexPlace(place));

/** Index places: each index written on a symbol. */
export interface IndexPlace extends Place {
  readonly owner: Formula & { readonly kind: 'symbol' };
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
