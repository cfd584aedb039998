/** Matrix forms as the rest of the program asks for them: confirmed in the models of the network. */
import { type Condition, cases, type Formula } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { freeNames } from '../expression/walk.js';
import { ShapeError } from '../network/errors.js';
import { lower } from '../network/lower.js';
import type { Lowered, Network } from '../network/network.js';
import { agree } from '../numeric/agree.js';
import { raiseByParts } from './parts.js';
import { type Refusal, raiseConfirmed } from './raise.js';

/**
 * The matrix form of a lowered formula with no, one or two axes, or the reason why it has none.
 * Rows are the first axis, so a gradient has the shape of what it is taken by. Cases have a form each;
 * a sum that is no matrix product (over time) stays, with matrices inside.
 *
 * A form is given only if, lowered again, it has the numbers of the indexed formula in the models
 * of the network, whose sizes are unequal, so that a wrong transpose cannot pass.
 */
export function raise(
  lowered: Lowered,
  network: Network,
  where: readonly Condition[] = [],
): Formula | Refusal {
  if (lowered.body.kind === 'cases') return raiseCases(lowered, network, where);
  const whole = raiseWhole(lowered, network, where);
  if (!('reason' in whole)) return whole;
  const byParts = raiseByParts(lowered, (part) => raiseWhole(part, network, where));
  if (byParts === undefined || 'reason' in byParts) return whole;
  return confirms(byParts, lowered, network, where) ? byParts : whole;
}

const raiseWhole = (lowered: Lowered, network: Network, where: readonly Condition[]) =>
  raiseConfirmed(lowered, network, (formula) => confirms(formula, lowered, network, where));

/** Each case under its own condition, which must not speak of rows or columns. */
function raiseCases(
  lowered: Lowered,
  network: Network,
  where: readonly Condition[],
): Formula | Refusal {
  const { body } = lowered;
  if (body.kind !== 'cases') return raise(lowered, network, where);
  const branches: { when: Condition; value: Formula }[] = [];
  for (const { when, value } of body.branches) {
    if (lowered.axes.some((axis) => conditionNames(when).has(axis.index)))
      return { reason: 'the cases differ from entry to entry' };
    const raised = raise({ ...lowered, body: value }, network, [...where, when]);
    if ('reason' in raised) return raised;
    branches.push({ when, value: raised });
  }
  const otherwise = body.otherwise && raise({ ...lowered, body: body.otherwise }, network, where);
  if (otherwise && 'reason' in otherwise) return otherwise;
  return cases(branches, otherwise);
}

const conditionNames = (condition: Condition): ReadonlySet<string> =>
  condition.kind === 'compare'
    ? new Set([...freeNames(condition.left), ...freeNames(condition.right)])
    : condition.kind === 'member'
      ? freeNames(condition.element)
      : new Set(condition.parts.flatMap((part) => [...conditionNames(part)]));

/** Whether the form, read again, has the numbers of the indexed formula. */
function confirms(
  formula: Formula,
  lowered: Lowered,
  network: Network,
  where: readonly Condition[],
): boolean {
  try {
    const again = lower(formula, network, { where });
    return agree(again, lowered, network, { where }).verdict === 'agrees';
  } catch (problem) {
    if (problem instanceof ShapeError || problem instanceof Unsupported) return false;
    throw problem;
  }
}
