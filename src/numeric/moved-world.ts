/** A world with some of its leaves moved to other numbers; all else is that of the world below. */
import type { Network } from '../network/network.js';
import { entryKey } from './errors.js';
import { ordered } from './random-world.js';
import { boundsAt, type Rules, rulesOf } from './rules.js';
import type { Wave } from './waves.js';
import type { Cut, LeafValue, World } from './world.js';

/** The number of a leaf in place of the one it has. */
export type Move = (key: string, name: string, value: number) => number;

export class MovedWorld implements World {
  private readonly rules: Rules;

  constructor(
    private readonly network: Network,
    private readonly below: World,
    private readonly move: Move,
  ) {
    this.rules = rulesOf(network);
  }

  leaf(name: string, indices: readonly number[]): LeafValue {
    const value = this.below.leaf(name, indices);
    if (typeof value !== 'number' || !this.canMove(name)) return value;
    const moved = this.move(this.keyOf(name, indices), name, value);
    return Number.isFinite(moved) ? this.allowed(name, indices, value, moved) : value;
  }

  /** Whether a leaf may be moved: the parts of a fixed total may not. */
  canMove(name: string): boolean {
    return !this.rules.shares.some((rule) => rule.entry.name === name);
  }

  /** The key under which an entry is moved. */
  keyOf(name: string, indices: readonly number[]): string {
    const symmetric = this.network.families.get(name)?.symmetric;
    return entryKey(name, symmetric ? ordered(indices) : indices);
  }

  size(name: string, indices: readonly number[]): number | undefined {
    return this.below.size(name, indices);
  }

  sizes(): ReadonlyMap<string, number> {
    return this.below.sizes();
  }

  pinned(name: string, indices: readonly number[]): number | undefined {
    return this.below.pinned(name, indices);
  }

  cuts(of: string): readonly Cut[] {
    return this.below.cuts(of);
  }

  pick(key: string, count: number): number {
    return this.below.pick(key, count);
  }

  member(set: string, element: number): boolean {
    return this.below.member(set, element);
  }

  wave(key: string): Wave | undefined {
    return this.below.wave(key);
  }

  /** A number beyond the bounds of the sheet stays this side of them. */
  allowed(name: string, indices: readonly number[], from: number, to: number): number {
    const { above, below } = boundsAt(this.network, this.rules, name, indices, this);
    if (to <= above) return above + (from - above) / 8;
    if (to >= below) return below - (below - from) / 8;
    return to;
  }
}
