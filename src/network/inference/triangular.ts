/** Families with a triangle of entries: `p_ij = ... for j = 1..i`. */
import { type Bounds, type Formula, symbol } from '../../expression/formula.js';
import { freeNames, substitute } from '../../expression/walk.js';
import type { Definition, Family, Slot } from '../network.js';
import { mapBounds } from './range-ends.js';

/**
 * The families with the ranges of their slots narrowed to those of their one definition where these
 * depend on the slots before: `p_12` then is no entry of `p_ij = ... for j = 1..i`.
 */
export function withTriangles(
  families: ReadonlyMap<string, Family>,
  definitions: readonly Definition[],
): ReadonlyMap<string, Family> {
  const narrowed = new Map(families);
  for (const [name, family] of families) {
    const own = definitions.filter((definition) => definition.name === name);
    const [only] = own;
    if (!only || own.length > 1 || family.kind !== 'defined') continue;
    const slots = family.slots.map((slot, place) => slotWithin(slot, place, family, only));
    if (slots.some((slot, place) => slot !== family.slots[place]))
      narrowed.set(name, { ...family, slots });
  }
  return narrowed;
}

const nameOf = (index: Formula | undefined): string | undefined =>
  index?.kind === 'symbol' && index.indices.length === 0 ? index.name : undefined;

function slotWithin(slot: Slot, place: number, family: Family, definition: Definition): Slot {
  const letter = nameOf(definition.head[place]);
  const range = definition.ranges.find((one) => one.index === letter);
  if (!range || slot.place !== 'lower') return slot;
  const letters = new Map<string, Formula>();
  for (let before = 0; before < place; before += 1) {
    const name = nameOf(definition.head[before]);
    const variable = family.slots[before]?.variable;
    const isRange = definition.ranges.some((one) => one.index === name);
    if (name !== undefined && variable !== undefined && isRange)
      letters.set(name, symbol(variable));
  }
  const used = [...freeNames(range.lower), ...freeNames(range.upper)];
  const depends = used.some((name) => letters.has(name) && isUnit(range, name));
  const ranges = new Set(definition.ranges.map((one) => one.index));
  if (!depends || used.some((name) => ranges.has(name) && !letters.has(name))) return slot;
  const bounds = mapBounds(range, (end) => substitute(end, letters));
  const { defined: _, ...rest } = slot;
  return { ...rest, bounds };
}

/** Whether a letter stands in the range itself, not as the layer of a size (`n_l`). */
const isUnit = ({ lower, upper }: Bounds, name: string): boolean =>
  [lower, upper].some((end) => hasPlain(end, name));

const hasPlain = (formula: Formula, name: string): boolean =>
  nameOf(formula) === name ||
  (formula.kind === 'add' && formula.terms.some((term) => hasPlain(term, name))) ||
  (formula.kind === 'multiply' && formula.factors.some((factor) => hasPlain(factor, name)));
