/** Places in formulas: what stands there, and the formula with something else there. */
import type { Formula } from '../expression/formula.js';
import { children, mapChildren } from '../expression/walk.js';
import type { Path } from './step.js';

/** What stands at a place; `undefined` if the formula has no such place. */
export function partAt(formula: Formula, path: Path): Formula | undefined {
  let part: Formula | undefined = formula;
  for (const position of path) {
    if (!part) return undefined;
    part = children(part)[position];
  }
  return part;
}

/**
 * The formula with another part at a place; nothing is simplified, but sums in sums and products in
 * products are flattened, as by all constructors.
 */
export function replaceAt(formula: Formula, path: Path, part: Formula): Formula {
  const [position, ...rest] = path;
  if (position === undefined) return part;
  let place = -1;
  return mapChildren(formula, (child) => {
    place += 1;
    return place === position ? replaceAt(child, rest, part) : child;
  });
}

/**
 * The places, in the order of writing, of all parts that pass a test; not inside those found, and
 * not inside those that `mayHold` rules out.
 */
export function placesOf(
  formula: Formula,
  test: (part: Formula) => boolean,
  mayHold: (part: Formula) => boolean = () => true,
): readonly Path[] {
  const found: Path[] = [];
  const visit = (part: Formula, path: Path): void => {
    if (!mayHold(part)) return;
    if (test(part)) {
      found.push(path);
      return;
    }
    for (const [position, child] of children(part).entries()) visit(child, [...path, position]);
  };
  visit(formula, []);
  return found;
}

const derivativesHeld = new WeakMap<Formula, boolean>();

/** Whether a derivative stands somewhere in a formula; remembered, so that lines may share parts. */
export function holdsDerivative(formula: Formula): boolean {
  const known = derivativesHeld.get(formula);
  if (known !== undefined) return known;
  const held = formula.kind === 'derivative' || children(formula).some(holdsDerivative);
  derivativesHeld.set(formula, held);
  return held;
}
