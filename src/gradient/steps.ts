/** Steps of the walk through definitions: made, moved, and marked with the question they answer. */
import type { Condition, Formula } from '../expression/formula.js';
import { same } from '../expression/same.js';
import type { Bindings } from '../rewrite/law.js';
import { type Derivation, derivationOf, type Reason, type Step } from '../rewrite/step.js';
import { gradientRules } from './rules.js';

/** The name under which a step carries what was asked. */
export const ASKED_FOR = 'asked';

const isOurs = (step: Step): boolean => gradientRules.has(step.law);

export const stepTo = (law: string, because: Reason, after: Formula): Step => ({
  law,
  because,
  at: [],
  bindings: new Map(),
  after,
  assumes: [],
  level: 'main',
});

/** The step, and those in it, with the question among their bindings. */
export function asking(step: Step, question: Formula): Step {
  const inner = step.inner?.map((one) => asking(one, question));
  const bindings: Bindings = isOurs(step)
    ? new Map([...step.bindings, [ASKED_FOR, question]])
    : step.bindings;
  return { ...step, bindings, ...(inner ? { inner } : {}) };
}

/** The derivation from the formula as it was asked: first, known depths are put into it. */
export function from(formula: Formula, derivation: Derivation): Derivation {
  if (same(formula, derivation.start)) return derivationOf(formula, () => derivation.steps);
  const put = asking(stepTo('depth-put-in', 'the depth is known', derivation.start), formula);
  return derivationOf(formula, () => [{ ...put, level: 'detail' }, ...derivation.steps]);
}

/** The step with every formula in it changed. */
export function changed(step: Step, change: (formula: Formula) => Formula): Step {
  const because: Reason =
    typeof step.because === 'string'
      ? step.because
      : step.because.map((piece) =>
          typeof piece === 'string' || isCondition(piece) ? piece : change(piece),
        );
  return {
    ...step,
    because,
    after: change(step.after),
    bindings: new Map([...step.bindings].map(([name, value]) => [name, change(value)])),
    ...(step.inner ? { inner: step.inner.map((one) => changed(one, change)) } : {}),
  };
}

const conditionKinds: ReadonlySet<string> = new Set(['compare', 'and', 'or', 'member']);
const isCondition = (piece: Formula | Condition): piece is Condition =>
  conditionKinds.has(piece.kind);

/** The name of the step that only puts factors and terms in order; `line` is what it leads to. */
export const ARRANGED = 'arranged';

export const arranged = (after: Formula): Step => ({
  ...stepTo(ARRANGED, 'factors and terms are put in order', after),
  bindings: new Map([['line', after]]),
  level: 'detail',
});

/**
 * The steps of a part as steps of the whole that it stands in. None where a step is one of calculus:
 * those are told by their place, and a place may be lost when a product flows into another.
 */
export function relocated(
  steps: readonly Step[],
  put: (part: Formula) => Formula,
): readonly Step[] {
  if (!steps.every((step) => isOurs(step) || step.law === ARRANGED)) return [];
  return steps.map(({ inner, ...step }): Step => {
    if (step.law === ARRANGED) return arranged(put(step.after));
    const small = inner ? relocated(inner, put) : [];
    const moved = { ...step, at: [], after: put(step.after) };
    return small.length > 0 ? { ...moved, inner: small } : moved;
  });
}
