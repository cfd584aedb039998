/** The range of a letter that nothing ties to a family: the one it has wherever else it runs. */
import type { Bounds, Formula } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { children, freeNames } from '../expression/walk.js';
import { isMade, stemOf } from './indexing/context.js';
import type { Network } from './network.js';
import type { SlotUse } from './slot-uses.js';

/**
 * In `sum_i x_i - sum_i mu` the second `i` runs as the first does; in a line with `sum_i mu` alone as
 * in the definitions. `undefined` if the letter has no range there, or several.
 */
export function rangeOfLetter(
  letter: string,
  uses: readonly SlotUse[],
  network: Network,
): Bounds | undefined {
  const here = uses.filter((use) => use.manner === 'pure' && stemOf(use.variable) === letter);
  return onlyOne(here.map((use) => use.range)) ?? onlyOne(definedRanges(letter, network));
}

function definedRanges(letter: string, network: Network): readonly Bounds[] {
  const found: Bounds[] = [];
  const look = (formula: Formula): void => {
    const runs = (formula.kind === 'sum' || formula.kind === 'product') && formula.index === letter;
    if (runs && formula.bounds && formula.where.length === 0) found.push(formula.bounds);
    for (const part of children(formula)) look(part);
  };
  for (const { ranges, right } of network.definitions) {
    for (const range of ranges) if (range.index === letter) found.push(range);
    look(right);
  }
  return found;
}

/** The one range of several that are the same; its ends must not hang on other indices. */
function onlyOne(ranges: readonly Bounds[]): Bounds | undefined {
  const [first, ...rest] = new Map(
    ranges.map(({ lower, upper }) => [
      `${structureKey(lower)}..${structureKey(upper)}`,
      { lower, upper },
    ]),
  ).values();
  if (!first || rest.length > 0) return undefined;
  const names = [first.lower, first.upper].flatMap((end) => [...freeNames(end)]);
  return names.some(isMade) ? undefined : first;
}
