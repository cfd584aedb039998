/** A network as a picture: columns of units and the lines between them, before any coordinates. */

import type { Entry } from './instances.js';
import type { Sizes } from './sizes.js';

/** A name with its indices, for drawing: `a^{(1)}_2` has base `a`, upper `(1)`, lower `2`. */
export interface Label {
  readonly base: string;
  readonly upper: string;
  readonly lower: string;
  readonly latex: string;
}

/** An entry with what it is called. */
export interface NamedEntry extends Entry {
  readonly label: Label;
}

export interface Unit {
  /** Plain name, unique in the picture: `a[1,2]`. */
  readonly id: string;
  readonly label: Label;
  readonly kind: 'input' | 'hidden' | 'output';
  /** Whether it stands for all units of its family. */
  readonly isFamily: boolean;
  /** Names added to the unit's input: biases. */
  readonly biases: readonly Label[];
  /** All that the unit stands for: its own entry, what it is an activation of, its biases. */
  readonly holds: readonly NamedEntry[];
  readonly value?: number;
  readonly gradient?: number;
}

export interface Column {
  /** From top to bottom; `dots` stands for units that are left out. */
  readonly units: readonly (Unit | 'dots')[];
  /** Of columns that are left out (symbolic depth) dots are drawn, and the inputs of what follows. */
  readonly elided: boolean;
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly weight?: Label;
  /** The entry of the weight, named in the picture or not. */
  readonly through?: NamedEntry;
  readonly value?: number;
  readonly gradient?: number;
}

export interface Picture {
  readonly columns: readonly Column[];
  readonly lines: readonly Line[];
  /** The sizes that it is drawn with. */
  readonly sizes: Sizes;
  /** One sentence for those who do not see it. */
  readonly description: string;
}

/** Part of a picture: the units and lines on the paths that a derivative sums over. */
export interface Paths {
  /** The quantity at the end and the one at the start. */
  readonly of: string;
  readonly by: string;
  /** What they lead over, from the start to the end. */
  readonly names: readonly string[];
  readonly units: ReadonlySet<string>;
  readonly lines: ReadonlySet<Line>;
}

/** What is known of an entry: its value and the gradient of the last unit by it. */
export interface Known {
  value(name: string, indices: readonly number[]): number | undefined;
  gradient(name: string, indices: readonly number[]): number | undefined;
}

export const nothingKnown: Known = { value: () => undefined, gradient: () => undefined };
