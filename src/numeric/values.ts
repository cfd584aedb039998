/** Numbers where the sheet gives what is needed. */
import type { Formula } from '../expression/formula.js';
import type { Lowered, NestedNumbers, Network, Range } from '../network/network.js';
import { UnknownSize } from './errors.js';
import { GivenWorld } from './given-world.js';
import { Machine } from './machine.js';

/** The numbers of a formula, one level of lists for each axis, or what is missing for them. */
export type Values =
  | { readonly kind: 'numbers'; readonly value: NestedNumbers }
  | { readonly kind: 'missing'; readonly names: readonly string[] };

const machines = new WeakMap<Network, Machine>();

/** The machine of the sheet's own numbers, made once for a network. */
function givenMachine(network: Network): Machine {
  const known = machines.get(network);
  if (known) return known;
  const machine = new Machine(network, new GivenWorld(network));
  machines.set(network, machine);
  return machine;
}

/**
 * The numbers of a lowered formula under the sheet's givens. Only what the formula really needs
 * must be given: a derivative given as a number stands for all that lies behind it.
 * Throws `IndexOutOfRange` where an entry is read that does not exist.
 */
export function valuesOf(lowered: Lowered, network: Network): Values {
  if (lowered.free.length > 0)
    return { kind: 'missing', names: lowered.free.map((range) => range.index) };
  const machine = givenMachine(network);
  const missing = new Set<string>();
  try {
    const value = nested(machine, lowered.axes, lowered.body, new Map(), missing);
    return missing.size > 0 ? { kind: 'missing', names: [...missing] } : { kind: 'numbers', value };
  } catch (problem) {
    if (problem instanceof UnknownSize) return { kind: 'missing', names: [problem.size] };
    throw problem;
  }
}

/** The numbers of a lowered formula, `undefined` if something needed is not given. */
export function values(lowered: Lowered, network: Network): NestedNumbers | undefined {
  const result = valuesOf(lowered, network);
  return result.kind === 'numbers' ? result.value : undefined;
}

function nested(
  machine: Machine,
  axes: readonly Range[],
  body: Formula,
  indices: ReadonlyMap<string, number>,
  missing: Set<string>,
): NestedNumbers {
  const [axis, ...rest] = axes;
  if (!axis) {
    const node = machine.run(body, indices);
    for (const name of machine.tape.allMissingFor(node)) missing.add(name);
    return machine.tape.value(node);
  }
  const lower = machine.count(axis.lower, indices);
  const upper = machine.count(axis.upper, indices);
  machine.tape.require(upper - lower);
  const list: NestedNumbers[] = [];
  for (let value = lower; value <= upper; value += 1)
    list.push(nested(machine, rest, body, new Map([...indices, [axis.index, value]]), missing));
  return list;
}
