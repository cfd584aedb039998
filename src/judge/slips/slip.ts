/** What a slip is: a change a student would have to undo, tried by numbers. */
import type { Formula } from '../../expression/formula.js';
import { freeNames } from '../../expression/walk.js';
import type { Network } from '../../network/network.js';
import type { Reason } from '../../rewrite/step.js';
import { isIndexPlace, type Place, placesOf } from '../places.js';

/** What a slip is about; `derivative` is f for f', or an f' dropped. */
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

/** A slip found: what is wrong, in words, and the side put right. */
export interface Slip {
  readonly kind: SlipKind;
  readonly message: Reason;
  readonly suggestion: Formula | undefined;
}

/** What the table of slips knows of the line. */
export interface SlipContext {
  readonly network: Network;
  /** The side that the suspect is held against (the line before, the definition, the ask). */
  readonly reference: Formula;
  /** The side that does not hold, in the author's notation (a surface formula). */
  readonly suspect: Formula;
  /** What the reference comes to, if that is one number with nothing left to differentiate. */
  readonly closed: Formula | undefined;
  /** Letters that stand free in the reference. */
  readonly free: ReadonlySet<string>;
}

/** The suspect with one thing changed. */
export interface Change {
  readonly formula: Formula;
  /** What is wrong with the line, if this change makes it hold. */
  readonly message: Reason;
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

/** Index letters that stand free in a formula. */
export const freeLetters = (formula: Formula, network: Network): ReadonlySet<string> =>
  new Set(
    [...freeNames(formula)].filter((name) => {
      if (network.functions.has(name) || network.vocabulary.calls.has(name)) return false;
      const family = network.families.get(name);
      return family === undefined || family.role === 'index';
    }),
  );
