/** Cycles of families, and which families of a cycle keep their derivatives as names. */
import type { Formula } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { contains, freeNames } from '../expression/walk.js';
import { cyclesAmong } from '../network/cycles-among.js';
import type { Prepared } from './prepared.js';

/** The cycles (strongly connected sets, a family that uses itself included). */
export function cyclesOf(prepared: Prepared): readonly ReadonlySet<string>[] {
  const names = [...new Set(prepared.definitions.map((definition) => definition.name))];
  return cyclesAmong(names, (name) => prepared.users.get(name)?.map((user) => user.name));
}

/** Whether the graph of the cycle without the kept families still has a cycle, and one of them. */
function remainingCycle(
  cycle: ReadonlySet<string>,
  kept: ReadonlySet<string>,
  prepared: Prepared,
): string | undefined {
  const open = [...cycle].filter((name) => !kept.has(name));
  const reaches = (start: string): boolean => {
    const seen = new Set<string>();
    const waiting = [start];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop())
      for (const user of prepared.users.get(next) ?? []) {
        if (user.name === start) return true;
        if (kept.has(user.name) || !cycle.has(user.name) || seen.has(user.name)) continue;
        seen.add(user.name);
        waiting.push(user.name);
      }
    return false;
  };
  return open.find(reaches);
}

/** Families of the cycle that are read at an index other than that of the definition's head. */
function readShifted(cycle: ReadonlySet<string>, prepared: Prepared): readonly string[] {
  const shifted = new Set<string>();
  for (const definition of prepared.definitions) {
    if (!cycle.has(definition.name)) continue;
    const heads = new Set(definition.head.map(structureKey));
    const own = new Set(definition.ranges.map((range) => range.index));
    const isShifted = (index: Formula): boolean =>
      !heads.has(structureKey(index)) && [...freeNames(index)].some((name) => own.has(name));
    contains(definition.right, (part) => {
      if (part.kind === 'symbol' && cycle.has(part.name) && part.indices.some(isShifted))
        shifted.add(part.name);
      return false;
    });
  }
  return [...shifted];
}

/** Right sides that hand one entry on: a function of it, or the entry itself. */
const passesOn: ReadonlySet<Formula['kind']> = new Set(['call', 'family', 'symbol']);

/** `a^l_j = f(z^l_j)`: then the derivative by z is the one that people name. */
function argumentOf(name: string, cycle: ReadonlySet<string>, prepared: Prepared): string {
  const rights = prepared.definitions
    .filter((definition) => definition.name === name)
    .map((definition) => definition.right);
  const inside = (right: Formula): string | undefined => {
    const used = [...freeNames(right)].filter((other) => cycle.has(other));
    const [only] = passesOn.has(right.kind) ? used : [];
    return used.length === 1 ? only : undefined;
  };
  // Definitions that use nothing of the cycle (`h^0 = x`) do not count.
  const found = rights
    .filter((right) => [...freeNames(right)].some((other) => cycle.has(other)))
    .map(inside);
  const [first] = found;
  return first !== undefined && first !== name && found.every((one) => one === first)
    ? first
    : name;
}

/**
 * The families whose derivative stays a name: those preferred (the author named their derivatives),
 * then, until no cycle is left, the families read at a shifted index. Chosen before anything is
 * differentiated, so that no step of a recurrence is unrolled by accident.
 */
export function keptFamilies(
  cycles: readonly ReadonlySet<string>[],
  preferred: ReadonlySet<string>,
  prepared: Prepared,
): ReadonlySet<string> {
  const kept = new Set<string>();
  for (const cycle of cycles) {
    for (const name of cycle) if (preferred.has(name)) kept.add(name);
    const candidates = [
      ...readShifted(cycle, prepared).map((name) => argumentOf(name, cycle, prepared)),
      ...cycle,
    ];
    for (const candidate of candidates) {
      const left = remainingCycle(cycle, kept, prepared);
      if (left === undefined) break;
      if (!kept.has(candidate)) kept.add(candidate);
    }
  }
  return kept;
}
