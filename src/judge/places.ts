/** Places in a formula, and the same formula with something else at one place. */
import type { Formula } from '../expression/formula.js';
import { children, mapChildren } from '../expression/walk.js';

/** A sub-formula with the way to put another in its place. */
export interface Place {
  readonly part: Formula;
  /** The formulas above, the innermost last. */
  readonly above: readonly Formula[];
  /** Number of the child at each level, from the top. */
  readonly path: readonly number[];
  readonly put: (replacement: Formula) => Formula;
}

/** Replaces the child with that number. */
function putChild(formula: Formula, number: number, replacement: Formula): Formula {
  let count = -1;
  return mapChildren(formula, (child) => {
    count += 1;
    return count === number ? replacement : child;
  });
}

/** Number of places looked at in one formula; larger formulas are looked at in part. */
const MOST_PLACES = 600;

/** All places of a formula, the whole first, then in the order of writing. */
export function placesOf(formula: Formula): readonly Place[] {
  const found: Place[] = [];
  const visit = (place: Place): void => {
    if (found.length >= MOST_PLACES) return;
    found.push(place);
    children(place.part).forEach((child, number) => {
      visit({
        part: child,
        above: [...place.above, place.part],
        path: [...place.path, number],
        put: (replacement) => place.put(putChild(place.part, number, replacement)),
      });
    });
  };
  visit({ part: formula, above: [], path: [], put: (replacement) => replacement });
  return found;
}

/** Whether a place is inside the indices of a symbol (an index letter, not a quantity). */
export function isIndexPlace(place: Place): boolean {
  return place.above.some((formula, level) => {
    const number = place.path[level] as number;
    switch (formula.kind) {
      case 'symbol':
      case 'delta':
        return true;
      case 'call':
        return (
          number < formula.indices.length || number >= formula.indices.length + formula.args.length
        );
      case 'sum':
      case 'product':
        return formula.bounds !== undefined && number < 2;
      case 'operation':
        return formula.name === 'entry' && number > 0;
      case 'derivative':
        return false;
      default:
        return false;
    }
  });
}
