/**
 * Matrix forms of formulas that have none as a whole: cases are raised one by one, and a sum that no
 * matrix product can say (over time, with `h_(t-1)` beside `h_t`) stays a sum, of matrices.
 */
import {
  type BoundFormula,
  type Formula,
  rawAdd,
  rawMultiply,
  sum,
  symbol,
} from '../expression/formula.js';
import { freeNames, freshName, substitute } from '../expression/walk.js';
import type { Lowered } from '../network/network.js';
import type { Refusal } from './raise.js';

/** Raises one part by itself, under further conditions on the letters. */
export type RaisePart = (part: Lowered) => Formula | Refusal;

/** Sums that stay around one formula. */
const MOST_KEPT_SUMS = 3;

const isRefusal = (value: Formula | Refusal): value is Refusal => 'reason' in value;

/** The form by parts, not yet confirmed as a whole; the refusal of a part if one has none. */
export function raiseByParts(
  lowered: Lowered,
  raisePart: RaisePart,
  depth = 0,
): Formula | Refusal | undefined {
  const { body } = lowered;
  const again = (part: Formula): Formula | Refusal => {
    const whole = raisePart({ ...lowered, body: part });
    if (!isRefusal(whole)) return whole;
    return raiseByParts({ ...lowered, body: part }, raisePart, depth) ?? whole;
  };
  switch (body.kind) {
    case 'add':
      return joined(body.terms.map(again), rawAdd);
    case 'multiply': {
      const place = onlyPlaceOf(body.factors, lowered);
      const factor = place === undefined ? undefined : body.factors[place];
      if (factor?.kind !== 'sum' && factor?.kind !== 'add') return undefined;
      const raised = again(factor);
      if (isRefusal(raised)) return raised;
      return rawMultiply(body.factors.map((part, at) => (at === place ? raised : part)));
    }
    case 'sum':
      return depth >= MOST_KEPT_SUMS ? undefined : keptSum(body, lowered, raisePart, depth);
    default:
      return undefined;
  }
}

function joined(
  parts: readonly (Formula | Refusal)[],
  join: (parts: readonly Formula[]) => Formula,
): Formula | Refusal {
  const refused = parts.find(isRefusal);
  return refused ?? join(parts as readonly Formula[]);
}

/** The place of the one factor that has the axes; the others are numbers. */
function onlyPlaceOf(factors: readonly Formula[], lowered: Lowered): number | undefined {
  const places = factors.flatMap((factor, place) =>
    lowered.axes.some((axis) => freeNames(factor).has(axis.index)) ? [place] : [],
  );
  return places.length === 1 ? places[0] : undefined;
}

/** The sum stays; inside, its index is a letter like any other. */
function keptSum(
  kept: BoundFormula,
  lowered: Lowered,
  raisePart: RaisePart,
  depth: number,
): Formula | Refusal | undefined {
  const { bounds } = kept;
  if (!bounds || kept.where.length > 0) return undefined;
  const taken = new Set([...lowered.axes, ...lowered.free].map((range) => range.index));
  const index = taken.has(kept.index) ? freshName(kept.index, taken) : kept.index;
  const body =
    index === kept.index
      ? kept.body
      : substitute(kept.body, new Map([[kept.index, symbol(index)]]));
  const inside: Lowered = {
    ...lowered,
    body,
    free: [...lowered.free, { index, ...bounds }],
  };
  const whole = raisePart(inside);
  const raised = isRefusal(whole) ? (raiseByParts(inside, raisePart, depth + 1) ?? whole) : whole;
  if (isRefusal(raised)) return raised;
  return sum(index, bounds, raised);
}
