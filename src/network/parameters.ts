/** The parameters of a network: which leaves are weights, and how many numbers they hold. */
import { type Formula, number, symbol, whole } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { contains, freeNames } from '../expression/walk.js';
import { writePlain } from '../write/write.js';
import { entriesOf } from './entries.js';
import { numbersAt } from './heads.js';
import type { Family, Network } from './network.js';

/** Names of data by habit: inputs, targets, labels, samples. */
const dataNames = /^(x|X|y|Y|t|T|input|inputs|target|targets|label|labels|data)(?![a-zA-Z])/;
/** Names of weights by habit; they stay parameters also where only the loss reads them. */
const weightNames = /^(w|W|b|theta|Theta|U|V)(?![a-zA-Z])/;
/** Rates and small constants, which nobody trains. */
const rateNames = /^(eta|lambda|epsilon|eps|varepsilon|alpha|tau|rho|mu)(?![a-zA-Z])/;

/**
 * The families of parameters, in the order of the definitions. A leaf that some definition reads is
 * a parameter unless it is data:
 *
 * - its name is that of inputs or targets by habit (x, y, t and their likes);
 * - it is summed against a leaf with more indices (`sum_i a_i u_ij`: a is an input);
 * - only the loss reads it, while the loss also reads defined quantities (a target);
 * - it is the border of a recurrence (`h_0`, `a^0`), an index, a size, a rate or a small constant.
 */
export function parameterFamilies(network: Network): readonly Family[] {
  const forward = network.definitions.filter(
    (definition) => !contains(definition.right, (part) => part.kind === 'derivative'),
  );
  const order = new Set(forward.flatMap((definition) => namesInOrder(definition.right)));
  return [...order].flatMap((name) => {
    const family = network.families.get(name);
    if (family?.kind !== 'leaf' || family.role !== 'quantity') return [];
    if (dataNames.test(name) || rateNames.test(name)) return [];
    if (weightNames.test(name)) return [family];
    return isInput(family, network) || isTarget(name, network) ? [] : [family];
  });
}

const namesInOrder = (formula: Formula): readonly string[] => {
  const names: string[] = [];
  contains(formula, (part) => {
    if (part.kind === 'symbol') names.push(part.name);
    return false;
  });
  return names;
};

/** Summed in a product with a leaf that has more indices. */
const isInput = (family: Family, network: Network): boolean =>
  network.definitions.some((definition) =>
    contains(definition.right, (part) => {
      if (part.kind !== 'sum' || part.body.kind !== 'multiply') return false;
      const factors = part.body.factors.filter((factor) => factor.kind === 'symbol');
      if (!factors.some((factor) => factor.name === family.name)) return false;
      return factors.some((factor) => {
        const other = network.families.get(factor.name);
        return other?.kind === 'leaf' && other.slots.length > family.slots.length;
      });
    }),
  );

/** Read by the loss only, beside quantities that are defined. */
function isTarget(name: string, network: Network): boolean {
  const readers = network.definitions.filter((definition) => freeNames(definition.right).has(name));
  return readers.every((definition) => {
    if (definition.head.length > 0) return false;
    const used = network.definitions.some(
      (other) => other !== definition && freeNames(other.right).has(definition.name),
    );
    const readsDefined = [...freeNames(definition.right)].some(
      (other) => (network.families.get(other)?.kind ?? 'leaf') !== 'leaf',
    );
    return !used && readsDefined;
  });
}

/**
 * One surface formula for each parameter as people name them: `w_1`, `b`, `W^(2)` for each layer
 * where the number of layers is known, else `W^l`.
 */
export const parametersOf = (network: Network): readonly Formula[] =>
  partsOf(network).map((part) => part.target);

interface Part {
  readonly target: Formula;
  readonly layer: number;
  readonly family: Family;
}

function partsOf(network: Network): readonly Part[] {
  const parts = parameterFamilies(network).flatMap((family) => partsOfFamily(family, network));
  // Layer by layer, and within a layer in the order of the definitions.
  return parts
    .map((part, place) => ({ part, place }))
    .sort((a, b) => a.part.layer - b.part.layer || a.place - b.place)
    .map(({ part }) => part);
}

function partsOfFamily(family: Family, network: Network): readonly Part[] {
  const { name, slots } = family;
  if (slots.some((slot) => slot.bounds === undefined))
    return (family.written ?? []).map((tuple) => ({
      target: symbol(name, tuple),
      layer: 0,
      family,
    }));
  const uppers = slots.filter((slot) => slot.place === 'upper').length;
  const open = slots.slice(1).map(() => whole);
  if (uppers !== 1)
    return [
      {
        target: symbol(
          name,
          slots.map(() => whole),
        ),
        layer: 0,
        family,
      },
    ];
  const layers = concreteLayers(family, network);
  if (!layers)
    return [
      { target: symbol(name, [symbol(slots[0]?.variable ?? 'l'), ...open]), layer: 0, family },
    ];
  return layers.map((layer) => ({ target: symbol(name, [number(layer), ...open]), layer, family }));
}

/** The layers of a family where their number is known. */
function concreteLayers(family: Family, network: Network): readonly number[] | undefined {
  const bounds = family.slots[0]?.bounds;
  const ends = [bounds?.lower, bounds?.upper].map((end) =>
    end?.kind === 'number' ? end.value.valueOf() : end && network.sizes.get(structureKey(end)),
  );
  const [first, last] = ends;
  if (first === undefined || last === undefined) return undefined;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, place) => first + place);
}

/** How many numbers a network holds, in all and by layer. */
export interface ParameterCount {
  readonly value: number;
  readonly by: readonly { readonly name: string; readonly count: number }[];
}

/**
 * Counts the parameters of a network. Throws `Unsupported` if a size has no number.
 */
export function countParameters(network: Network): ParameterCount {
  const display = {
    latexName: (name: string) => network.families.get(name)?.latex ?? name,
    upperSlots: (name: string) =>
      network.families.get(name)?.slots.filter((slot) => slot.place === 'upper').length ?? 0,
  };
  const by = partsOf(network).map(({ target, family }) => ({
    name: writePlain(target, display),
    count: countOf(target, family, network),
  }));
  return { value: by.reduce((total, part) => total + part.count, 0), by };
}

function countOf(target: Formula, family: Family, network: Network): number {
  if (target.kind !== 'symbol') return 1;
  const fixed = numbersAt(target.indices);
  return entriesOf(family, network).filter((tuple) =>
    tuple.every((index, slot) => fixed[slot] === undefined || fixed[slot] === index),
  ).length;
}
