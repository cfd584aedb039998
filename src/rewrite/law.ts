/** Laws: what may be said about formulas, one row each. */
import type { Condition, Formula } from '../expression/formula.js';

/** The value chosen for a derivative at a kink, such as `relu'(0) = 0`. */
export interface KinkConvention {
  readonly function: string;
  readonly at: number;
  readonly value: number;
}

/** What a sheet may know of a function: its formula in its parameters, or that it is abstract. */
export interface KnownFunction {
  readonly parameters: readonly string[];
  readonly body: Formula | undefined;
}

/** Where a limit is taken. */
export interface LimitSought {
  readonly variable: string;
  /** A number, `infinity` or minus `infinity`. */
  readonly to: Formula;
  readonly side: 'left' | 'right' | 'both';
}

/** What laws may look up beside the formula they are applied to. */
export interface LawContext {
  readonly conventions?: readonly KinkConvention[];
  /** Functions that the sheet declares; these hide known functions of the same name. */
  readonly functions?: ReadonlyMap<string, KnownFunction>;
  /** Names of families and constants that the sheet says are positive. */
  readonly positive?: ReadonlySet<string>;
  /** For the laws of limits: which one. */
  readonly limit?: LimitSought;
}

/** What names of a law stand for. */
export type Bindings = ReadonlyMap<string, Formula>;

/** What a law makes of a formula. */
export interface Application {
  readonly after: Formula;
  readonly bindings: Bindings;
  readonly assumes: readonly Condition[];
}

/**
 * What a step goes by. `apply` answers what the formula (not a part of it) becomes, or `undefined`
 * where it does not apply. It must be a function of its arguments alone, so that steps can be
 * replayed: a law that may be used in several ways is told by `meant`, the bindings of the step,
 * which it is.
 */
export interface Rewriting {
  /** Stable name, such as `chain-rule`. */
  readonly name: string;
  apply(formula: Formula, context: LawContext, meant?: Bindings): Application | undefined;
}

/** A law of mathematics, true in every sheet. */
export interface Law extends Rewriting {
  /** The law as an equation in plain math (with words where no formula says it). */
  readonly statement: string;
  /** A formula that the law applies to; every law is tested on it by numbers. */
  readonly example: Formula;
  /** What the example needs to be known. */
  readonly exampleContext?: LawContext;
}
