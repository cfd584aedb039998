/** Tries many candidates against one side by numbers, quickly. */
import type { Condition, Formula } from '../expression/formula.js';
import { lower } from '../network/lower.js';
import type { Lowered, Network } from '../network/network.js';
import { agree } from '../numeric/agree.js';
import { evaluate } from '../numeric/evaluate.js';
import { indexValues, type Model, makeModels, signsMatter } from '../numeric/models.js';
import { pair } from '../numeric/pairing.js';

/** Whether a candidate has the numbers of the reference wherever the reference is defined. */
export interface Tester {
  /** A candidate in the author's notation; one that makes no sense does not hold. */
  readonly holds: (candidate: Formula) => boolean;
  /** A candidate with all indices written out. */
  readonly holdsLowered: (candidate: Lowered) => boolean;
}

/** Points at which a candidate must agree; the first already refuses nearly all of them. */
const POINTS = 4;
/** Entries compared in one model. */
const MOST_ENTRIES = 60;
const RELATIVE = 1e-8;
const ABSOLUTE = 1e-12;

/** Prepares models for a reference; they are large enough for the entries the suspect mentions. */
export function makeTester(
  reference: Lowered,
  suspect: Formula,
  where: readonly Condition[],
  network: Network,
): Tester {
  const known = lowered(suspect, where, network);
  const models = makeModels(network, {
    formulas: [reference.body, ...(known ? [known.body] : [])],
    conditions: where,
    count: POINTS,
  });
  const kinked = signsMatter(network, [reference.body]);
  // The few models may all lie on one branch, so that what is told would be wrong on another.
  const failsOnABranch = (candidate: Lowered): boolean =>
    kinked && agree(reference, candidate, network, { where }).verdict === 'differs';
  const holdsLowered = (candidate: Lowered): boolean => {
    const results = [];
    for (const model of models) {
      const result = holdsIn(model, reference, candidate, where);
      if (result === 'differs') return false;
      results.push(result);
    }
    return results.includes('holds') && !failsOnABranch(candidate);
  };
  return {
    holdsLowered,
    holds: (candidate) => {
      const other = lowered(candidate, where, network);
      return other !== undefined && holdsLowered(other);
    },
  };
}

function lowered(
  formula: Formula,
  where: readonly Condition[],
  network: Network,
): Lowered | undefined {
  try {
    return lower(formula, network, { where });
  } catch {
    // A candidate that makes no sense is not the line that was meant.
    return undefined;
  }
}

/** Compares two sides in one model; `nothing` where no entry could be compared. */
function holdsIn(
  model: Model,
  left: Lowered,
  right: Lowered,
  where: readonly Condition[],
): 'holds' | 'differs' | 'nothing' {
  const pairing = pair(left, right);
  if (!pairing) return 'differs';
  let compared = 0;
  try {
    const seen = new Set<string>();
    const free = pairing.free.filter((range) => !seen.has(range.index) && seen.add(range.index));
    for (const indices of indexValues(model.machine, [...pairing.axes, ...free])) {
      if (!where.every((condition) => model.machine.test(condition, indices))) continue;
      const first = evaluate(pairing.left, model, indices);
      const second = evaluate(pairing.right, model, indices);
      if (!Number.isFinite(first)) continue;
      // A candidate without a number where the reference has one is not what was meant: a division
      // by a slope that is 0 there would else pass by the points that are left.
      if (!Number.isFinite(second)) return 'differs';
      const scale = Math.max(Math.abs(first), Math.abs(second));
      if (Math.abs(first - second) > RELATIVE * scale + ABSOLUTE) return 'differs';
      if (scale > ABSOLUTE) compared += 1;
      if (compared >= MOST_ENTRIES) break;
    }
  } catch {
    // An entry that does not exist, or a size that nothing fixes: not the line that was meant.
    return 'differs';
  }
  return compared > 0 ? 'holds' : 'nothing';
}
