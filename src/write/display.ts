/** What printing has to know about names, beyond the formula itself. */
import type { Bounds } from '../expression/formula.js';
import { defaultLatexName } from './names.js';

/** Facts of a sheet that only matter on paper. */
export interface Display {
  /** LaTeX of a name, such as `\hat{y}` for `yhat`. */
  readonly latexName: (name: string) => string;
  /** How many of a name's indices are written above it (they come first in `indices`). */
  readonly upperSlots: (name: string) => number;
  /** Whether a sum over these bounds is over the whole range of that index, which may be left out. */
  readonly isWholeRange?: (index: string, bounds: Bounds) => boolean;
  /** Whether the sheet declares the name (then `e` is not Euler's number, `delta` not Kronecker's). */
  readonly isDeclared?: (name: string) => boolean;
  /** Whether the sheet has a function of that name, so that `f (x)` must not look like a call. */
  readonly isFunction?: (name: string) => boolean;
}

/** Facts for formulas without a sheet: nothing is declared, every index stands below. */
export const plainDisplay: Display = {
  latexName: defaultLatexName,
  upperSlots: () => 0,
};
