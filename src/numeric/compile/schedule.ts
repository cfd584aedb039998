/** In which order definitions are worked out: depth and time are written out, other indices stay loops. */
import type { Formula, SymbolFormula } from '../../expression/formula.js';
import { Unsupported } from '../../expression/unsupported.js';
import { freeNames } from '../../expression/walk.js';
import type { Definition, Network, Range } from '../../network/network.js';
import { UnknownSize } from '../errors.js';
import { definitionsOf } from '../heads.js';
import { integer } from '../integers.js';
import { symbolsOf } from '../occurrences.js';
import { bindIndex, bindingOf, type Scope } from '../scope.js';
import { sizesOf } from './layout.js';

/** A definition at one value of each index that is written out. */
export interface Instance {
  readonly definition: Definition;
  readonly scope: Scope;
  readonly loops: readonly Range[];
}

/** Largest number of instances: layers or time steps times definitions. */
const MOST_INSTANCES = 4000;

/** The instances that a scalar needs, each after those that it reads. */
export function scheduleOf(target: SymbolFormula, network: Network): readonly Instance[] {
  const world = sizesOf(network);
  const apart = writtenOut(network);
  const instances = new Map<string, Instance[]>();
  let count = 0;
  const instancesOf = (name: string): readonly Instance[] => {
    const known = instances.get(name);
    if (known) return known;
    const made: Instance[] = [];
    for (const definition of definitionsOf(network, name)) {
      if (definition.where.length > 0)
        throw new Unsupported(`the definition of ${name} has conditions, which are not compiled`);
      const letters = apart.get(definition) ?? new Set<string>();
      const loops = definition.ranges.filter((range) => !letters.has(range.index));
      const visit = (ranges: readonly Range[], scope: Scope): void => {
        const [range, ...rest] = ranges;
        if (!range) {
          count += 1;
          if (count > MOST_INSTANCES)
            throw new Unsupported(`more than ${MOST_INSTANCES} layers or steps`);
          made.push({ definition, scope, loops });
          return;
        }
        const upper = integer(range.upper, scope, world);
        for (let value = integer(range.lower, scope, world); value <= upper; value += 1)
          visit(rest, bindIndex(scope, range.index, value));
      };
      visit(
        definition.ranges.filter((range) => letters.has(range.index)),
        undefined,
      );
    }
    instances.set(name, made);
    return made;
  };
  const fixed = (index: Formula, scope: Scope): number | undefined => {
    try {
      return integer(index, scope, world);
    } catch (problem) {
      // A loop variable has no value here.
      if (problem instanceof UnknownSize || problem instanceof Unsupported) return undefined;
      throw problem;
    }
  };
  const ordered: Instance[] = [];
  const state = new Map<Instance, 'open' | 'done'>();
  const need = (reference: SymbolFormula, scope: Scope): void => {
    for (const instance of instancesOf(reference.name)) {
      const apartFrom = instance.definition.head.some((head, place) => {
        const own = fixed(head, instance.scope);
        const asked = fixed(reference.indices[place] as Formula, scope);
        return own !== undefined && asked !== undefined && own !== asked;
      });
      if (!apartFrom) visit(instance);
    }
  };
  const visit = (instance: Instance): void => {
    const known = state.get(instance);
    if (known === 'done') return;
    if (known === 'open')
      throw new Unsupported(
        `${instance.definition.name} depends on itself in a way that is not compiled`,
      );
    state.set(instance, 'open');
    for (const part of symbolsOf([instance.definition.right]))
      if (!(part.indices.length === 0 && bindingOf(instance.scope, part.name)))
        need(part, instance.scope);
    state.set(instance, 'done');
    ordered.push(instance);
  };
  need(target, undefined);
  return ordered;
}

/** The index letters of each definition that are written out. */
function writtenOut(network: Network): ReadonlyMap<Definition, ReadonlySet<string>> {
  const reach = reachable(network);
  const together = (one: string, other: string): boolean =>
    reach.get(one)?.has(other) === true && reach.get(other)?.has(one) === true;
  const places = new Set<string>();
  // Upper indices count layers, and widths may depend on them.
  for (const family of network.families.values())
    family.slots.forEach((slot, place) => {
      const decides = family.slots.some(
        ({ bounds }) =>
          bounds && [bounds.lower, bounds.upper].some((end) => freeNames(end).has(slot.variable)),
      );
      if (decides) places.add(`${family.name} ${place}`);
    });
  for (const definition of network.definitions)
    for (const { name, indices } of symbolsOf([definition.right]))
      indices.forEach((index, place) => {
        if (index.kind === 'add' && together(name, definition.name)) places.add(`${name} ${place}`);
      });
  const letters = new Map<Definition, Set<string>>();
  for (let before = -1; before !== places.size; ) {
    before = places.size;
    for (const definition of network.definitions) {
      const own = letters.get(definition) ?? new Set<string>();
      letters.set(definition, own);
      const entries = [
        { name: definition.name, indices: definition.head },
        ...symbolsOf([definition.right]),
      ];
      for (const { name, indices } of entries)
        indices.forEach((index, place) => {
          if (!places.has(`${name} ${place}`)) return;
          for (const letter of freeNames(index))
            if (definition.ranges.some((range) => range.index === letter)) own.add(letter);
        });
      definition.head.forEach((index, place) => {
        if ([...freeNames(index)].some((letter) => own.has(letter)))
          places.add(`${definition.name} ${place}`);
      });
    }
  }
  return letters;
}

function reachable(network: Network): ReadonlyMap<string, ReadonlySet<string>> {
  const direct = new Map<string, Set<string>>();
  for (const { name, right } of network.definitions) {
    const names = direct.get(name) ?? new Set<string>();
    for (const part of symbolsOf([right])) names.add(part.name);
    direct.set(name, names);
  }
  return new Map(
    [...direct.keys()].map((name) => {
      const seen = new Set<string>(direct.get(name));
      for (const part of seen) for (const next of direct.get(part) ?? []) seen.add(next);
      return [name, seen];
    }),
  );
}
