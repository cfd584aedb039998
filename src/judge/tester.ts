/** Tries many candidates against one side by numbers, quickly. */
import type { Condition, Formula } from '../expression/formula.js';
import { lower } from '../network/lower.js';
import type { Lowered, Network } from '../network/network.js';
import { evaluate } from '../numeric/evaluate.js';
import { indexValues, type Model, makeModels } from '../numeric/models.js';
import { pair } from '../numeric/pairing.js';

/** Whether a surface formula has the numbers of the reference wherever both are defined. */
export type Tester = (candidate: Formula) => boolean;

/** Points at which a candidate must agree; the first already refuses nearly all of them. */
const POINTS = 4;
/** Entries compared in one model. */
const MOST_ENTRIES = 60;
const RELATIVE = 1e-8;
const ABSOLUTE = 1e-12;

/** Prepares models for a reference; candidates that cannot be lowered or worked out do not hold. */
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
  return (candidate) => {
    const other = lowered(candidate, where, network);
    if (!other || models.length === 0) return false;
    let compared = 0;
    for (const model of models) {
      const result = holdsIn(model, reference, other, where);
      if (result === undefined) continue;
      if (!result) return false;
      compared += 1;
    }
    return compared > 0;
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

/** `undefined` where nothing could be compared. */
function holdsIn(
  model: Model,
  left: Lowered,
  right: Lowered,
  where: readonly Condition[],
): boolean | undefined {
  const pairing = pair(left, right);
  if (!pairing) return false;
  let compared = 0;
  try {
    const seen = new Set<string>();
    const free = pairing.free.filter((range) => !seen.has(range.index) && seen.add(range.index));
    for (const indices of indexValues(model.machine, [...pairing.axes, ...free])) {
      if (!where.every((condition) => model.machine.test(condition, indices))) continue;
      const first = evaluate(pairing.left, model, indices);
      const second = evaluate(pairing.right, model, indices);
      if (!Number.isFinite(first) || !Number.isFinite(second)) continue;
      const scale = Math.max(Math.abs(first), Math.abs(second));
      if (Math.abs(first - second) > RELATIVE * scale + ABSOLUTE) return false;
      if (scale > ABSOLUTE) compared += 1;
      if (compared >= MOST_ENTRIES) break;
    }
  } catch {
    return false;
  }
  return compared > 0 ? true : undefined;
}
