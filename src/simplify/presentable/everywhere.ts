/** One law applied at every place of a formula, from the leaves up. */
import type { Bounds, Formula } from '../../expression/formula.js';
import { mapChildren } from '../../expression/walk.js';
import type { PresentLaw, Surroundings } from './law.js';

/** Uses of one law at one place in one pass, at most. */
const REPEAT_LIMIT = 16;

type Memory = Map<
  Formula,
  { readonly parent: Formula['kind'] | undefined; readonly result: Formula }
>;

/**
 * Applies a law everywhere, except inside derivatives not yet taken and inside indices: there a
 * name stands for itself, not for its value.
 */
export function everywhere(law: PresentLaw, formula: Formula, around: Surroundings): Formula {
  const visit = (part: Formula, place: Surroundings, remembered: Memory): Formula => {
    if (part.kind === 'derivative' || part.kind === 'symbol' || part.kind === 'delta')
      return repeated(law, part, place);
    // A law may look at what a formula stands in, so results are kept apart by that.
    const known = remembered.get(part);
    if (known && known.parent === place.parent) return known.result;
    let inside = place;
    let memory = remembered;
    const bounds = bindersOf(part);
    if (bounds.length > 0) {
      inside = within(place, bounds);
      memory = new Map();
    }
    const below = { ...inside, parent: part.kind };
    const mapped = mapChildren(part, (child) => visit(child, below, memory));
    const result = repeated(law, mapped, place);
    remembered.set(part, { parent: place.parent, result });
    return result;
  };
  return visit(formula, around, new Map());
}

function repeated(law: PresentLaw, formula: Formula, around: Surroundings): Formula {
  let current = formula;
  for (let count = 0; count < REPEAT_LIMIT; count += 1) {
    const next = law.apply(current, around);
    if (!next) return current;
    current = next;
  }
  return current;
}

const bindersOf = (formula: Formula): readonly (readonly [string, Bounds])[] => {
  if ((formula.kind === 'sum' || formula.kind === 'product') && formula.bounds)
    return [[formula.index, formula.bounds]];
  if (formula.kind === 'family' || formula.kind === 'array')
    return formula.binders.map((binder) => [binder.index, binder] as const);
  return [];
};

const within = (
  around: Surroundings,
  bounds: readonly (readonly [string, Bounds])[],
): Surroundings => ({
  ...around,
  known: { ...around.known, ranges: new Map([...around.known.ranges, ...bounds]) },
});
