/** `expect`: two things that should be equal; digits given are digits compared. */
import type { ExpectView } from '../document/view.js';
import { compareSides } from '../judge/compare.js';
import type { Judgement } from '../judge/judgement.js';
import { matchesDigits } from '../numeric/digits.js';
import type { Statement } from '../read/statement.js';
import { clauseConditions } from './clauses.js';
import { formulaView, relationView } from './formulas.js';
import { assumedViews, holdsOf, judgedFields } from './judged.js';
import type { Setting } from './session.js';
import { valueOfFormula } from './values.js';

type ExpectStatement = Statement & { readonly kind: 'expect' };

export function answerExpect(statement: ExpectStatement, setting: Setting): ExpectView {
  const { left, right, digits } = statement;
  const value = valueOfFormula(left.formula, setting);
  const formula = relationView(
    formulaView(left.formula, setting.display),
    '=',
    formulaView(right.formula, setting.display),
  );
  const base = { kind: 'expect' as const, line: statement.line, formula };
  const wanted = digits === undefined ? undefined : valueOfFormula(right.formula, setting);
  if (digits !== undefined && typeof value === 'number' && typeof wanted === 'number') {
    const holds = matchesDigits(value, wanted, digits);
    return {
      ...base,
      holds,
      verdict: holds ? 'agrees' : 'differs',
      points: 1,
      value,
      ...(holds ? {} : { left: value, right: wanted, witness: {} }),
    };
  }
  const judgement: Judgement = compareSides(
    {
      left: left.formula,
      relation: '=',
      right: right.formula,
      where: clauseConditions(statement.clauses),
    },
    setting.network,
  );
  return {
    ...base,
    holds: holdsOf(judgement.verdict),
    ...judgedFields(judgement, setting.display),
    assumed: assumedViews(judgement, setting.display),
    ...(value !== undefined ? { value } : {}),
  };
}
