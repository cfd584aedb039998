/** The number of a formula in a model. */
import type { Formula } from '../expression/formula.js';
import type { Model } from './models.js';

/**
 * The number of a core formula in a model, with its free index letters at the values given.
 * Derivatives not yet taken are exact: reverse sweeps through the definitions, of any order.
 * Throws `IndexOutOfRange` where an entry is read that does not exist.
 */
export function evaluate(
  body: Formula,
  model: Model,
  indices: ReadonlyMap<string, number> = new Map(),
): number {
  const { machine } = model;
  return machine.tape.value(machine.run(body, indices));
}
