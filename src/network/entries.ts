/** Single entries of families in a network with concrete sizes. */
import type { Condition, Formula } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { shiftedOf } from './affine.js';
import { headsOf } from './heads.js';
import { type IndexValues, integerOf } from './integers.js';
import type { Definition, Family, Network } from './network.js';

/** More entries than this are not listed. */
const MOST_ENTRIES = 1_000_000;

/** All index tuples of a family, in order. Throws `Unsupported` if a size has no number. */
export function entriesOf(family: Family, network: Network): readonly (readonly number[])[] {
  if (family.slots.length === 0) return [[]];
  if (family.slots.some((slot) => slot.bounds === undefined))
    return (family.written ?? []).map((tuple) =>
      tuple.map((index) => integerOf(index, network, new Map())),
    );
  const found: number[][] = [];
  const visit = (place: number, chosen: readonly number[], values: IndexValues): void => {
    const slot = family.slots[place];
    if (!slot?.bounds) {
      if (found.length >= MOST_ENTRIES)
        throw new Unsupported(`${family.name} has more than ${MOST_ENTRIES} entries`);
      found.push([...chosen]);
      return;
    }
    const first = integerOf(slot.bounds.lower, network, values);
    const last = integerOf(slot.bounds.upper, network, values);
    for (let index = first; index <= last; index += 1)
      visit(place + 1, [...chosen, index], new Map([...values, [slot.variable, index]]));
  };
  visit(0, [], new Map());
  return found;
}

/** A definition of an entry, with the values of its index variables. */
export interface EntryDefinition {
  readonly definition: Definition;
  readonly values: IndexValues;
}

/** The definition of an entry; `undefined` for a leaf. */
export function definitionOf(
  name: string,
  indices: readonly number[],
  network: Network,
): EntryDefinition | undefined {
  for (const definition of headsOf(network.definitions).at(name, indices)) {
    const values = matchHead(definition, indices, network);
    if (values) return { definition, values };
  }
  return undefined;
}

function matchHead(
  definition: Definition,
  indices: readonly number[],
  network: Network,
): IndexValues | undefined {
  const values = new Map<string, number>();
  for (const [slot, head] of definition.head.entries()) {
    const shifted = shiftedOf(head, (letter) =>
      definition.ranges.some((range) => range.index === letter),
    );
    const index = indices[slot] ?? 0;
    if (shifted) values.set(shifted.variable, index - shifted.offset);
    else if (integerOf(head, network, values) !== index) return undefined;
  }
  const inside = definition.ranges.every((range) => {
    const value = values.get(range.index);
    return (
      value !== undefined &&
      value >= integerOf(range.lower, network, values) &&
      value <= integerOf(range.upper, network, values)
    );
  });
  return inside && definition.where.every((part) => holds(part, network, values))
    ? values
    : undefined;
}

/** Whether a condition on indices holds. */
export function holds(condition: Condition, network: Network, values: IndexValues): boolean {
  if (condition.kind === 'member')
    throw new Unsupported(`nobody listed the elements of ${condition.set}`);
  if (condition.kind !== 'compare') {
    const test = (part: Condition): boolean => holds(part, network, values);
    return condition.kind === 'and' ? condition.parts.every(test) : condition.parts.some(test);
  }
  const value = (side: Formula): number => integerOf(side, network, values);
  const difference = value(condition.left) - value(condition.right);
  switch (condition.relation) {
    case '=':
      return difference === 0;
    case '!=':
      return difference !== 0;
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
  }
}
