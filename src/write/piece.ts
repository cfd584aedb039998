/** Pieces of text with what is needed to put brackets only where they are needed. */

/** How tightly a piece holds together, loosest first. */
export const Level = {
  sum: 1,
  /** `a .* b`: a term as it stands, a factor only with brackets. */
  elementwise: 2,
  product: 3,
  /** `a/b` on the line: read from left to right with the factors after it. */
  slash: 4,
  /** A stacked fraction or a quotient of differentials: a factor as it stands, not a base. */
  fraction: 5,
  power: 6,
  atom: 7,
} as const;
export type Level = (typeof Level)[keyof typeof Level];

export interface Piece {
  readonly text: string;
  readonly level: Level;
  /** Whether it would swallow a factor written after it (`sum_k x_k`, `d/dx x`). */
  readonly open: boolean;
  /** What stands first, where that matters for what may stand before it. */
  readonly first: 'digit' | 'bracket' | 'bounded' | 'other';
  /** Whether a bracket directly after it could be taken for the argument of a call. */
  readonly callable: boolean;
}

export const piece = (text: string, level: Level, more: Partial<Piece> = {}): Piece => ({
  text,
  level,
  open: false,
  first: /^\d/.test(text) ? 'digit' : 'other',
  callable: false,
  ...more,
});
