/** Recursion must start somewhere: following definitions must never lead back to the same entry. */
import { affineOf, combine } from '../../expression/affine.js';
import type { Formula, SymbolFormula } from '../../expression/formula.js';
import { children } from '../../expression/walk.js';
import { cyclesAmong } from '../cycles-among.js';
import { NetworkError } from '../errors.js';
import { headsOf } from '../heads.js';
import type { DefinitionUnit } from '../inference/units.js';
import type { Definition } from '../network.js';

interface Edge {
  readonly from: number;
  readonly to: number;
  /** How far each slot moves from the head to what is read; `undefined` where it is no constant. */
  readonly moves: readonly (number | undefined)[];
}

/**
 * Throws `NetworkError` for a group of definitions that read each other without moving along any
 * index (`a = b`, `b = a`), or that move along it both ways.
 */
export function refuseCycles(
  definitions: readonly Definition[],
  units: readonly DefinitionUnit[],
): void {
  const edges = edgesOf(definitions);
  for (const group of groupsOf(definitions.length, edges)) {
    const inside = edges.filter((edge) => group.has(edge.from) && group.has(edge.to));
    if (inside.length === 0 || isFounded(inside)) continue;
    const first = units[least(group)] as DefinitionUnit;
    const places = [...group].sort((a, b) => a - b);
    const names = [...new Set(places.map((place) => definitions[place]?.name ?? ''))];
    const lines = [...group].map((place) => units[place]?.line ?? 0).sort((a, b) => a - b);
    throw new NetworkError(
      names.length === 1
        ? `${names[0]} is defined through itself (${first.source}): the recursion has no start.`
        : `${names.join(', ')} are defined through each other (lines ${lines.join(', ')}): the recursion has no start.`,
      first.line,
    );
  }
}

function edgesOf(definitions: readonly Definition[]): readonly Edge[] {
  const places = new Map(definitions.map((definition, place) => [definition, place]));
  const heads = headsOf(definitions);
  return definitions.flatMap((definition, from) => {
    const found: Edge[] = [];
    const walk = (formula: Formula): void => {
      if (formula.kind === 'symbol')
        for (const target of heads.at(formula.name, formula.indices)) {
          const to = places.get(target) as number;
          if (meets(formula, target)) found.push({ from, to, moves: movesOf(definition, formula) });
        }
      for (const part of children(formula)) walk(part);
    };
    walk(definition.right);
    return found;
  });
}

/** Whether a use can be an entry of that definition: constant indices must be equal. */
const meets = (use: SymbolFormula, target: Definition): boolean =>
  use.indices.every((index, slot) => {
    const head = target.head[slot];
    if (!head) return true;
    const difference = differenceOf(index, head);
    return difference === undefined || index.kind !== 'number' || head.kind !== 'number'
      ? true
      : difference === 0;
  });

function differenceOf(left: Formula, right: Formula): number | undefined {
  const [a, b] = [affineOf(left), affineOf(right)];
  if (!a || !b) return undefined;
  const difference = combine(a, b, -1);
  return difference.parts.size === 0 ? difference.constant.valueOf() : undefined;
}

const movesOf = (definition: Definition, use: SymbolFormula): readonly (number | undefined)[] =>
  definition.head.map((head, slot) => {
    const index = use.indices[slot];
    return index && differenceOf(index, head);
  });

const least = (group: ReadonlySet<number>): number =>
  [...group].reduce((best, place) => Math.min(best, place));

/** Groups of definitions that reach each other. */
function groupsOf(count: number, edges: readonly Edge[]): readonly ReadonlySet<number>[] {
  const next = new Map<number, Set<number>>();
  for (const { from, to } of edges) {
    const known = next.get(from);
    if (known) known.add(to);
    else next.set(from, new Set([to]));
  }
  return cyclesAmong(
    Array.from({ length: count }, (_, place) => place),
    (place) => next.get(place),
  );
}

/**
 * Some slot must move one way only, and what does not move along it must not be a cycle by itself.
 * Where a move is no constant (attention over all positions) nothing is claimed.
 */
function isFounded(edges: readonly Edge[]): boolean {
  const slots = Math.min(...edges.map((edge) => edge.moves.length));
  let undecided = false;
  for (let slot = 0; slot < slots; slot += 1) {
    const moves = edges.map((edge) => edge.moves[slot]);
    if (moves.some((move) => move === undefined)) {
      undecided = true;
      continue;
    }
    const known = moves as readonly number[];
    const down = known.every((move) => move <= 0);
    const up = known.every((move) => move >= 0);
    if (!down && !up) continue;
    const still = edges.filter((_, place) => known[place] === 0);
    if (still.length === edges.length) continue;
    const places = Math.max(...edges.flatMap((edge) => [edge.from, edge.to])) + 1;
    const cycles = groupsOf(places, still);
    if (cycles.length === 0) return true;
    const deeper = cycles.every((group) =>
      isFounded(still.filter((edge) => group.has(edge.from) && group.has(edge.to))),
    );
    if (deeper) return true;
  }
  return undecided;
}
