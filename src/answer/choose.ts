/** `choose`: options of a multiple choice, each judged against the ask. */
import type { ChooseView, OptionView } from '../document/view.js';
import type { Condition, Formula } from '../expression/formula.js';
import { slipOf } from '../judge/chain.js';
import { compareSides } from '../judge/compare.js';
import type { Statement } from '../read/statement.js';
import { assertionView, judgeAssertion } from './claim.js';
import { clauseConditions } from './clauses.js';
import { formulaView } from './formulas.js';
import { holdsOf, judgedFields, slipView } from './judged.js';
import type { Setting } from './session.js';

type ChooseStatement = Statement & { readonly kind: 'choose' };
type Option = ChooseStatement['options'][number];

export function answerChoose(statement: ChooseStatement, setting: Setting): ChooseView {
  const where = clauseConditions(statement.clauses);
  return {
    kind: 'choose',
    line: statement.line,
    ask: formulaView(statement.ask.formula, setting.display),
    options: statement.options.map((option) =>
      optionView(option, statement.ask.formula, where, setting),
    ),
  };
}

/** A formula is compared with the ask; an equation is true or false by itself. */
function optionView(
  option: Option,
  ask: Formula,
  where: readonly Condition[],
  setting: Setting,
): OptionView {
  if (!option.assertion) {
    const error = option.problem ?? { ...option, message: 'this option could not be read' };
    return {
      label: option.label,
      verdict: 'unread',
      equal: null,
      error: { line: error.line, column: error.column, message: error.message },
    };
  }
  const formula = assertionView(option.assertion, setting);
  const comparison =
    option.assertion.kind === 'formula'
      ? { left: ask, relation: '=' as const, right: option.assertion.formula, where }
      : undefined;
  const judged = comparison
    ? { judgement: compareSides(comparison, setting.network), comparison }
    : judgeAssertion(option.assertion, where, setting);
  const { verdict, witness, point, reason } = judgedFields(judged.judgement, setting.display);
  const slip =
    verdict === 'differs' && judged.comparison && judged.comparison.relation === '='
      ? slipOf(judged.comparison, judged.judgement, setting.network)
      : undefined;
  return {
    label: option.label,
    formula,
    verdict,
    equal: holdsOf(verdict),
    ...(slip ? { slip: slipView(slip, setting.display) } : {}),
    ...(witness ? { witness } : {}),
    ...(point ? { point } : {}),
    ...(reason !== undefined ? { reason } : {}),
  };
}
