/** `simplify`: any formula in its presentable form, with the steps. */
import type { SimplifyView } from '../document/view.js';
import { compareGenerally } from '../judge/compare.js';
import { lower } from '../network/lower.js';
import type { Statement } from '../read/statement.js';
import { allowedNames } from './allowed.js';
import { clauseConditions } from './clauses.js';
import { closedForm } from './closed-form.js';
import { formsOf } from './forms.js';
import { conditionView, formulaView } from './formulas.js';
import { polynomialOpinion } from './second-opinion.js';
import type { Setting } from './session.js';
import { formSteps, provedBy, stepViews } from './steps.js';
import { valueOfLowered } from './values.js';
import type { Wanted } from './wanted.js';

type SimplifyStatement = Statement & { readonly kind: 'simplify' };

export async function answerSimplify(
  statement: SimplifyStatement,
  setting: Setting,
): Promise<SimplifyView> {
  const { network, display } = setting;
  const { ask, clauses } = statement;
  const where = clauseConditions(clauses);
  const lowered = lower(ask.formula, network, { where });
  const wanted: Wanted = {
    allowed: allowedNames(clauses.inTermsOf, network.vocabulary),
    as: clauses.as,
    where,
    line: statement.line,
  };
  const form = closedForm(lowered, network, wanted);
  const answered = { ...lowered, body: form.body };
  const forms = formsOf(answered, network, clauses.as, where);
  const judgement = compareGenerally(lowered, '=', answered, where, network);
  const value = valueOfLowered(lowered, setting);
  const steps = [
    ...stepViews(form, lowered, wanted, setting),
    ...formSteps(form, forms, lowered, where, setting),
  ];
  const checked = await polynomialOpinion(lowered.body, form.body, setting.secondOpinion);
  return {
    kind: 'simplify',
    line: statement.line,
    ask: formulaView(ask.formula, display),
    answer: formulaView(forms.chosen, display),
    verdict: provedBy(steps, judgement.verdict),
    ...(judgement.points > 0 ? { points: judgement.points } : {}),
    ...(value !== undefined ? { value } : {}),
    assumed: form.assumed.map((assumption) => conditionView(assumption.condition, display)),
    steps,
    ...(checked.length > 0 ? { checked } : {}),
  };
}
