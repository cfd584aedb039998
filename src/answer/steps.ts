/** Lines of a derivation as documents show them, each with its own verdict. */
import type { StepView, Verdict } from '../document/view.js';
import type { Condition, Formula } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import { compareGenerally } from '../judge/compare.js';
import { NetworkError, ShapeError } from '../network/errors.js';
import { lower } from '../network/lower.js';
import type { Lowered } from '../network/network.js';
import type { LawContext } from '../rewrite/law.js';
import { type LawBook, replayStep } from '../rewrite/replay.js';
import type { Step } from '../rewrite/step.js';
import { proveEqual } from '../simplify/prove.js';
import type { ClosedForm } from './closed-form.js';
import type { Forms } from './forms.js';
import { conditionView, formulaView } from './formulas.js';
import { lawsOfAnswer } from './laws.js';
import { reasonView } from './reasons.js';
import type { Setting } from './session.js';
import { presentationOf, type Wanted } from './wanted.js';

/** What the steps of one answer are judged by. */
interface Judging {
  readonly asked: Lowered;
  readonly where: readonly Condition[];
  readonly wanted: Wanted;
  readonly setting: Setting;
  readonly laws: LawBook;
  readonly context: LawContext;
}

/**
 * The lines of an answer. A line is `proved` if it is made again by its law or has the normal form
 * of the line before it, and nothing speaks against it; `agrees` if only points speak for it.
 */
export function stepViews(
  form: ClosedForm,
  asked: Lowered,
  wanted: Wanted,
  setting: Setting,
): readonly StepView[] {
  const { network } = setting;
  const judging: Judging = {
    asked,
    where: [...wanted.where, ...form.where],
    wanted,
    setting,
    laws: lawsOfAnswer(asked, network, wanted, form.taken),
    context: { conventions: network.conventions, functions: network.functions },
  };
  let before = form.derivation.start;
  return form.derivation.steps.map((step) => {
    const view = stepView(before, step, judging);
    before = step.after;
    return view;
  });
}

function stepView(before: Formula, step: Step, judging: Judging): StepView {
  const { asked, where, setting } = judging;
  const after = { ...asked, body: step.after };
  // A line that follows from the one before needs no proof against the ask as well.
  const numbers = compareGenerally(asked, '=', after, where, setting.network, 'numbers');
  const view = viewOf(before, step, numbers.verdict, judging);
  if (view.verdict === 'proved' || view.verdict === 'differs') return view;
  const { verdict } = compareGenerally(asked, '=', after, where, setting.network);
  return verdict === numbers.verdict ? view : viewOf(before, step, verdict, judging);
}

/** The view of a step whose line has a verdict by numbers; the small steps in it share that. */
function viewOf(before: Formula, step: Step, numbers: Verdict, judging: Judging): StepView {
  const { display } = judging.setting;
  let line = before;
  const inner = (step.inner ?? []).map((small) => {
    const view = viewOf(line, small, numbers, judging);
    line = small.after;
    return view;
  });
  return {
    law: step.law,
    ...reasonView(step.because, display),
    formula: formulaView(step.after, display),
    verdict: numbers === 'agrees' && follows(before, step, judging) ? 'proved' : numbers,
    ...(step.assumes.length > 0
      ? { assumed: step.assumes.map((condition) => conditionView(condition, display)) }
      : {}),
    ...(inner.length > 0 ? { inner } : {}),
  };
}

/** Whether a step is made again by its law, or at least keeps the normal form. */
function follows(before: Formula, step: Step, judging: Judging): boolean {
  const { asked, wanted, setting, laws, context } = judging;
  if (replayStep(before, step, laws, context, []).holds) return true;
  return proveEqual(before, step.after, presentationOf(asked, setting.network, wanted)).proved;
}

/** The line that passes to the notation of the answer, if that is another one. */
export function formSteps(
  form: ClosedForm,
  forms: Forms,
  asked: Lowered,
  where: readonly Condition[],
  setting: Setting,
): readonly StepView[] {
  if (same(forms.chosen, form.body)) return [];
  return [
    {
      law: forms.law,
      because: forms.because,
      formula: formulaView(forms.chosen, setting.display),
      verdict: formVerdict({ ...asked, body: form.body }, forms.chosen, where, setting),
    },
  ];
}

/** A form is found by search, so it is never taken for proved because it was found again. */
function formVerdict(
  answered: Lowered,
  chosen: Formula,
  where: readonly Condition[],
  { network }: Setting,
): Verdict {
  try {
    const written = lower(chosen, network, { where });
    const { verdict } = compareGenerally(answered, '=', written, where, network);
    return verdict === 'unknown' ? 'agrees' : verdict;
  } catch (problem) {
    // Forms are compared by numbers when they are found; not every one can be read as an ask.
    if (problem instanceof Unsupported || problem instanceof ShapeError) return 'agrees';
    if (problem instanceof NetworkError) return 'agrees';
    throw problem;
  }
}

/** The verdict of an answer: proved if every line is. */
export const provedBy = (steps: readonly StepView[], verdict: Verdict): Verdict =>
  verdict === 'agrees' && steps.length > 0 && steps.every((step) => step.verdict === 'proved')
    ? 'proved'
    : verdict;
