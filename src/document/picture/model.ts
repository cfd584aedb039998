/** A network as a picture: columns of units and the lines between them, before any coordinates. */

/** A name with its indices, for drawing: `a^{(1)}_2` has base `a`, upper `(1)`, lower `2`. */
export interface Label {
  readonly base: string;
  readonly upper: string;
  readonly lower: string;
  readonly latex: string;
}

export interface Unit {
  /** Plain name, unique in the picture: `a[1,2]`. */
  readonly id: string;
  readonly label: Label;
  readonly kind: 'input' | 'hidden' | 'output';
  /** Names added to the unit's input: biases. */
  readonly biases: readonly Label[];
  readonly value?: number;
  readonly gradient?: number;
}

export interface Column {
  /** From top to bottom; `dots` stands for units that are left out. */
  readonly units: readonly (Unit | 'dots')[];
  /** Columns that are left out (symbolic depth) are drawn as dots. */
  readonly elided: boolean;
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly weight?: Label;
  readonly value?: number;
  readonly gradient?: number;
}

export interface Picture {
  readonly columns: readonly Column[];
  readonly lines: readonly Line[];
  /** One sentence for those who do not see it. */
  readonly description: string;
}

/** What is known of an entry: its value and the gradient of the last unit by it. */
export interface Known {
  value(name: string, indices: readonly number[]): number | undefined;
  gradient(name: string, indices: readonly number[]): number | undefined;
}

export const nothingKnown: Known = { value: () => undefined, gradient: () => undefined };
