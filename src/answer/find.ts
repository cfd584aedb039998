/** `find`: closed forms with steps, forms and values. */
import type { CheckedView, FindView, FormsView, Verdict } from '../document/view.js';
import type { Formula } from '../expression/formula.js';
import { compareGenerally } from '../judge/compare.js';
import { lower } from '../network/lower.js';
import type { Lowered } from '../network/network.js';
import type { Ask, Statement } from '../read/statement.js';
import { allowedNames } from './allowed.js';
import { clauseConditions } from './clauses.js';
import { closedFormIn } from './closed-form.js';
import { confirmed } from './confirmed.js';
import { formsOf } from './forms.js';
import { conditionView, formulaView, joinViews, relationView } from './formulas.js';
import { newFunctionNotes, newQuantityNotes } from './new-names.js';
import { noPathNotes } from './no-path.js';
import type { Setting } from './session.js';
import { formSteps, provedBy, stepViews } from './steps.js';
import { unrolledForm } from './unrolled.js';
import { valueOfLowered } from './values.js';
import type { Wanted } from './wanted.js';

type FindStatement = Statement & { readonly kind: 'find' };

export const answerFind = (statement: FindStatement, setting: Setting): readonly FindView[] =>
  statement.asks.map((ask) => findView(ask, statement, setting));

function findView(ask: Ask, statement: FindStatement, setting: Setting): FindView {
  const { network, display } = setting;
  const { clauses } = statement;
  const asked = clauseConditions(clauses);
  const lowered = lower(ask.formula, network, { where: asked });
  const asWanted: Wanted = {
    allowed: allowedNames(clauses.inTermsOf, network.vocabulary),
    as: clauses.as,
    where: asked,
    functions: 'by name',
    line: statement.line,
  };
  const { form, wanted } = closedFormIn(lowered, network, asWanted);
  const where = [...asked, ...form.where];
  const answered: Lowered = { ...lowered, body: form.body };
  const forms = formsOf(answered, network, clauses.as, where);
  const shown = forms.chosen;
  const unrolled = unrolledForm(lowered, form.body, network, wanted);
  const steps = [
    ...stepViews(form, lowered, wanted, setting),
    ...formSteps(form, forms, lowered, where, setting),
  ];
  const judgement = compareGenerally(lowered, '=', answered, where, network);
  const independent = confirmed(lowered, form.body, where, network);
  const verdict: Verdict = independent.refuted ? 'differs' : provedBy(steps, judgement.verdict);
  const value = valueOfLowered(lowered, setting);
  const checked: CheckedView[] = [];
  if (judgement.points > 0)
    checked.push({
      how: 'points',
      message: `the answer has the number of the ask at ${judgement.points} points`,
    });
  checked.push(...independent.checked);
  return {
    kind: 'find',
    line: statement.line,
    ask: formulaView(ask.formula, display),
    ...(where.length > 0
      ? { where: joinViews(where.map((condition) => conditionView(condition, display))) }
      : {}),
    answer: formulaView(shown, display),
    verdict,
    ...(judgement.points > 0 ? { points: judgement.points } : {}),
    ...(value !== undefined ? { value } : {}),
    assumed: form.assumed.map((assumption) => conditionView(assumption.condition, display)),
    forms: formViews(
      { ...forms.all, ...(unrolled ? { recurrence: form.body, unrolled } : {}) },
      setting,
    ),
    steps,
    checked,
    notes: [
      ...form.notes,
      ...forms.notes,
      ...newFunctionNotes(ask.formula, setting),
      ...newQuantityNotes(ask.formula, statement, setting),
      ...noPathNotes(lowered.body, form.body, network),
      ...pointNotes(statement, value !== undefined, setting),
    ],
  };
}

/** With `at`, what the value is the value of. */
function pointNotes(statement: FindStatement, hasValue: boolean, setting: Setting): string[] {
  const point = statement.clauses.at;
  if (point.length === 0 || !hasValue) return [];
  const { display } = setting;
  const equations = point.map(({ target, value }) =>
    relationView(formulaView(target, display), '=', formulaView(value, display)),
  );
  return [`the value is the one at ${joinViews(equations).text}`];
}

type Forms = ReturnType<typeof formsOf>;

const formViews = (all: Forms['all'], setting: Setting): FormsView =>
  Object.fromEntries(
    Object.entries(all).map(([name, formula]) => [
      name,
      formulaView(formula as Formula, setting.display),
    ]),
  );
