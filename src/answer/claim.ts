/** `claim`: something that is true or false. */
import type { ClaimView, FormulaView } from '../document/view.js';
import type { Condition, Formula } from '../expression/formula.js';
import { failureAtBoundary } from '../judge/boundary.js';
import { slipOf } from '../judge/chain.js';
import { compareSides } from '../judge/compare.js';
import { undecided } from '../judge/judgement.js';
import { missingCondition } from '../judge/missing-condition.js';
import type { Assertion, Statement } from '../read/statement.js';
import { writeCondition } from '../write/write.js';
import { clauseConditions } from './clauses.js';
import { formulaView, relationView } from './formulas.js';
import { assumedViews, holdsOf, type JudgedAssertion, judgedFields, slipView } from './judged.js';
import { limitJudgement } from './limit.js';
import type { Setting } from './session.js';
import { judgeUpdate } from './update-claim.js';

type ClaimStatement = Statement & { readonly kind: 'claim' };

export function answerClaim(statement: ClaimStatement, setting: Setting): ClaimView {
  const { assertion, clauses } = statement;
  const where = clauseConditions(clauses);
  const { judgement, comparison } = judgeAssertion(assertion, where, setting);
  const missing =
    judgement.verdict === 'differs' && comparison && assertion.kind === 'relations'
      ? missingCondition(comparison, setting.network)
      : undefined;
  if (missing)
    return {
      kind: 'claim',
      line: statement.line,
      formula: assertionView(assertion, setting),
      holds: null,
      ...judgedFields(judgement, setting.display),
      verdict: 'unknown',
      reason: `it holds only if ${writeCondition(missing, setting.display)}, which the sheet does not state`,
      assumed: [],
    };
  const slip =
    judgement.verdict === 'differs' && comparison && comparison.relation === '='
      ? slipOf(comparison, judgement, setting.network)
      : undefined;
  return {
    kind: 'claim',
    line: statement.line,
    formula: assertionView(assertion, setting),
    holds: holdsOf(judgement.verdict),
    ...judgedFields(judgement, setting.display),
    assumed: assumedViews(judgement, setting.display),
    ...(slip ? { slip: slipView(slip, setting.display) } : {}),
  };
}

/** Judges an assertion that is true or false by itself; the first part that fails decides. */
export function judgeAssertion(
  assertion: Assertion,
  where: readonly Condition[],
  setting: Setting,
): JudgedAssertion {
  switch (assertion.kind) {
    case 'relations': {
      const judged = assertion.parts.map((part) => {
        const comparison = {
          left: part.left,
          relation: part.relation,
          right: part.right,
          where,
        };
        const judgement = compareSides(comparison, setting.network);
        const failure =
          judgement.verdict === 'agrees' || judgement.verdict === 'proved'
            ? failureAtBoundary(comparison, setting.network)
            : undefined;
        // Such a failure has a point as its reason, and no wrong part that could be named.
        return failure ? { judgement: failure, comparison: undefined } : { judgement, comparison };
      });
      for (const verdict of ['differs', 'unknown', 'agrees', 'proved'] as const) {
        const found = judged.find((part) => part.judgement.verdict === verdict);
        if (found) return found;
      }
      return { judgement: undecided('there is nothing to judge'), comparison: undefined };
    }
    case 'limit':
      return { judgement: limitJudgement(assertion, setting), comparison: undefined };
    case 'update':
      return judgeUpdate(assertion, where, setting);
    case 'formula':
      return {
        judgement: undecided('a formula alone is neither true nor false: expected a relation'),
        comparison: undefined,
      };
  }
}

/** An assertion as it was read. */
export function assertionView(assertion: Assertion, setting: Setting): FormulaView {
  const view = (formula: Formula) => formulaView(formula, setting.display);
  switch (assertion.kind) {
    case 'formula':
      return view(assertion.formula);
    case 'relations': {
      const [first, ...rest] = assertion.parts;
      if (!first) return { text: '?', latex: '?' };
      return rest.reduce(
        (sofar, part) => relationView(sofar, part.relation, view(part.right)),
        relationView(view(first.left), first.relation, view(first.right)),
      );
    }
    case 'update': {
      const target = view(assertion.target);
      const value = view(assertion.value);
      return {
        text: `${target.text} <- ${value.text}`,
        latex: `${target.latex} \\leftarrow ${value.latex}`,
        unicode: `${target.unicode} ← ${value.unicode}`,
      };
    }
    case 'limit': {
      const [formula, value, to] = [assertion.formula, assertion.value, assertion.to].map(view) as [
        FormulaView,
        FormulaView,
        FormulaView,
      ];
      return {
        text: `${formula.text} -> ${value.text} when ${assertion.variable} -> ${to.text}`,
        latex: `${formula.latex} \\to ${value.latex} \\text{ when } ${assertion.variable} \\to ${to.latex}`,
      };
    }
  }
}
