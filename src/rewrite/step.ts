/** Steps of a derivation: how one formula became the next, and why. */
import type { Condition, Formula } from '../expression/formula.js';

/** A place in a formula: positions among `children`, from the top. */
export type Path = readonly number[];

/** A sentence, without a final full stop; formulas and conditions stand in it as what they are. */
export type Reason = string | readonly (string | Formula | Condition)[];

/**
 * One step. `before` is the `after` of the step above it (the start for the first). `replay` of a
 * law (see `law.ts`) at `at` with `bindings` must give `after` again.
 */
export interface Step {
  /** Stable name of the law, such as `chain-rule`. */
  readonly law: string;
  /** The reason as a sentence for this step. */
  readonly because: Reason;
  readonly at: Path;
  readonly bindings: ReadonlyMap<string, Formula>;
  readonly after: Formula;
  /** What had to be assumed; carried to the answer. */
  readonly assumes: readonly Condition[];
  /** `main` steps are the lines a good teacher writes; `detail` steps fold away. */
  readonly level: 'main' | 'detail';
  /** The smaller steps that this one sums up. */
  readonly inner?: readonly Step[];
}

/** A start and the steps from it; the answer is the last line. */
export interface Derivation {
  readonly start: Formula;
  readonly steps: readonly Step[];
}

/** A derivation whose steps are made when they are first looked at, and then kept. */
export function derivationOf(start: Formula, make: () => readonly Step[]): Derivation {
  let made: readonly Step[] | undefined;
  return {
    start,
    get steps() {
      made ??= make();
      return made;
    },
  };
}

/** The last line of a derivation. */
export const answerOf = (derivation: Derivation): Formula =>
  derivation.steps.at(-1)?.after ?? derivation.start;
