/** Functions of a sheet: bodies, which of them act entry by entry, and bare names of calls. */
import type { CallFormula, Formula } from '../../expression/formula.js';
import { familyFunctionNames, functionTable } from '../../expression/functions.js';
import { children, contains, freeNames, rewriteUp } from '../../expression/walk.js';
import { inlined } from '../indexing/calls.js';
import type { FunctionBody } from '../network.js';
import type { Facts } from './facts.js';

/** The bodies of all defined functions. */
export function functionBodies(facts: Facts): ReadonlyMap<string, FunctionBody> {
  const bodies = new Map<string, FunctionBody>();
  const open = openFunctions(facts);
  for (const { name, parameters, body } of facts.functions)
    if (body) {
      const stands = isEntrywise(body, parameters) && !open.has(name);
      bodies.set(name, { parameters, body, stands });
    }
  return bodies;
}

/**
 * Functions whose bodies mention quantities that are no parameters (`D(x) = sigma(w x + b)`), or call
 * such functions: what they give changes with more than their arguments.
 */
function openFunctions(facts: Facts): ReadonlySet<string> {
  const open = new Set<string>();
  const isOpen = ({ parameters, body }: Facts['functions'][number]): boolean =>
    body !== undefined &&
    ([...freeNames(body)].some((name) => !parameters.includes(name)) ||
      contains(body, (part) => part.kind === 'call' && open.has(part.name)));
  for (let before = -1; before < open.size; ) {
    before = open.size;
    for (const statement of facts.functions) if (isOpen(statement)) open.add(statement.name);
  }
  return open;
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

/** Calls written out in calls written out, at most; a function that calls itself goes on for ever. */
const DEEPEST_CALLS = 16;

/** A formula with the calls of functions that do not stand for themselves written out. */
export function callsWrittenOut(
  formula: Formula,
  bodies: ReadonlyMap<string, FunctionBody>,
  depth = 0,
): Formula {
  if (bodies.size === 0 || depth > DEEPEST_CALLS) return formula;
  return rewriteUp(formula, (part) => {
    const body =
      part.kind === 'call' && part.slots.length === 0 ? bodies.get(part.name) : undefined;
    return part.kind === 'call' && body && !body.stands
      ? callsWrittenOut(inlined(body.parameters, body.body, part.args), bodies, depth + 1)
      : part;
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
