/** The lines of several cases at once: each line says what every case has come to. */
import { cases, type Formula } from '../expression/formula.js';
import type { Reason, Step } from '../rewrite/step.js';
import { conditionOf, toConstraints } from './conditions/constraint.js';
import type { TakenCase } from './policy.js';
import { gradientRules } from './rules.js';
import { stepTo } from './steps.js';

/**
 * The lines of all cases side by side, law by law, after the lines that they share. A case that has
 * no line for a law keeps the line it has come to.
 */
export function caseByCase(
  start: Formula,
  found: readonly TakenCase[],
  shared: number,
): readonly Step[] {
  const own = found.map(({ derivation }) => derivation.steps.slice(shared));
  const lines: Formula[] = own.map(() => start);
  const written = (): Formula =>
    cases(
      found.map(({ where }, place) => ({
        when: conditionOf(where.flatMap(toConstraints)),
        value: lines[place] as Formula,
      })),
    );
  const steps: Step[] = [];
  for (const law of gradientRules.keys()) {
    const met = own.map((list) => list.find((step) => step.law === law));
    if (!met.some(Boolean)) continue;
    met.forEach((step, place) => {
      if (step) lines[place] = step.after;
    });
    const assumes = met.flatMap((step) => step?.assumes ?? []);
    const told = met.find((step) => step)?.because ?? '';
    steps.push({ ...stepTo(law, caseReason(told), written()), assumes });
  }
  found.forEach(({ formula }, place) => {
    lines[place] = formula;
  });
  const last = stepTo('case-by-case', 'each range of the indices has its own answer', written());
  return steps.length > 0 && own.every((list) => list.every((step) => gradientRules.has(step.law)))
    ? steps
    : [last];
}

const caseReason = (told: Reason): Reason =>
  typeof told === 'string' ? `${told}, case by case` : ['case by case: ', ...told];
