/** Tokens: plain math and LaTeX give the same ones. */

export type TokenKind =
  /** Digits, possibly with a decimal point and exponent. */
  | 'number'
  /** A run of letters and digits that names still have to be found in. */
  | 'word'
  /** A name as a whole: `\sigma`, `\hat y` (as `yhat`), `\mathcal{L}`, `\operatorname{softmax}`. */
  | 'name'
  /** A sign, in its plain spelling (`\cdot` is `*`, `\odot` is `.*`, `\leq` is `<=`). */
  | 'operator'
  /** A LaTeX construction that the grammar knows: `frac`, `sum`, `partial`, `begin:cases` ... */
  | 'command'
  /** Words among formulas: `\text{if }`. */
  | 'text'
  | 'end';

/** What the spelling of a sign tells. */
export interface Marks {
  /** A product written with a dot: of two columns it is the inner product. */
  readonly dot?: boolean;
  /** Which of its two sides a bar is: `\\lvert` opens, `\\rvert` closes, `|` does not say. */
  readonly side?: 'open' | 'close';
}

export interface Token extends Marks {
  readonly kind: TokenKind;
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** Whether white space stands before it. */
  readonly spaced: boolean;
  /** Whether it was written with a backslash. */
  readonly latex: boolean;
}

export const isOperator = (token: Token | undefined, text: string): boolean =>
  token !== undefined && token.kind === 'operator' && token.text === text;

/** What stands under one another below a sum (`\\substack`) are conditions side by side. */
export const sideBySide = (tokens: readonly Token[]): readonly Token[] =>
  tokens.map((token) => (isOperator(token, '\\\\') ? { ...token, text: ',' } : token));

/** A piece of a source line; `column` is the place of its first character, from 1. */
export interface SourceLine {
  readonly text: string;
  readonly line: number;
  readonly column: number;
}
