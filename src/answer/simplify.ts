/** `simplify`: any formula in its presentable form, with the steps. */
import type { SimplifyView } from '../document/view.js';
import { same } from '../expression/same.js';
import { compareGenerally } from '../judge/compare.js';
import { lower } from '../network/lower.js';
import type { Statement } from '../read/statement.js';
import { allowedNames } from './allowed.js';
import { clauseConditions } from './clauses.js';
import { closedForm } from './closed-form.js';
import { formsOf } from './forms.js';
import { conditionView, formulaView } from './formulas.js';
import type { Setting } from './session.js';
import { stepView } from './steps.js';
import { valueOfLowered } from './values.js';

type SimplifyStatement = Statement & { readonly kind: 'simplify' };

export function answerSimplify(statement: SimplifyStatement, setting: Setting): SimplifyView {
  const { network, display } = setting;
  const { ask, clauses } = statement;
  const where = clauseConditions(clauses);
  const lowered = lower(ask.formula, network, { where });
  const form = closedForm(lowered, network, {
    allowed: allowedNames(clauses.inTermsOf),
    as: clauses.as,
    where,
  });
  const answered = { ...lowered, body: form.body };
  const forms = formsOf(answered, network, clauses.as, where);
  const judgement = compareGenerally(lowered, '=', answered, where, network);
  const value = valueOfLowered(lowered, setting);
  const steps = form.lines.map((line) => stepView(line, lowered, where, setting));
  if (!same(forms.chosen, form.body))
    steps.push({
      law: forms.law,
      because: forms.because,
      formula: formulaView(forms.chosen, display),
      verdict: judgement.verdict,
    });
  return {
    kind: 'simplify',
    line: statement.line,
    ask: formulaView(ask.formula, display),
    answer: formulaView(forms.chosen, display),
    verdict: judgement.verdict,
    ...(judgement.points > 0 ? { points: judgement.points } : {}),
    ...(value !== undefined ? { value } : {}),
    assumed: form.assumed.map((assumption) => conditionView(assumption.condition, display)),
    steps,
  };
}
