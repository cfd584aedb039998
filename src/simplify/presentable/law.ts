/** Laws of the presentable form: local rewritings with a name and a reason. */
import type { Condition, Formula } from '../../expression/formula.js';
import type { Assumption, Definition } from '../../network/network.js';
import type { Reason } from '../../rewrite/step.js';
import type { NamedFunction } from '../context.js';
import type { IndexKnowledge } from '../ranges.js';

/** What a law may look at besides the formula itself. */
export interface Surroundings {
  /** Ranges in scope, those of the binders around included. */
  readonly known: IndexKnowledge;
  readonly definitions: readonly Definition[];
  readonly functions: readonly NamedFunction[];
  readonly assumptions: readonly Assumption[];
  readonly isAllowed: (name: string) => boolean;
  /** What the formula stands in directly. */
  readonly parent: Formula['kind'] | undefined;
  /** Called by a law that used an assumption. */
  readonly note: (assumption: Assumption) => void;
}

export interface PresentLaw {
  /** Stable name. */
  readonly name: string;
  /** The reason, as a sentence. */
  readonly because: string;
  readonly level: 'main' | 'detail';
  /** The reason for one use of the law, where more can be said than `because`. */
  readonly tell?: (before: Formula, after: Formula, assumes: readonly Condition[]) => Reason;
  /** The new formula, or `undefined` where the law has nothing to do. */
  readonly apply: (formula: Formula, around: Surroundings) => Formula | undefined;
}
