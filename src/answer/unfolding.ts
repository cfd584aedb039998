/** Names written out by their definitions, for answers in which they may not stand. */
import type { Formula } from '../expression/formula.js';
import { contains, mapChildren, rewriteUp, substitute } from '../expression/walk.js';
import type { Network } from '../network/network.js';
import { definitionOf } from '../simplify/unfold.js';

/** Definitions unfolded for one answer. */
const MOST_UNFOLDINGS = 200;

/** Whether a name is defined as a derivative (`delta^l_j = dC/dz^l_j`). */
export const namesDerivative = (name: string, network: Network): boolean =>
  network.definitions.some(
    (definition) => definition.name === name && definition.right.kind === 'derivative',
  );

/** What a call of a function of the sheet comes to by its formula. */
export function formulaOfCall(formula: Formula, network: Network): Formula | undefined {
  if (formula.kind !== 'call' || formula.slots.length > 0 || formula.indices.length > 0)
    return undefined;
  const { parameters, body } = network.functions.get(formula.name) ?? {};
  if (!body || parameters?.length !== formula.args.length) return undefined;
  return substitute(
    body,
    new Map(parameters.map((name, place) => [name, formula.args[place] as Formula])),
  );
}

/** Names that may not stand are replaced by their definitions, again and again. */
export function unfolded(
  formula: Formula,
  network: Network,
  allowed: ReadonlySet<string> | undefined,
): Formula {
  let count = 0;
  const mayStand = (name: string): boolean =>
    allowed ? allowed.has(name) : namesDerivative(name, network);
  const visit = (part: Formula): Formula => {
    if (part.kind === 'derivative') return part;
    if (part.kind !== 'symbol' || mayStand(part.name)) return part;
    if (namesDerivative(part.name, network) || count >= MOST_UNFOLDINGS) return part;
    const right = definitionOf(part, network.definitions);
    if (!right) return part;
    count += 1;
    return outsideDerivatives(right, visit);
  };
  return outsideDerivatives(formula, visit);
}

/** Changes a formula from the leaves up, leaving derivatives not yet taken alone. */
function outsideDerivatives(formula: Formula, change: (part: Formula) => Formula): Formula {
  if (formula.kind === 'derivative') return formula;
  if (!contains(formula, (part) => part.kind === 'derivative')) return rewriteUp(formula, change);
  return change(mapOutside(formula, change));
}

function mapOutside(formula: Formula, change: (part: Formula) => Formula): Formula {
  return mapChildren(formula, (child) => outsideDerivatives(child, change));
}
