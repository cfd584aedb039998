/** Derivations grow by steps; the answer is the last line. */
import type { Formula } from '../expression/formula.js';
import type { Law, LawContext } from './law.js';
import { partAt, replaceAt } from './place.js';
import type { Derivation, Path, Reason, Step } from './step.js';

/** A derivation of no steps yet. */
export const begin = (start: Formula): Derivation => ({ start, steps: [] });

/** The derivation with a step more. */
export const append = (derivation: Derivation, ...steps: readonly Step[]): Derivation => ({
  start: derivation.start,
  steps: [...derivation.steps, ...steps],
});

/** How a step is told: its sentence, and whether it is a line of its own. */
export interface Telling {
  readonly because: Reason;
  readonly level: Step['level'];
}

/** The step that a law makes at a place of a formula; `undefined` where it does not apply. */
export function stepBy(
  law: Law,
  formula: Formula,
  at: Path,
  telling: Telling,
  context: LawContext = {},
): Step | undefined {
  const part = partAt(formula, at);
  const applied = part && law.apply(part, context);
  if (!applied) return undefined;
  const { bindings, assumes } = applied;
  const after = replaceAt(formula, at, applied.after);
  return { law: law.name, at, bindings, after, assumes, ...telling };
}

/**
 * Several steps as one line; the smaller ones stay inside it. A single step stays as it is, with
 * the telling of the line.
 *
 * @throws RangeError if there are no steps
 */
export function summedUp(inner: readonly Step[], telling: Telling): Step {
  const [lead] = inner;
  const last = inner.at(-1);
  if (!lead || !last) throw new RangeError('a line sums up at least one step');
  if (inner.length === 1) return { ...lead, ...telling };
  const assumes = inner.flatMap((step) => step.assumes);
  const { law, at, bindings } = lead;
  return { law, at, bindings, after: last.after, assumes, ...telling, inner };
}
