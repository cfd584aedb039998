/** `limit`: what a formula goes to. */
import type { LimitView, StepView } from '../document/view.js';
import type { Formula } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { rewriteUp } from '../expression/walk.js';
import { compareLowered } from '../judge/compare.js';
import { type Judgement, undecided } from '../judge/judgement.js';
import { limitOf } from '../laws/limits/limit-of.js';
import { lower } from '../network/lower.js';
import type { Statement } from '../read/statement.js';
import { answerOf } from '../rewrite/step.js';
import { closedForm } from './closed-form.js';
import { formulaView } from './formulas.js';
import { reasonView } from './reasons.js';
import type { Setting } from './session.js';
import { stepViews } from './steps.js';
import { formulaOfCall } from './unfolding.js';
import type { Wanted } from './wanted.js';

type LimitStatement = Statement & { readonly kind: 'limit' };

/** The limit of a surface formula, a single number, after its derivatives are taken. */
function limitBody(
  formula: Formula,
  variable: string,
  to: Formula,
  side: 'left' | 'right' | 'both',
  setting: Setting,
) {
  const { network } = setting;
  const lowered = lower(formula, network);
  if (lowered.axes.length > 0)
    throw new Unsupported('limits are taken of a single number, not of a family');
  // A limit is a number; on the way to it every name may stand.
  const line = Number.POSITIVE_INFINITY;
  const wanted: Wanted = { allowed: undefined, as: undefined, where: [], line };
  const form = closedForm(lowered, network, wanted);
  const positive = new Set(
    [...network.families.values()].filter((family) => family.positive).map(({ name }) => name),
  );
  const { conventions, functions } = network;
  const body = rewriteUp(form.body, (part) => formulaOfCall(part, network) ?? part);
  const derivation = limitOf(body, variable, to, side, { conventions, functions, positive });
  return { lowered, form, wanted, derivation };
}

export function answerLimit(statement: LimitStatement, setting: Setting): LimitView {
  const { ask, variable, to, side } = statement;
  const { lowered, form, wanted, derivation } = limitBody(ask.formula, variable, to, side, setting);
  // The lines before the limit have the value of the ask; those of the limit go by its laws.
  const steps: readonly StepView[] = [
    ...stepViews(form, lowered, wanted, setting),
    ...derivation.steps.map((step) => ({
      law: step.law,
      ...reasonView(step.because, setting.display),
      formula: formulaView(step.after, setting.display),
      verdict: 'proved' as const,
    })),
  ];
  return {
    kind: 'limit',
    line: statement.line,
    ask: formulaView(ask.formula, setting.display),
    answer: formulaView(answerOf(derivation), setting.display),
    steps,
  };
}

/** Judges `A -> B when z -> infinity`. */
export function limitJudgement(
  assertion: {
    readonly formula: Formula;
    readonly value: Formula;
    readonly variable: string;
    readonly to: Formula;
  },
  setting: Setting,
): Judgement {
  try {
    const { lowered, derivation } = limitBody(
      assertion.formula,
      assertion.variable,
      assertion.to,
      'both',
      setting,
    );
    const limit = { ...lowered, free: [], body: answerOf(derivation) };
    const value = lower(assertion.value, setting.network);
    return compareLowered(limit, '=', value, [], setting.network);
  } catch (problem) {
    if (problem instanceof Unsupported) return undecided(problem.message);
    throw problem;
  }
}
