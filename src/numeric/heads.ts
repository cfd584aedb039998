/** Which definition gives an entry: the heads of definitions matched against index values. */
import type { Formula } from '../expression/formula.js';
import { freeNames } from '../expression/walk.js';
import { headsOf } from '../network/heads.js';
import type { Definition, Network } from '../network/network.js';
import { boundValue, integer } from './integers.js';
import { bindIndex, bindingOf, type Scope } from './scope.js';
import type { World } from './world.js';

/** The definitions of a name, in the order of the sheet. */
export const definitionsOf = (network: Network, name: string): readonly Definition[] =>
  headsOf(network.definitions).of(name);

/** The definitions of a name that can give the entry at these indices, in the order of the sheet. */
export const definitionsAt = (
  network: Network,
  name: string,
  indices: readonly number[],
): readonly Definition[] => headsOf(network.definitions).at(name, indices);

/** Whether the conditions of a definition hold. */
type Holds = (definition: Definition, scope: Scope) => boolean;

/**
 * The index letters of a definition for an entry at `indices`, or nothing if it does not define
 * that entry. Letters of a head stand alone or shifted (`l+1`, `T-t`).
 */
export function matchHead(
  definition: Definition,
  indices: readonly number[],
  world: World,
  holds: Holds,
): { readonly scope: Scope } | undefined {
  if (definition.head.length !== indices.length) return undefined;
  const letters = new Set(definition.ranges.map((range) => range.index));
  const open = new Set(letters);
  let scope: Scope;
  for (let place = 0; place < indices.length; place += 1) {
    const head = definition.head[place] as Formula;
    const value = indices[place] as number;
    const unknown = [...freeNames(head)].filter((name) => open.has(name));
    const letter = unknown[0];
    if (letter === undefined) {
      if (integer(head, scope, world) !== value) return undefined;
      continue;
    }
    const solved = solve(head, letter, value, scope, world);
    if (solved === undefined) return undefined;
    scope = bindIndex(scope, letter, solved);
    open.delete(letter);
  }
  for (const range of definition.ranges) {
    if (open.has(range.index)) return undefined;
    const value = bindingOf(scope, range.index)?.index as number;
    // Over a size that nobody gave, an entry that is asked for is taken to exist.
    if (value < (boundValue(range.lower, scope, world) ?? value)) return undefined;
    if (value > (boundValue(range.upper, scope, world) ?? value)) return undefined;
  }
  return holds(definition, scope) ? { scope } : undefined;
}

/** Solves `head = value` for a letter that stands with a whole coefficient. */
function solve(
  head: Formula,
  letter: string,
  value: number,
  scope: Scope,
  world: World,
): number | undefined {
  if (head.kind === 'symbol') return value;
  const at = (trial: number) => integer(head, bindIndex(scope, letter, trial), world);
  const start = at(0);
  const slope = at(1) - start;
  if (slope === 0) return start === value ? 0 : undefined;
  const solution = (value - start) / slope;
  return Number.isInteger(solution) ? solution : undefined;
}
