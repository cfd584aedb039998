/** A world of random leaves and functions that satisfies what the sheet assumes. */
import type { Bounds } from '../expression/formula.js';
import type { Network } from '../network/network.js';
import { between, fraction, hash } from './draw.js';
import { entryKey, UnknownSize } from './errors.js';
import { integer } from './integers.js';
import { boundsAt, lettersOf, matchEntry, type Rules, type ShareRule } from './rules.js';
import { bindingOf } from './scope.js';
import type { Sizes } from './sizes.js';
import { type Wave, waveOf } from './waves.js';
import type { Cut, LeafValue, World } from './world.js';

/** How leaves are drawn: any sign, all within (0.15, 0.85), or each name one or the other. */
export type Mode = 'mixed' | 'unit' | 'hybrid';

/** Share of the leaves that are zero where an inequality is searched for a failure. */
const ZERO_SHARE = 0.15;

export interface Draw {
  readonly seed: number;
  readonly mode: Mode;
  /** Its bits choose the signs, so that any two names take all four combinations. */
  readonly signs: number;
  /** The largest size of a leaf in mixed mode. */
  readonly reach: number;
  /** Leaves may be zero, and any size up to the reach is as likely as any other. */
  readonly wide: boolean;
}

/** Share of the elements that are in a set nobody listed. */
const MEMBER_SHARE = 0.6;

export class RandomWorld implements World {
  private readonly waves = new Map<string, Wave>();
  private readonly ordinals: ReadonlyMap<string, number>;

  constructor(
    private readonly network: Network,
    private readonly chosen: Sizes,
    private readonly rules: Rules,
    private readonly draw: Draw,
    /** Ranges of letters that stand free in definitions (`y_o`): one value in a model. */
    private readonly letters: ReadonlyMap<string, Bounds>,
  ) {
    this.ordinals = new Map([...network.families.keys()].map((name, place) => [name, place]));
  }

  /** Letters whose ranges are being worked out. */
  private readonly open = new Set<string>();

  size(name: string, indices: readonly number[]): number | undefined {
    const size = this.chosen.value(name, indices);
    const letter = size === undefined && this.letters.get(name);
    if (!letter) return size;
    const key = indices.length === 0 ? name : entryKey(name, indices);
    // A letter whose range ends at itself is fixed by nothing.
    if (this.open.has(key)) throw new UnknownSize(key);
    this.open.add(key);
    try {
      const lower = integer(letter.lower, undefined, this);
      const upper = integer(letter.upper, undefined, this);
      return lower + this.pick(key, upper - lower + 1);
    } finally {
      this.open.delete(key);
    }
  }

  sizes(): ReadonlyMap<string, number> {
    return this.chosen.chosen;
  }

  leaf(name: string, written: readonly number[]): LeafValue {
    const indices = this.network.families.get(name)?.symmetric ? ordered(written) : written;
    for (const rule of this.rules.tied) {
      if (rule.entry.name !== name) continue;
      const match = matchEntry(rule.entry, rule.ranges, indices, this);
      if (match) return { tied: rule.value, at: lettersOf(match.scope) };
    }
    for (const rule of this.rules.shares) {
      const value = rule.entry.name === name ? this.share(rule, indices) : undefined;
      if (value !== undefined) return value;
    }
    return this.number(name, indices);
  }

  pinned(): undefined {
    return undefined;
  }

  /** Derivatives of what nobody defined are drawn like leaves when the sheet gives some of them. */
  cuts(): readonly Cut[] {
    return [];
  }

  pick(key: string, count: number): number {
    return hash(this.draw.seed, `pick ${key}`) % Math.max(1, count);
  }

  member(set: string, element: number): boolean {
    return fraction(this.draw.seed, `${set} has ${element}`) < MEMBER_SHARE;
  }

  wave(key: string): Wave {
    const known = this.waves.get(key);
    if (known) return known;
    const mode = this.modeOf(`function ${key}`) === 'unit' ? 'unit' : 'mixed';
    const wave = waveOf(this.draw.seed, key, mode);
    this.waves.set(key, wave);
    return wave;
  }

  private modeOf(name: string): Mode {
    if (this.draw.mode !== 'hybrid') return this.draw.mode;
    return fraction(this.draw.seed, `mode ${name}`) < 0.5 ? 'unit' : 'mixed';
  }

  /** A number of its own for an entry, within the bounds that the sheet sets. */
  private number(name: string, indices: readonly number[]): number {
    const key = entryKey(name, indices);
    const { above, below } = boundsAt(this.network, this.rules, name, indices, this);
    const { seed, reach } = this.draw;
    const unit = this.modeOf(name) === 'unit';
    if (Number.isFinite(above) && Number.isFinite(below)) {
      const room = below - above;
      return between(seed, key, above + 0.1 * room, below - 0.1 * room);
    }
    if (this.draw.wide && !unit) return this.wideNumber(key, above, below);
    const size = unit ? between(seed, key, 0.15, 0.85) : between(seed, key, 0.2, reach);
    if (Number.isFinite(above)) return above + size;
    if (Number.isFinite(below)) return below - size;
    return unit || this.positive(name, indices) ? size : -size;
  }

  private wideNumber(key: string, above: number, below: number): number {
    const { seed, reach } = this.draw;
    if (above < 0 && below > 0 && fraction(seed, `${key} zero`) < ZERO_SHARE) return 0;
    const value = between(seed, key, -reach, reach);
    if (Number.isFinite(above)) return above + Math.max(0.001, Math.abs(value));
    return Number.isFinite(below) ? below - Math.max(0.001, Math.abs(value)) : value;
  }

  /** The sign is the parity of the bits that the name's number shares with the point's. */
  private positive(name: string, indices: readonly number[]): boolean {
    const own = (this.ordinals.get(name) ?? hash(0, name)) + 1;
    const number = indices.length === 0 ? own : own + hash(0, indices.join(','));
    let bits = number & this.draw.signs;
    let parity = 0;
    for (; bits > 0; bits >>= 1) parity ^= bits & 1;
    return parity === 0;
  }

  /** The entry's part of a total: thousandths, so that the parts add up exactly. */
  private share(rule: ShareRule, indices: readonly number[]): number | undefined {
    const ranges = [...rule.ranges, rule.index];
    const match = matchEntry(rule.entry, ranges, indices, this);
    const bound = match && bindingOf(match.scope, rule.index.index)?.index;
    if (!match || bound === undefined) return undefined;
    const low = integer(rule.index.lower, match.scope, this);
    const high = integer(rule.index.upper, match.scope, this);
    const place = rule.entry.indices.findIndex(
      (index) => index.kind === 'symbol' && index.name === rule.index.index,
    );
    const weight = (value: number): number => {
      const entry = indices.map((index, at) => (at === place ? value : index));
      return between(this.draw.seed, entryKey(rule.entry.name, entry), 0.2, 1);
    };
    let all = 0;
    for (let value = low; value <= high; value += 1) all += weight(value);
    const part = (value: number): number => Math.round((1000 * rule.total * weight(value)) / all);
    if (bound < high) return part(bound) / 1000;
    let rest = Math.round(1000 * rule.total);
    for (let value = low; value < high; value += 1) rest -= part(value);
    return rest / 1000;
  }
}

/** The one entry that stands for two of a symmetric matrix. */
export const ordered = (indices: readonly number[]): readonly number[] => {
  const [row, column] = indices.slice(-2) as [number, number];
  return row <= column ? indices : [...indices.slice(0, -2), column, row];
};
