/** Ways of using laws many times, each with a bound. */
import type { Formula } from '../expression/formula.js';
import { append, begin, stepBy } from './derivation.js';
import type { Law, LawContext } from './law.js';
import { placesOf } from './place.js';
import type { Derivation, Step } from './step.js';

/** What came of it: the derivation so far, and whether it ended by itself. */
export interface Outcome {
  readonly derivation: Derivation;
  readonly ended: 'nothing applies' | 'bound reached';
}

/**
 * Applies the first law that applies, at the first place where it does, again and again, until none
 * does or `largestNumberOfSteps` is reached. Laws are tried in the order of the list, places from
 * the top of the formula. Nothing that was found is thrown away when the bound is reached.
 */
export function exhaust(
  start: Formula,
  laws: readonly Law[],
  largestNumberOfSteps: number,
  context: LawContext = {},
): Outcome {
  let derivation = begin(start);
  let line = start;
  for (let count = 0; count < largestNumberOfSteps; count += 1) {
    const step = firstStep(line, laws, context);
    if (!step) return { derivation, ended: 'nothing applies' };
    derivation = append(derivation, step);
    line = step.after;
  }
  const more = firstStep(line, laws, context);
  return { derivation, ended: more ? 'bound reached' : 'nothing applies' };
}

/** The first law that applies anywhere in a formula, as a step. */
function firstStep(
  formula: Formula,
  laws: readonly Law[],
  context: LawContext = {},
): Step | undefined {
  for (const law of laws) {
    const [place] = placesOf(formula, (part) => law.apply(part, context) !== undefined);
    const telling = { because: `${law.statement}.`, level: 'main' } as const;
    const step = place && stepBy(law, formula, place, telling, context);
    if (step) return step;
  }
  return undefined;
}
