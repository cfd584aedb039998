/** Lines of a formula with derivatives inside it: one after the other is taken, in its place. */
import type { DerivativeFormula, Formula } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { placesOf, replaceAt } from '../rewrite/place.js';
import type { Step } from '../rewrite/step.js';
import { reasonOfValue } from './reasons.js';
import { arranged, relocated, stepTo } from './steps.js';

/** One derivative inside the formula, with its value and how that was found. */
export interface Within {
  readonly derivative: DerivativeFormula;
  readonly value: Formula;
  readonly steps: () => readonly Step[];
}

/**
 * The steps from the formula to the answer. `within` has the derivatives in the order of writing. A
 * single derivative gives its own lines; of several, each is one line.
 */
export function stepsWithin(
  start: Formula,
  within: readonly Within[],
  answer: Formula,
): readonly Step[] {
  const steps: Step[] = [];
  let current = start;
  const pending = within.map((one) => one.derivative);
  for (const { derivative, value, steps: own } of within) {
    const [place] = placesOf(current, (part) => pending.some((node) => node === part));
    pending.shift();
    if (!place) break;
    const whole = current;
    const put = (part: Formula): Formula => replaceAt(whole, place, part);
    current = put(value);
    const moved = relocated(own(), put);
    if (within.length === 1 && moved.length > 0) steps.push(...moved);
    else {
      const because = reasonOfValue({ derivative, value });
      const step = stepTo('derivative-within', because, current);
      steps.push(moved.length > 0 ? { ...step, inner: moved } : step);
    }
  }
  return same(current, answer) ? steps : [...steps, arranged(answer)];
}
