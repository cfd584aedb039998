/** What lies behind an entry whose definition cannot be worked out: a search by names and indices. */
import type { Formula } from '../expression/formula.js';
import { contains, freeNames } from '../expression/walk.js';
import type { Definition, Network } from '../network/network.js';
import { definitionsOf } from './heads.js';
import { integer } from './integers.js';
import { bindIndex, bindingOf, type Scope } from './scope.js';
import type { World } from './world.js';

/** An entry of which some indices may not be known. */
interface Pattern {
  readonly name: string;
  readonly indices: readonly (number | undefined)[];
}

/** Entries looked at before everything is taken to lie behind. */
const MOST_PATTERNS = 500;

/** Whether an entry may lie behind a formula, through the definitions of what it uses. */
export function mayLieBehind(
  entry: { readonly name: string; readonly indices: readonly number[] },
  right: Formula,
  scope: Scope,
  network: Network,
  world: Pick<World, 'size'>,
): boolean {
  const waiting = [...patternsOf(right, scope, world)];
  const seen = new Set<string>();
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const key = `${next.name}[${next.indices.map((index) => index ?? '?').join()}]`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > MOST_PATTERNS) return true;
    if (next.name === entry.name && fits(next.indices, entry.indices)) return true;
    for (const definition of definitionsOf(network, next.name)) {
      const inside = opened(definition, next.indices, world);
      if (inside) waiting.push(...patternsOf(definition.right, inside.scope, world));
    }
  }
  return false;
}

const fits = (pattern: Pattern['indices'], indices: readonly number[]): boolean =>
  pattern.every((index, place) => index === undefined || index === indices[place]);

function known(index: Formula, scope: Scope, world: Pick<World, 'size'>): number | undefined {
  try {
    return integer(index, scope, world);
  } catch {
    // A bound letter or a size that nobody gave: any value is possible.
    return undefined;
  }
}

function patternsOf(
  formula: Formula,
  scope: Scope,
  world: Pick<World, 'size'>,
): readonly Pattern[] {
  const found: Pattern[] = [];
  contains(formula, (part) => {
    if (part.kind === 'symbol')
      found.push({
        name: part.name,
        indices: part.indices.map((index) => known(index, scope, world)),
      });
    return false;
  });
  return found;
}

/** The letters of a head for what is known of the indices; `undefined` if the head cannot fit. */
function opened(
  definition: Definition,
  indices: Pattern['indices'],
  world: Pick<World, 'size'>,
): { readonly scope: Scope } | undefined {
  let scope: Scope;
  for (const [place, part] of definition.head.entries()) {
    const value = indices[place];
    if (value === undefined) continue;
    if (freeNames(part).size === 0) {
      if (known(part, undefined, world) !== value) return undefined;
    } else if (part.kind === 'symbol') scope = bindIndex(scope, part.name, value);
  }
  for (const range of definition.ranges) {
    const value = bindingOf(scope, range.index)?.index;
    if (value === undefined) continue;
    const lower = known(range.lower, scope, world);
    const upper = known(range.upper, scope, world);
    if (lower !== undefined && value < lower) return undefined;
    if (upper !== undefined && value > upper) return undefined;
  }
  return { scope };
}
