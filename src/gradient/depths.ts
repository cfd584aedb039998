/** Depths that are numbers: a size that bounds the layers of a cycle is put in, so that it unrolls. */
import { type Formula, number, symbol } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { freeNames, mapCondition, type Substitution, substitute } from '../expression/walk.js';
import type { Definition, Network } from '../network/network.js';
import { cyclesOf } from './cycles.js';
import { prepare } from './prepared.js';
import { tidyIndices } from './settle.js';

export interface WithDepths {
  readonly network: Network;
  readonly depths: Substitution;
}

/**
 * The network with known depths put in. Only sizes that bound a family's index inside a cycle are:
 * widths and counts (`1/n`) stay as the author wrote them.
 */
export function withDepths(network: Network): WithDepths {
  if (network.sizes.size === 0) return { network, depths: new Map() };
  const prepared = prepare(network);
  const depths = new Map<string, Formula>();
  for (const cycle of cyclesOf(prepared))
    for (const definition of prepared.definitions) {
      if (!cycle.has(definition.name)) continue;
      for (const range of definition.ranges)
        for (const name of [...freeNames(range.lower), ...freeNames(range.upper)]) {
          const value = network.sizes.get(structureKey(symbol(name)));
          if (value !== undefined) depths.set(name, number(value));
        }
    }
  if (depths.size === 0) return { network, depths };
  const put = (formula: Formula): Formula => tidyIndices(substitute(formula, depths));
  const definitions = network.definitions.map(
    (definition): Definition => ({
      ...definition,
      head: definition.head.map(put),
      ranges: definition.ranges.map((range) => ({
        index: range.index,
        lower: put(range.lower),
        upper: put(range.upper),
      })),
      where: definition.where.map((condition) => mapCondition(condition, put)),
      right: put(definition.right),
    }),
  );
  const families = new Map(
    [...network.families].map(([name, known]) => [
      name,
      {
        ...known,
        slots: known.slots.map((slot) => ({
          ...slot,
          bounds: slot.bounds && { lower: put(slot.bounds.lower), upper: put(slot.bounds.upper) },
        })),
      },
    ]),
  );
  return { network: { ...network, definitions, families }, depths };
}
