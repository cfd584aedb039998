/** `update`: one step of gradient descent. */
import type { ResultView, UpdateView } from '../document/view.js';
import {
  derivative,
  type Formula,
  minusOne,
  rawAdd,
  rawMultiply,
  symbol,
} from '../expression/formula.js';
import { parametersOf } from '../network/parameters.js';
import type { Statement } from '../read/statement.js';
import { formulaView } from './formulas.js';
import { lossOf } from './loss.js';
import type { Setting } from './session.js';
import { valueOfFormula } from './values.js';

type UpdateStatement = Statement & { readonly kind: 'update' };

/** The new value of a parameter: the old one minus the step size times its gradient. */
export function updateFormula(
  target: Formula,
  rate: Formula | undefined,
  setting: Setting,
): Formula {
  const step = rate ?? symbol('eta');
  return rawAdd([
    target,
    rawMultiply([minusOne, step, derivative(lossOf(setting.network), target)]),
  ]);
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
  };
}
