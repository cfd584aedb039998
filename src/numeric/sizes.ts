/** Sizes of a model: distinct, never below what is written, depths in turn. */
import { type Formula, number, symbol } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import type { Network } from '../network/network.js';
import { hash } from './draw.js';
import { entryKey, UnknownSize } from './errors.js';
import { integer } from './integers.js';

/** Depths tried in turn; a depth of one alone would hide most wrong lines. */
const DEPTHS = [3, 2, 4, 5, 1] as const;
/** Widths, dealt out in another order in each model. */
const WIDTHS = [3, 2, 4, 5] as const;

export interface SizeRequest {
  readonly names: ReadonlySet<string>;
  readonly depths: ReadonlySet<string>;
  readonly least: ReadonlyMap<string, number>;
  /** The least value of a width. */
  readonly floor: number;
}

/** The sizes of one model; those with indices (`n[2]`) are chosen when they are first met. */
export class Sizes {
  readonly chosen = new Map<string, number>();
  private readonly order: readonly string[];
  /** Sizes that are being worked out. */
  private readonly open = new Set<string>();

  constructor(
    private readonly network: Network,
    private readonly request: SizeRequest,
    private readonly turn: number,
  ) {
    this.order = [...request.names].sort();
  }

  /** The value of a size, `undefined` if that name is not a size. */
  value(name: string, indices: readonly number[]): number | undefined {
    const key = entryKey(name, indices);
    const known = this.chosen.get(key);
    if (known !== undefined) return known;
    if (fixedSize(this.network, name, indices) === undefined && !this.request.names.has(name))
      return undefined;
    // A size that its own equation needs (`K = min(K, p)`) is fixed by nothing.
    if (this.open.has(key)) throw new UnknownSize(key);
    this.open.add(key);
    try {
      const value = this.together(name, indices);
      this.chosen.set(key, value);
      return value;
    } finally {
      this.open.delete(key);
    }
  }

  /** One value for all sizes that must be equal to this one. */
  private together(name: string, indices: readonly number[]): number {
    const same = new Map([[entryKey(name, indices), { name, indices }]]);
    for (const member of same.values()) {
      const known =
        fixedSize(this.network, member.name, member.indices) ??
        this.chosen.get(entryKey(member.name, member.indices));
      if (known !== undefined) return known;
      for (const { left, right } of this.network.equalSizes)
        for (const [from, to] of [
          [left, right],
          [right, left],
        ] as const) {
          if (from.kind !== 'symbol' || from.name !== member.name) continue;
          if (!from.indices.every((index, at) => this.whole(index) === member.indices[at]))
            continue;
          if (to.kind !== 'symbol') return this.whole(to);
          const next = { name: to.name, indices: to.indices.map((index) => this.whole(index)) };
          const key = entryKey(next.name, next.indices);
          if (!same.has(key)) same.set(key, next);
        }
    }
    const [first] = [...same.keys()].sort();
    const chief = same.get(first as string) as { name: string; indices: readonly number[] };
    const value = this.choose(chief.name, chief.indices);
    for (const key of same.keys()) this.chosen.set(key, value);
    return value;
  }

  private whole(formula: Formula): number {
    return integer(formula, undefined, { size: (name, indices) => this.value(name, indices) });
  }

  private choose(name: string, indices: readonly number[]): number {
    const least = this.request.least.get(name) ?? 1;
    const place = this.order.indexOf(name);
    if (this.request.depths.has(name) && indices.length === 0) {
      const start = [...this.request.depths].sort().indexOf(name);
      return Math.max(least, DEPTHS[(this.turn + start) % DEPTHS.length] as number);
    }
    // Neighbouring layers, and sizes of other names, get different widths.
    const spread = place < WIDTHS.length ? place + this.turn * 3 : hash(this.turn, name);
    const offset = indices.reduce((total, index) => total + index, spread);
    const shuffle = hash(this.turn, 'order') % WIDTHS.length;
    const width = WIDTHS[(offset + shuffle) % WIDTHS.length] as number;
    return Math.max(least, width + this.request.floor - WIDTHS[1]);
  }
}

/** A size that the sheet fixes, by its structure key or its plain name. */
export const fixedSize = (
  network: Network,
  name: string,
  indices: readonly number[],
): number | undefined =>
  network.sizes.get(structureKey(symbol(name, indices.map(number)))) ??
  network.sizes.get(entryKey(name, indices));
