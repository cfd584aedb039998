/** Matrix forms as the rest of the program asks for them: confirmed in the models of the network. */
import type { Condition, Formula } from '../expression/formula.js';
import { ShapeError } from '../network/errors.js';
import { lower } from '../network/lower.js';
import type { Lowered, Network } from '../network/network.js';
import { agree } from '../numeric/agree.js';
import { type Refusal, raiseConfirmed } from './raise.js';

/**
 * The matrix form of a lowered formula with no, one or two axes, or the reason why it has none.
 * Rows are the first axis, so a gradient has the shape of what it is taken by.
 *
 * A form is given only if, lowered again, it has the numbers of the indexed formula in the models
 * of the network, whose sizes are unequal, so that a wrong transpose cannot pass.
 */
export function raise(
  lowered: Lowered,
  network: Network,
  where: readonly Condition[] = [],
): Formula | Refusal {
  return raiseConfirmed(lowered, network, (formula) => {
    try {
      const again = lower(formula, network, { where });
      return agree(again, lowered, network, { where }).verdict === 'agrees';
    } catch (problem) {
      if (problem instanceof ShapeError) return false;
      throw problem;
    }
  });
}
