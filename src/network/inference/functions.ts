/** Functions of a sheet: bodies, which of them act entry by entry, and bare names of calls. */
import type { CallFormula, Formula } from '../../expression/formula.js';
import { familyFunctionNames, functionTable } from '../../expression/functions.js';
import { children, contains } from '../../expression/walk.js';
import type { FunctionBody } from '../network.js';
import type { Facts } from './facts.js';

/** The bodies of all defined functions. */
export function functionBodies(facts: Facts): ReadonlyMap<string, FunctionBody> {
  const bodies = new Map<string, FunctionBody>();
  for (const { name, parameters, body } of facts.functions)
    if (body) bodies.set(name, { parameters, body, entrywise: isEntrywise(body, parameters) });
  return bodies;
}

/** Whether a body uses its parameters as plain numbers only. */
function isEntrywise(body: Formula, parameters: readonly string[]): boolean {
  const usesParameter = (formula: Formula): boolean =>
    contains(formula, (part) => part.kind === 'symbol' && parameters.includes(part.name));
  return !contains(body, (part) => {
    if (part.kind === 'symbol') return parameters.includes(part.name) && part.indices.length > 0;
    if (part.kind === 'operation') return usesParameter(part);
    if (part.kind === 'call' && familyFunctionNames.has(part.name) && !functionTable.has(part.name))
      return usesParameter(part);
    return false;
  });
}

/**
 * The one call of each abstract function (`C(a^L)`), for sheets that then write the bare name
 * (`dC/da^L_j`). With several calls there is no entry.
 */
export function loneCalls(facts: Facts): ReadonlyMap<string, Formula> {
  const calls = new Map<string, CallFormula | 'several'>();
  const bodies = new Set(facts.functions.filter((f) => f.body).map((f) => f.name));
  const look = (formula: Formula): void => {
    if (formula.kind === 'call' && !functionTable.has(formula.name) && !bodies.has(formula.name))
      if (!familyFunctionNames.has(formula.name) && formula.slots.length === 0) {
        const known = calls.get(formula.name);
        calls.set(formula.name, known && known !== formula ? 'several' : formula);
      }
    for (const part of children(formula)) look(part);
  };
  for (const { statement } of facts.definitions) look(statement.right);
  return new Map(
    [...calls].flatMap(([name, call]) => (call === 'several' ? [] : [[name, call] as const])),
  );
}

/** Every function that is applied and that nobody knows or defines. */
export function abstractNames(facts: Facts): ReadonlySet<string> {
  const names = new Set<string>();
  const bodies = new Set(facts.functions.filter((f) => f.body).map((f) => f.name));
  const look = (formula: Formula): void => {
    if (formula.kind === 'call' && !functionTable.has(formula.name))
      if (!familyFunctionNames.has(formula.name) && !bodies.has(formula.name))
        names.add(formula.name);
    for (const part of children(formula)) look(part);
  };
  for (const { statement } of facts.definitions)
    for (const formula of [statement.right, ...statement.chain]) look(formula);
  for (const formula of [...facts.asked, ...facts.checked]) look(formula);
  return names;
}
