/** `update`: one step of gradient descent. */
import type { ResultView, StepView, UpdateView } from '../document/view.js';
import {
  derivative,
  type Formula,
  minusOne,
  rawAdd,
  rawMultiply,
  symbol,
} from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { NetworkError, ShapeError } from '../network/errors.js';
import { lower } from '../network/lower.js';
import { parametersOf } from '../network/parameters.js';
import type { Statement } from '../read/statement.js';
import { closedForm } from './closed-form.js';
import { formsOf } from './forms.js';
import { formulaView } from './formulas.js';
import { byKnownNames } from './known-names.js';
import { lossOf } from './loss.js';
import type { Setting } from './session.js';
import { formSteps, stepViews } from './steps.js';
import { valueOfFormula } from './values.js';
import type { Wanted } from './wanted.js';

type UpdateStatement = Statement & { readonly kind: 'update' };

/** The new value of a parameter: the old one minus the step size times its gradient. */
export function updateFormula(
  target: Formula,
  rate: Formula | undefined,
  setting: Setting,
): Formula {
  const step = rate ?? symbol('eta');
  const gradient = derivative(lossOf(setting.network), target);
  const known = byKnownNames(gradient, setting.known, setting.network);
  return rawAdd([target, rawMultiply([minusOne, step, known])]);
}

export function answerUpdate(statement: UpdateStatement, setting: Setting): readonly ResultView[] {
  const targets =
    statement.asks === 'all'
      ? parametersOf(setting.network)
      : statement.asks.map((ask) => ask.formula);
  return targets.map((target) => updateView(target, statement, setting));
}

function updateView(target: Formula, statement: UpdateStatement, setting: Setting): UpdateView {
  const formula = updateFormula(target, undefined, setting);
  const ask = formulaView(target, setting.display);
  const right = formulaView(formula, setting.display);
  const rate = statement.rate;
  const value = rate ? valueOfFormula(updateFormula(target, rate, setting), setting) : undefined;
  return {
    kind: 'update',
    line: statement.line,
    ask,
    answer: {
      text: `${ask.text} <- ${right.text}`,
      latex: `${ask.latex} \\leftarrow ${right.latex}`,
      unicode: `${ask.unicode} ← ${right.unicode}`,
    },
    ...(value !== undefined ? { value } : {}),
    steps: updateSteps(formula, statement.line, setting),
  };
}

/** How the gradient in the rule is worked out; nothing where it has no closed form. */
function updateSteps(formula: Formula, line: number, setting: Setting): readonly StepView[] {
  const { network } = setting;
  try {
    const wanted: Wanted = {
      allowed: undefined,
      as: undefined,
      where: [],
      functions: 'by name',
      line,
    };
    const lowered = lower(formula, network);
    const form = closedForm(lowered, network, wanted);
    const forms = formsOf({ ...lowered, body: form.body }, network, undefined, []);
    const lines = stepViews(form, lowered, wanted, setting);
    return [...lines, ...formSteps(form, forms, lowered, [], setting)];
  } catch (problem) {
    if (problem instanceof Unsupported || problem instanceof ShapeError) return [];
    if (problem instanceof NetworkError) return [];
    throw problem;
  }
}
