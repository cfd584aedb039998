/** What stands in and around a line: the quantities it uses, their definitions, their neighbours. */
import { call, type Formula, type SymbolFormula, symbol } from '../../expression/formula.js';
import { functionNamed } from '../../expression/functions.js';
import { structureKey } from '../../expression/same.js';
import type { Network } from '../../network/network.js';
import { definitionOf } from '../../simplify/unfold.js';
import { placesOf } from '../places.js';
import { quantityPlaces, type SlipContext } from './slip.js';

/** Each formula once, at its first place. */
export function unique<T extends Formula>(formulas: readonly T[]): readonly T[] {
  const found = new Map<string, T>();
  for (const formula of formulas) {
    const key = structureKey(formula);
    if (!found.has(key)) found.set(key, formula);
  }
  return [...found.values()];
}

/** Symbols and derivatives that stand as quantities in either side. */
export const quantitiesOf = (context: SlipContext): readonly Formula[] =>
  unique(
    [context.reference, context.suspect]
      .flatMap(quantityPlaces)
      .map((place) => place.part)
      .filter((part) => part.kind === 'symbol' || part.kind === 'derivative'),
  );

/** The right sides of what the line names. */
export const definitionsIn = (context: SlipContext): readonly Formula[] =>
  quantitiesOf(context).flatMap((entry) => {
    const right =
      entry.kind === 'symbol' ? definitionOf(entry, context.network.definitions) : undefined;
    return right ? [right] : [];
  });

/** Functions whose slope is a factor of its own in backpropagation; `sqrt` and `log` are not. */
const activations: ReadonlySet<string> = new Set([
  ...['sigmoid', 'tanh', 'relu', 'leaky_relu', 'elu', 'selu', 'softplus', 'softsign', 'silu'],
  ...['gelu', 'mish', 'hardtanh'],
]);

/** Whether a function is an activation: an abstract one of a number, or one that is known as such. */
export const isActivation = (name: string): boolean =>
  activations.has(name) || !functionNamed(name);

/** Derivatives of activations whose outputs or inputs stand in the line: `f'(z_j)`. */
export const slopesAround = (context: SlipContext): readonly Formula[] =>
  unique(
    [...quantitiesOf(context), ...outputsOf(context)].flatMap((entry) => {
      const right =
        entry.kind === 'symbol' ? definitionOf(entry, context.network.definitions) : undefined;
      if (right?.kind !== 'call' || right.args.length !== 1 || !isActivation(right.name)) return [];
      if (right.args[0]?.kind === 'array') return [];
      const slots = [{ argument: 0, at: [] }];
      return [call(right.name, right.args, { indices: right.indices, slots })];
    }),
  );

/** Outputs defined from a quantity in the line: for `z_j` also `a_j = f(z_j)`. */
const outputsOf = (context: SlipContext): readonly SymbolFormula[] =>
  quantitiesOf(context).flatMap((entry) => {
    if (entry.kind !== 'symbol') return [];
    return context.network.definitions.flatMap((definition) => {
      const argument = definition.right.kind === 'call' ? definition.right.args[0] : undefined;
      const fits =
        argument?.kind === 'symbol' &&
        argument.name === entry.name &&
        argument.indices.length === definition.head.length &&
        entry.indices.length === definition.head.length;
      return fits ? [symbol(definition.name, entry.indices)] : [];
    });
  });

/** Entries of other families that a line may lack; more than these are not tried. */
const MOST_NEIGHBOURS = 40;

/**
 * Entries of the network's families at the letters of the line, where the ranges fit: a line with
 * `x_i` and `mu_k` may lack `r_ik`.
 */
export function neighboursOf(context: SlipContext): readonly SymbolFormula[] {
  const { network } = context;
  const letters = lettersByRange(context);
  const written = new Set(quantitiesOf(context).map(structureKey));
  const found: SymbolFormula[] = [];
  for (const family of network.families.values()) {
    if (family.role !== 'quantity') continue;
    const choices = family.slots.map((slot) =>
      slot.bounds ? (letters.get(structureKey(slot.bounds.upper)) ?? []) : [],
    );
    for (const indices of combinations(choices)) {
      const entry = symbol(family.name, indices);
      if (!written.has(structureKey(entry))) found.push(entry);
      if (found.length >= MOST_NEIGHBOURS) return found;
    }
  }
  return found;
}

function combinations(choices: readonly (readonly Formula[])[]): readonly (readonly Formula[])[] {
  return choices.reduce<readonly (readonly Formula[])[]>(
    (sofar, choice) => sofar.flatMap((before) => choice.map((next) => [...before, next])),
    [[]],
  );
}

/** The index letters of the line, by the end of their range. */
function lettersByRange(context: SlipContext): ReadonlyMap<string, readonly Formula[]> {
  const { network, reference, suspect } = context;
  const found = new Map<string, readonly Formula[]>();
  for (const { part } of [...placesOf(reference), ...placesOf(suspect)]) {
    if (part.kind !== 'symbol') continue;
    for (const [slot, index] of part.indices.entries()) {
      const upper = slotEnd(network, part.name, slot);
      if (upper === undefined || index.kind !== 'symbol') continue;
      found.set(upper, unique([...(found.get(upper) ?? []), index]));
    }
  }
  return found;
}

function slotEnd(network: Network, name: string, slot: number): string | undefined {
  const bounds = network.families.get(name)?.slots[slot]?.bounds;
  return bounds && structureKey(bounds.upper);
}

/** The factors of all products in a formula. */
export const factorsIn = (formula: Formula): readonly Formula[] =>
  placesOf(formula).flatMap(({ part }) => (part.kind === 'multiply' ? part.factors : []));

/** The terms of a formula. */
export const termsOf = (formula: Formula): readonly Formula[] =>
  formula.kind === 'add' ? formula.terms : [formula];
