/** The closed form of one side of a line: its derivatives taken, in the names of the sheet. */
import type { Condition, Formula } from '../expression/formula.js';
import { contains } from '../expression/walk.js';
import { takeDerivatives } from '../gradient/take.js';
import { slopesWrittenOut } from '../laws/slopes-written-out.js';
import { lower } from '../network/lower.js';
import type { Lowered, Network } from '../network/network.js';
import type { SimplifyContext } from '../simplify/context.js';
import { present } from '../simplify/present.js';
import { definitionOf } from '../simplify/unfold.js';

/** What may be known when the side is simplified. */
export function knowledgeFor(lowered: Lowered, network: Network): SimplifyContext {
  const sizes = [...network.families.values()].filter((family) => family.role === 'size');
  return {
    ranges: [...lowered.axes, ...lowered.free],
    assumptions: network.assumptions,
    definitions: network.definitions,
    sizes: new Set(sizes.map((family) => family.name)),
  };
}

/**
 * The entry that a side stands for, with nothing left to differentiate; `undefined` where the side
 * has several cases or cannot be differentiated.
 */
export function closedFormOf(
  lowered: Lowered,
  where: readonly Condition[],
  network: Network,
): Formula | undefined {
  const body =
    lowered.body.kind === 'symbol'
      ? (definitionOf(lowered.body, network.definitions) ?? lowered.body)
      : lowered.body;
  try {
    const taken = contains(body, (part) => part.kind === 'derivative')
      ? takeDerivatives(body, network, { ranges: [...lowered.axes, ...lowered.free], where })
      : undefined;
    if (taken && taken.cases.length !== 1) return undefined;
    const formula = slopesWrittenOut(taken?.cases[0]?.formula ?? body, network);
    return present(formula, knowledgeFor(lowered, network)).formula;
  } catch {
    // Without a closed form there is nothing to compare with; the line is judged by numbers.
    return undefined;
  }
}

/** The same for a side as the author wrote it; `undefined` for vectors and matrices as well. */
export function closedFormOfSide(
  side: Formula,
  where: readonly Condition[],
  network: Network,
): Formula | undefined {
  try {
    const lowered = lower(side, network, { where });
    return lowered.axes.length === 0 ? closedFormOf(lowered, where, network) : undefined;
  } catch {
    // A side without a meaning comes to nothing.
    return undefined;
  }
}
