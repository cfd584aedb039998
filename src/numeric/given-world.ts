/** The world of the sheet's own numbers; what nobody gave is missing or comes from elsewhere. */

import { number, symbol } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import type { Network } from '../network/network.js';
import { entryKey } from './errors.js';
import { type GivenNumbers, givenNumbers } from './givens.js';
import { lettersOf, matchEntry, type Rules, rulesOf } from './rules.js';
import { fixedSize } from './sizes.js';
import type { Wave } from './waves.js';
import type { Cut, LeafValue, World } from './world.js';

export class GivenWorld implements World {
  private readonly given: GivenNumbers;
  private readonly rules: Rules;

  constructor(
    private readonly network: Network,
    /** Where the rest comes from; without it the rest is missing. */
    private readonly rest?: World,
  ) {
    this.given = givenNumbers(network);
    this.rules = rulesOf(network);
  }

  size(name: string, indices: readonly number[]): number | undefined {
    const own =
      fixedSize(this.network, name, indices) ?? this.given.sizes.get(entryKey(name, indices));
    return own ?? this.equalSize(name, indices) ?? this.rest?.size(name, indices);
  }

  sizes(): ReadonlyMap<string, number> {
    return new Map([...(this.rest?.sizes() ?? []), ...this.given.sizes]);
  }

  leaf(name: string, indices: readonly number[]): LeafValue {
    const given = this.given.numbers.get(entryKey(name, indices));
    if (given !== undefined) return given;
    for (const rule of this.rules.tied) {
      if (rule.entry.name !== name) continue;
      const match = matchEntry(rule.entry, rule.ranges, indices, this);
      if (match) return { tied: rule.value, at: lettersOf(match.scope) };
    }
    return this.rest?.leaf(name, indices);
  }

  pinned(name: string, indices: readonly number[]): number | undefined {
    return this.given.numbers.get(entryKey(name, indices));
  }

  cuts(of: string): readonly Cut[] {
    return this.given.cuts.get(of) ?? [];
  }

  pick(key: string, count: number): number {
    const given = this.given.numbers.get(key);
    return given === undefined ? (this.rest?.pick(key, count) ?? 0) : given - 1;
  }

  member(set: string, element: number): boolean {
    return this.rest?.member(set, element) ?? false;
  }

  wave(key: string): Wave | undefined {
    return this.rest?.wave(key);
  }

  /** A size that must equal one that is fixed. */
  private equalSize(name: string, indices: readonly number[]): number | undefined {
    const key = structureKey(symbol(name, indices.map(number)));
    for (const { left, right } of this.network.equalSizes) {
      const other =
        structureKey(left) === key ? right : structureKey(right) === key ? left : undefined;
      if (other?.kind !== 'symbol') continue;
      const at = other.indices.map((index) =>
        index.kind === 'number' ? index.value.valueOf() : 0,
      );
      const known =
        fixedSize(this.network, other.name, at) ?? this.given.sizes.get(entryKey(other.name, at));
      if (known !== undefined) return known;
    }
    return undefined;
  }
}
