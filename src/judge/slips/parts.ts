/** What could be missing in a line: factors and terms from its surroundings. */
import {
  call,
  type Formula,
  minusOne,
  number,
  product,
  rawMultiply,
  reciprocal,
  symbol,
} from '../../expression/formula.js';
import { same, structureKey } from '../../expression/same.js';
import { substitute } from '../../expression/walk.js';
import type { Definition } from '../../network/network.js';
import { placesOf } from '../places.js';
import { quantityPlaces, type SlipContext } from './slip.js';

const unique = (formulas: readonly Formula[]): readonly Formula[] => [
  ...new Map(formulas.map((formula) => [structureKey(formula), formula])).values(),
];

/** Symbols with their indices that stand as quantities in either side. */
export function symbolsOf(context: SlipContext): readonly Formula[] {
  return unique(
    [context.reference, context.suspect]
      .flatMap((side) => quantityPlaces(side))
      .map((place) => place.part)
      .filter((part) => part.kind === 'symbol' || part.kind === 'derivative'),
  );
}

/** The right side of the definition of an entry, with the head's variables replaced. */
export function definitionOf(context: SlipContext, entry: Formula): Formula | undefined {
  if (entry.kind !== 'symbol') return undefined;
  for (const definition of context.network.definitions) {
    const bindings = matchHead(definition, entry.indices);
    if (definition.name === entry.name && bindings) return substitute(definition.right, bindings);
  }
  return undefined;
}

/** Reads the values of a definition's variables off the indices of an entry; heads are affine. */
function matchHead(
  definition: Definition,
  indices: readonly Formula[],
): ReadonlyMap<string, Formula> | undefined {
  const bindings = new Map<string, Formula>();
  for (const [slot, head] of definition.head.entries()) {
    const index = indices[slot];
    if (!index) continue;
    if (index.kind === 'whole') return undefined;
    if (head.kind === 'symbol' && head.indices.length === 0) bindings.set(head.name, index);
    else if (!same(head, index)) return undefined;
  }
  return bindings;
}

/** Derivatives of activations whose outputs or inputs stand in the line: `f'(z_j)`, `y (1 - y)`. */
function slopesOf(context: SlipContext): readonly Formula[] {
  const symbols = [...symbolsOf(context), ...inputsAndOutputs(context)];
  return unique(
    symbols.flatMap((entry) => {
      const right = definitionOf(context, entry);
      if (right?.kind !== 'call' || right.args.length !== 1) return [];
      if (right.args[0]?.kind === 'array') return [];
      return [
        call(right.name, right.args, { indices: right.indices, slots: [{ argument: 0, at: [] }] }),
      ];
    }),
  );
}

/** Products of all slopes along a chain of layers: `(1 - f_1^2) ... (1 - f_L^2)`. */
function slopeProducts(context: SlipContext): readonly Formula[] {
  return context.network.definitions.flatMap((definition) => {
    const [range] = definition.ranges;
    const { right } = definition;
    if (!range || definition.ranges.length > 1 || definition.head.length !== 1) return [];
    if (right.kind !== 'call' || right.args.length !== 1 || right.args[0]?.kind === 'array')
      return [];
    const slope = call(right.name, right.args, {
      indices: right.indices,
      slots: [{ argument: 0, at: [] }],
    });
    return [product(range.index, { lower: range.lower, upper: range.upper }, slope)];
  });
}

/** Outputs defined from a quantity in the line: for `z_j` also `a_j = f(z_j)`. */
function inputsAndOutputs(context: SlipContext): readonly Formula[] {
  return symbolsOf(context).flatMap((entry) => {
    if (entry.kind === 'derivative' || entry.kind !== 'symbol') return [];
    return context.network.definitions.flatMap((definition) => {
      const argument = definition.right.kind === 'call' ? definition.right.args[0] : undefined;
      if (argument?.kind !== 'symbol' || argument.name !== entry.name) return [];
      if (argument.indices.length !== definition.head.length) return [];
      return entry.indices.length === definition.head.length
        ? [symbol(definition.name, entry.indices)]
        : [];
    });
  });
}

const factorsOf = (formula: Formula): readonly Formula[] => {
  const parts = placesOf(formula).flatMap(({ part }) =>
    part.kind === 'multiply' ? part.factors : [],
  );
  return formula.kind === 'multiply' ? [...formula.factors, ...parts] : parts;
};

/** Factors that a line may lack, the likeliest first. */
export function candidateFactors(context: SlipContext): readonly Formula[] {
  const sizes = [...context.network.families.values()]
    .filter((family) => family.role === 'size' && family.slots.length === 0)
    .map((family) => symbol(family.name));
  const sums = placesOf(context.suspect).flatMap(({ part }) =>
    part.kind === 'sum' && part.bounds ? [part.bounds.upper] : [],
  );
  const surroundings = [
    ...slopesOf(context),
    ...slopeProducts(context),
    ...factorsOf(context.reference),
    ...symbolsOf(context).filter((part) => part.kind === 'symbol'),
    ...factorsOf(context.suspect),
  ].filter((factor) => factor.kind !== 'number');
  const all = unique([
    number(2),
    number('1/2'),
    ...surroundings,
    ...sizes,
    ...sums,
    ...[...sizes, ...sums].map(reciprocal),
  ]);
  return all.slice(0, 60);
}

/** Terms that a line may lack. */
export function candidateTerms(context: SlipContext): readonly Formula[] {
  const termsOf = (formula: Formula): readonly Formula[] =>
    formula.kind === 'add' ? formula.terms : [formula];
  const written = placesOf(context.reference)
    .filter(({ part }) => part.kind === 'add')
    .flatMap(({ part }) => termsOf(part));
  const defined = symbolsOf(context).flatMap((entry) => {
    const right = definitionOf(context, entry);
    return right ? termsOf(right) : [];
  });
  const own = termsOf(context.suspect);
  const leaves = symbolsOf(context);
  const all = unique([
    ...written,
    ...own.flatMap((term) => variants(term)),
    ...defined,
    ...leaves,
    number(1),
  ]);
  return all.slice(0, 120).flatMap((term) => [term, rawMultiply([minusOne, term])]);
}

/**
 * The same term for another unit: some of its indices that are the same number become another number
 * (`W_11 g'(z_1) W_21` has the sibling `W_21 g'(z_2) W_22`).
 */
export function variants(term: Formula): readonly Formula[] {
  const places = placesOf(term).filter(
    (place) => place.part.kind === 'number' && place.above.at(-1)?.kind === 'symbol',
  );
  const found: Formula[] = [];
  for (const from of [1, 2, 3])
    for (const to of [1, 2, 3]) {
      if (from === to) continue;
      const spots = places.filter((place) => same(place.part, number(from)));
      if (spots.length === 0 || spots.length > 6) continue;
      for (let mask = 1; mask < 2 ** spots.length; mask += 1) {
        let changed = term;
        for (const [position, spot] of spots.entries()) {
          if (Math.floor(mask / 2 ** position) % 2 === 0) continue;
          const path = spot.path.join();
          const here = placesOf(changed).find((place) => place.path.join() === path);
          if (here) changed = here.put(number(to));
        }
        found.push(changed);
      }
    }
  return found;
}
