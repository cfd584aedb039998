/** What a formula meets when it is worked out: sizes, leaves, functions; random ones or given ones. */
import type { Formula } from '../expression/formula.js';
import type { Wave } from './waves.js';

/**
 * The value of a leaf: a number, another formula whose value it has (it does not depend on it), or
 * nothing, if nobody gave it.
 */
export type LeafValue =
  | number
  | { readonly tied: Formula; readonly at: ReadonlyMap<string, number> }
  | undefined;

/** A derivative given as a number: the adjoint of `by` (an entry key) in derivatives of `of`. */
export interface Cut {
  readonly by: string;
  readonly indices: readonly number[];
  readonly value: number;
}

export interface World {
  /** The value of a size such as `L` or `n[2]`; `undefined` if nothing fixes it. */
  size(name: string, indices: readonly number[]): number | undefined;
  /** The sizes met so far, by entry key. */
  sizes(): ReadonlyMap<string, number>;
  /** The value of a leaf. */
  leaf(name: string, indices: readonly number[]): LeafValue;
  /** A number given for an entry that has a definition. */
  pinned(name: string, indices: readonly number[]): number | undefined;
  /** Derivatives given for an entry (by its key). */
  cuts(of: string): readonly Cut[];
  /** A data index such as `s(i)`, or a free letter, among `count` values; counted from 0. */
  pick(key: string, count: number): number;
  /** Whether an element is in a set nobody listed. */
  member(set: string, element: number): boolean;
  /** The abstract function of that name and own indices. */
  wave(key: string): Wave | undefined;
}
