import type { Unseen } from './branch-search.js';

/** The verdict of comparing two formulas by numbers. */
export type Agreement =
  | {
      readonly verdict: 'agrees';
      /** Number of models in which they were compared, all entries each. */
      readonly points: number;
      /** Both sides were zero everywhere, which proves little. */
      readonly vanishing: boolean;
      /** They hold under the numbers of the sheet only, not for other numbers. */
      readonly onlyGiven: boolean;
      /** An entry that both sides read in other models, where the sizes inferred for it have none. */
      readonly beyond?: string;
      /** A branch that no point showed, so that the sides may differ there. */
      readonly unseen?: Unseen;
    }
  | { readonly verdict: 'differs'; readonly points: number; readonly witness: Witness }
  | { readonly verdict: 'unknown'; readonly points: number; readonly reason: string };

/** Where two formulas differ. */
export interface Witness {
  readonly sizes: ReadonlyMap<string, number>;
  /** Values of entries that the two formulas mention, by key (`w[1,2]`). */
  readonly values: ReadonlyMap<string, number>;
  /** The index values of the entry that differs. */
  readonly entry: ReadonlyMap<string, number>;
  readonly left: number | undefined;
  readonly right: number | undefined;
  /** Said where there are no two numbers: shapes that do not fit, an entry that does not exist. */
  readonly problem?: string;
}
