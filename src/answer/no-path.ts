/** What is said beside a derivative that is 0 because nothing leads from one name to the other. */
import { type Formula, isNumber } from '../expression/formula.js';
import { children, freeNames } from '../expression/walk.js';
import type { Definition, Network } from '../network/network.js';

/**
 * One sentence for each derivative of an ask whose answer is 0, if no definition of the sheet leads
 * from the one name to the other: the ask may have meant another name.
 */
export function noPathNotes(asked: Formula, answer: Formula, network: Network): readonly string[] {
  if (!isNumber(answer, 0)) return [];
  const notes: string[] = [];
  const look = (formula: Formula): void => {
    if (formula.kind === 'derivative' && formula.by.kind === 'symbol') {
      const { name } = formula.by;
      const reached = namesBehind(formula.of, network.definitions);
      const of = formula.of.kind === 'symbol' ? formula.of.name : 'it';
      if (!reached.has(name))
        notes.push(`${of} does not depend on ${name}: no definition leads from ${name} to ${of}`);
    }
    for (const part of children(formula)) look(part);
  };
  look(asked);
  return notes;
}

/** The names of a formula and of all definitions that lie behind them. */
export function namesBehind(
  formula: Formula,
  definitions: readonly Definition[],
): ReadonlySet<string> {
  const rights = new Map<string, Formula[]>();
  for (const { name, right } of definitions) rights.set(name, [...(rights.get(name) ?? []), right]);
  const reached = new Set<string>();
  const open = [...freeNames(formula)];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const right of rights.get(name) ?? []) open.push(...freeNames(right));
  }
  return reached;
}
