/** What the parts of the machine need of it. */
import type { Binder, Formula } from '../expression/formula.js';
import type { Network } from '../network/network.js';
import type { Branches } from './branches.js';
import type { Scope } from './scope.js';
import type { Node, Tape } from './tape.js';
import type { World } from './world.js';

/** The entries of a family, in order, with their index values. */
export type FamilyEntries = readonly { readonly indices: readonly number[]; readonly node: Node }[];

export interface Working {
  readonly tape: Tape;
  readonly network: Network;
  readonly world: World;
  /** Values of abstract functions and of their slopes, by function, arguments and slots. */
  readonly waves: Map<string, Node>;
  /** What was met where formulas change their branches. */
  readonly branches: Branches;
  /** The node of a formula. */
  node(formula: Formula, scope: Scope): Node;
  /** The nodes of a formula at all values of binders. */
  familyEntries(binders: readonly Binder[], body: Formula, scope: Scope): FamilyEntries;
  /** Takes down how close two compared numbers were. */
  note(distance: number): void;
}
