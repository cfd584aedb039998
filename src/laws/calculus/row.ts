/** What a law of differentiation is: a rule for one kind of formula, with its sentence. */
import type { CallFormula, Condition, Formula, SymbolFormula } from '../../expression/formula.js';
import type { LawContext } from '../../rewrite/law.js';
import type { Dependence } from '../dependence.js';

/** What a rule has at hand. `inner` stands for the derivatives of the parts, taken or not yet. */
export interface Taking {
  readonly by: SymbolFormula;
  readonly depends: Dependence;
  readonly context: LawContext;
  inner(part: Formula): Formula;
  /** A known function with derivatives taken (`tanh''(u)`), written out; else `undefined`. */
  writtenOut(of: CallFormula): Formula | undefined;
}

export interface Taken {
  readonly after: Formula;
  /** The reason, as a sentence for this formula. */
  readonly because: string;
  readonly bindings: Readonly<Record<string, Formula>>;
  readonly assumes?: readonly Condition[];
}

/** One row of the table of derivatives; `main` rules are the lines that a teacher writes. */
export interface DerivativeRow {
  readonly name: string;
  readonly statement: string;
  /** A formula and the symbol it is differentiated by. */
  readonly example: readonly [of: Formula, by: SymbolFormula];
  readonly exampleContext?: LawContext;
  readonly level: 'main' | 'detail';
  take(of: Formula, taking: Taking): Taken | undefined;
}
