/** What simplifying and proving may know, and how far they may go. */
import type { Formula } from '../expression/formula.js';
import type { Assumption, Definition, Range } from '../network/network.js';

/** A function with a formula in its parameters, whose name may write a presented formula. */
export interface NamedFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly body: Formula;
}

/**
 * Knowledge for proofs and presentation. Everything is optional: without it, nothing is known
 * beyond the formulas (bounds of sums count: a size that bounds a sum is at least 1).
 */
export interface SimplifyContext {
  /** Ranges of the free index variables. */
  readonly ranges?: readonly Range[];
  /** Statements that may be used; the results say which were. */
  readonly assumptions?: readonly Assumption[];
  /** Definitions that sub-formulas may be folded into, or names unfolded by. */
  readonly definitions?: readonly Definition[];
  /** Functions whose calls sub-formulas may be folded into. */
  readonly functions?: readonly NamedFunction[];
  /** Names that may stand in a presented formula; folding never makes others. All, if absent. */
  readonly allowed?: ReadonlySet<string>;
  /** Names whose values are known to be positive (sizes always are). */
  readonly positive?: ReadonlySet<string>;
  /** Names that are sizes, or otherwise whole numbers not below 1. */
  readonly sizes?: ReadonlySet<string>;
  /** How many levels of definitions a proof may unfold; 0 if absent. */
  readonly unfold?: number;
}

/** Terms that a normal form may build before it gives up. */
export const TERM_BUDGET = 4000;
/** Products of terms and rewritings of terms that one proof may do before it gives up. */
export const STEP_BUDGET = 60_000;
/** Ranges of a known number of entries are written out up to this length. */
export const UNROLL_LIMIT = 32;
/** Depth of nesting that a normal form follows. */
export const DEPTH_LIMIT = 400;

/** A normal form grew too large; the caller answers `not proved`. */
export class BudgetExceeded extends Error {
  constructor(what: string) {
    super(`the normal form needs more than the budget of ${what}; the formula is left undecided`);
    this.name = 'BudgetExceeded';
  }
}

/** A formula has no value anywhere (a division by what is exactly zero). */
export class NowhereDefined extends Error {
  constructor(what: string) {
    super(`${what} has no value: it divides by zero`);
    this.name = 'NowhereDefined';
  }
}
