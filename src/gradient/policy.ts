/** What an ask wants of its answer, and what comes back. */
import type { Condition, Formula } from '../expression/formula.js';
import type { Assumption, Range } from '../network/network.js';
import type { Derivation } from '../rewrite/step.js';

/** How far derivatives are worked out. */
export type Reach =
  /** As a teacher would: named derivatives are used, recurrences without a name are solved. */
  | 'usual'
  /** One step of the recurrence: the derivatives of the next layer stand. */
  | 'recurrence'
  /** No named derivative stands: solved, or unrolled where the depth is a number. */
  | 'whole'
  /** The same for a derivative that is differentiated again: no sums over paths. */
  | 'inner';

/** What an ask wants of its answer. */
export interface Policy {
  /** Names that alone may stand in the answer (`in terms of`); absent: any. */
  readonly allowed?: ReadonlySet<string>;
  readonly reach?: Reach;
  /** Ranges of the free indices of the ask, and conditions on them (`for l < L`). */
  readonly ranges?: readonly Range[];
  readonly where?: readonly Condition[];
}

/** One region of the asked indices. */
export interface TakenCase {
  /** Conditions of the region; none where the formula holds everywhere. */
  readonly where: readonly Condition[];
  readonly formula: Formula;
  readonly derivation: Derivation;
}

/** Derivatives taken, by regions of the asked indices. */
export interface Taken {
  /** Disjoint regions that together cover the asked range. */
  readonly cases: readonly TakenCase[];
  /** The derivation of the only case, or of the whole as a `cases` formula. */
  readonly derivation: Derivation;
  readonly assumed: readonly Assumption[];
  /** Families whose derivative stands untaken in the answer. */
  readonly kept: readonly string[];
  /** Names in the answer that the ask did not allow, since nothing else can say it. */
  readonly outside: readonly string[];
}
