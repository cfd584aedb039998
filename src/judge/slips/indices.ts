/** Slips of index, layer, summation and order. */
import {
  add,
  bound,
  type Formula,
  minusOne,
  number,
  one,
  operation,
  rawMultiply,
  sum,
  symbol,
} from '../../expression/formula.js';
import { same, structureKey } from '../../expression/same.js';
import { boundNames, freeNames, freshName, substitute } from '../../expression/walk.js';
import { placesOf } from '../places.js';
import {
  type Change,
  type IndexPlace,
  indexPlaces,
  isUpperSlot,
  quantityPlaces,
  type SlipContext,
  type SlipKind,
  type SlipRow,
} from './slip.js';

const unique = (formulas: readonly Formula[]): readonly Formula[] => [
  ...new Map(formulas.map((formula) => [structureKey(formula), formula])).values(),
];

/** All indices written in the line, apart by whether they stand above or below. */
function indicesOf(context: SlipContext, upper: boolean): readonly Formula[] {
  const places = [...indexPlaces(context.reference), ...indexPlaces(context.suspect)];
  return unique(
    places
      .filter((place) => isUpperSlot(context.network, place.owner.name, place.slot) === upper)
      .map((place) => place.part),
  );
}

const withIndex = (place: IndexPlace, index: Formula): Formula =>
  symbol(place.owner.name, place.owner.indices.with(place.slot, index));

const kindOfSlot = (context: SlipContext, place: IndexPlace): SlipKind =>
  isUpperSlot(context.network, place.owner.name, place.slot) ? 'layer' : 'index';

const swapped: SlipRow = {
  name: 'indices-swapped',
  kind: 'index',
  example: ['sum_k w_jk delta_k', 'sum_k w_kj delta_k'],
  *changes(context) {
    for (const { part, put } of placesOf(context.suspect)) {
      if (part.kind !== 'symbol') continue;
      for (let first = 0; first < part.indices.length; first += 1)
        for (let second = first + 1; second < part.indices.length; second += 1) {
          const left = part.indices[first] as Formula;
          const right = part.indices[second] as Formula;
          if (same(left, right) || left.kind === 'whole' || right.kind === 'whole') continue;
          if (isUpperSlot(context.network, part.name, first)) continue;
          const formula = symbol(part.name, part.indices.with(first, right).with(second, left));
          yield {
            formula: put(formula),
            message: `the indices of ${context.print(part)} are swapped: it should be ${context.print(formula)}`,
          };
        }
    }
  },
};

/** Every occurrence of an index in one kind of slot, changed together. */
function everywhere(
  context: SlipContext,
  from: Formula,
  to: Formula,
  upper: boolean,
): Formula | undefined {
  let formula = context.suspect;
  // Each pass changes one occurrence: places of a changed formula are new. Bounded by its size.
  for (let pass = 0; pass < 40; pass += 1) {
    const next = indexPlaces(formula).find(
      (place) =>
        same(place.part, from) &&
        isUpperSlot(context.network, place.owner.name, place.slot) === upper,
    );
    if (!next) return pass > 1 ? formula : undefined;
    formula = next.put(to);
  }
  return undefined;
}

const shifted: SlipRow = {
  name: 'layer-shifted',
  kind: 'layer',
  example: ["delta^l_k f'(z^l_j)", "delta^(l+1)_k f'(z^l_j)"],
  *changes(context) {
    const steps = [one, minusOne];
    for (const place of indexPlaces(context.suspect))
      for (const step of steps) {
        const index = add(place.part, step);
        const formula = place.put(index);
        const kind = kindOfSlot(context, place);
        const now = context.print(place.owner);
        const meant = context.print(withIndex(place, index));
        const what = kind === 'layer' ? 'upper index' : 'index';
        yield { formula, kind, message: `an ${what} is one off: ${now} should be ${meant}` };
      }
    for (const upper of [true, false])
      for (const index of indicesOf(context, upper))
        for (const step of steps) {
          const formula = everywhere(context, index, add(index, step), upper);
          if (!formula) continue;
          const meant = context.print(add(index, step));
          const what = upper ? 'upper index (the layer)' : 'index';
          const kind = upper ? 'layer' : 'index';
          yield {
            formula,
            kind,
            message: `the ${what} ${context.print(index)} should be ${meant} throughout`,
          };
        }
  },
};

const replaced: SlipRow = {
  name: 'index-replaced',
  kind: 'index',
  example: ['a_k delta_j', 'a_k delta_i'],
  *changes(context) {
    for (const place of indexPlaces(context.suspect)) {
      const upper = isUpperSlot(context.network, place.owner.name, place.slot);
      for (const index of indicesOf(context, upper)) {
        if (same(index, place.part)) continue;
        const meant = context.print(withIndex(place, index));
        yield {
          formula: place.put(index),
          kind: kindOfSlot(context, place),
          message: `a wrong index: ${context.print(place.owner)} should be ${meant}`,
        };
      }
    }
    for (const upper of [false, true]) {
      const indices = indicesOf(context, upper);
      for (const from of indices)
        for (const to of indices) {
          if (same(from, to)) continue;
          const formula = everywhere(context, from, to, upper);
          if (!formula) continue;
          yield {
            formula,
            kind: upper ? 'layer' : 'index',
            message: `the index ${context.print(from)} should be ${context.print(to)} throughout`,
          };
        }
    }
  },
};

const sumMissing: SlipRow = {
  name: 'sum-missing',
  kind: 'sum',
  example: ["delta_k w_jk g'(z_j)", "sum_k delta_k w_jk g'(z_j)"],
  *changes(context) {
    const letters = new Set(
      indexPlaces(context.suspect)
        .flatMap((place) => [...freeNames(place.part)])
        .filter((name) => context.network.families.get(name)?.role !== 'size'),
    );
    const open = freeNames(context.suspect);
    for (const letter of letters) {
      if (!open.has(letter)) continue;
      yield {
        formula: sum(letter, undefined, context.suspect),
        message: `the sum over ${letter} is missing`,
      };
      for (const { part, put, above } of quantityPlaces(context.suspect)) {
        if (above.length === 0 || !freeNames(part).has(letter)) continue;
        if (!['multiply', 'symbol', 'power', 'call'].includes(part.kind)) continue;
        yield {
          formula: put(sum(letter, undefined, part)),
          message: `the sum over ${letter} is missing`,
        };
      }
    }
  },
};

const sumExtra: SlipRow = {
  name: 'sum-extra',
  kind: 'sum',
  example: ["sum_k dC/da_k f'(z_j)", "dC/da_j f'(z_j)"],
  *changes(context) {
    for (const { part, put } of quantityPlaces(context.suspect)) {
      if (part.kind !== 'sum' && part.kind !== 'product') continue;
      const word = part.kind;
      yield { formula: put(part.body), message: `there should be no ${word} over ${part.index}` };
      for (const letter of context.free) {
        if (letter === part.index) continue;
        const formula = put(renamedTo(part.body, part.index, letter));
        yield {
          formula,
          message: `there should be no ${word} over ${part.index}: only the term with ${part.index} = ${letter} counts`,
        };
      }
    }
  },
};

const renamedTo = (formula: Formula, from: string, to: string): Formula =>
  substitute(formula, new Map([[from, symbol(to)]]));

const sumBounds: SlipRow = {
  name: 'sum-bounds',
  kind: 'sum',
  example: ['prod_{l=1}^L w_l', 'prod_{l=2}^L w_l'],
  *changes({ suspect, print }): Iterable<Change> {
    for (const { part, put } of quantityPlaces(suspect)) {
      if ((part.kind !== 'sum' && part.kind !== 'product') || !part.bounds) continue;
      const { lower, upper } = part.bounds;
      const moved: readonly [Formula, Formula, string][] = [
        [add(lower, one), upper, `begin at ${print(add(lower, one))}`],
        [add(lower, minusOne), upper, `begin at ${print(add(lower, minusOne))}`],
        [lower, add(upper, minusOne), `end at ${print(add(upper, minusOne))}`],
        [lower, add(upper, one), `end at ${print(add(upper, one))}`],
      ];
      for (const [from, to, words] of moved) {
        const formula = put(
          bound(part.kind, part.index, { lower: from, upper: to }, part.body, part.where),
        );
        // One factor too few or too many: that is what a bound one off means in a product.
        const kind = part.kind === 'product' ? 'factor' : 'sum';
        yield { formula, kind, message: `the ${part.kind} over ${part.index} should ${words}` };
      }
    }
  },
};

/** Occurrences of a clashing index that are tried one by one; more are not told apart. */
const MOST_OCCURRENCES = 8;

const shadowed: SlipRow = {
  name: 'bound-index-clash',
  kind: 'sum',
  example: ['sum_k d_k sum_j h_kj b_j z_j', 'sum_k d_k sum_m h_km b_m z_j'],
  *changes(context) {
    for (const { part, put, above } of quantityPlaces(context.suspect)) {
      if (part.kind !== 'sum' && part.kind !== 'product') continue;
      const outside = new Set([
        ...context.free,
        ...above.flatMap((formula) => boundNames(formula)),
      ]);
      if (!outside.has(part.index)) continue;
      const letter = spareLetter(context, outside);
      // Some of the occurrences mean the outer index; which ones, is tried.
      const paths = indexPlaces(part.body)
        .filter((place) => same(place.part, symbol(part.index)))
        .map((place) => place.path.join());
      if (paths.length > MOST_OCCURRENCES) continue;
      for (let mask = 1; mask < 2 ** paths.length - 1; mask += 1) {
        const inner = paths.filter((_, position) => Math.floor(mask / 2 ** position) % 2 === 1);
        const body = inner.reduce(
          (formula, path) => putAt(formula, path, symbol(letter)),
          part.body,
        );
        yield {
          formula: put(bound(part.kind, letter, part.bounds, body, part.where)),
          message: `the index ${part.index} of the ${part.kind} is also used outside of it: take another letter inside, such as ${letter}`,
        };
      }
    }
  },
};

const putAt = (formula: Formula, path: string, replacement: Formula): Formula =>
  placesOf(formula)
    .find((place) => place.path.join() === path)
    ?.put(replacement) ?? formula;

function spareLetter(context: SlipContext, outside: ReadonlySet<string>): string {
  const taken = new Set([
    ...freeNames(context.suspect),
    ...outside,
    ...context.network.families.keys(),
  ]);
  return [...'mnpqrsuv'].find((name) => !taken.has(name)) ?? freshName('m', taken);
}

const transposed: SlipRow = {
  name: 'transpose',
  kind: 'transpose',
  example: ['W d', 'W^T d'],
  *changes({ suspect, print }): Iterable<Change> {
    for (const { part, put, above } of quantityPlaces(suspect)) {
      if (part.kind === 'operation' && part.name === 'transpose') {
        const plain = part.args[0] as Formula;
        yield { formula: put(plain), message: `${print(part)} should not be transposed` };
        continue;
      }
      if (!['symbol', 'derivative', 'add', 'operation', 'multiply'].includes(part.kind)) continue;
      if (above.at(-1)?.kind === 'operation' && above.at(-1) !== undefined) {
        const parent = above.at(-1);
        if (parent?.kind === 'operation' && parent.name === 'transpose') continue;
      }
      if (above.some((formula) => formula.kind === 'derivative')) continue;
      yield {
        formula: put(operation('transpose', part)),
        message: `${print(part)} should be transposed`,
      };
    }
  },
};

const exchanged: SlipRow = {
  name: 'order',
  kind: 'order',
  example: ['a d^T', 'd a^T'],
  *changes({ suspect, print }): Iterable<Change> {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'multiply') continue;
      const { factors } = part;
      for (let position = 0; position + 1 < factors.length; position += 1) {
        const first = factors[position] as Formula;
        const second = factors[position + 1] as Formula;
        const turned = rawMultiply(factors.with(position, second).with(position + 1, first));
        yield {
          formula: put(turned),
          message: `the order is wrong: ${print(second)} comes before ${print(first)}`,
        };
        const plain = (formula: Formula) =>
          formula.kind === 'operation' && formula.name === 'transpose'
            ? (formula.args[0] as Formula)
            : operation('transpose', formula);
        const both = rawMultiply(
          factors.with(position, plain(second)).with(position + 1, plain(first)),
        );
        yield {
          formula: put(both),
          kind: 'transpose',
          message: `the product is transposed: it should be ${print(both)}`,
        };
        const wise = [
          ...factors.slice(0, position),
          operation('elementwise', first, second),
          ...factors.slice(position + 2),
        ];
        yield {
          formula: put(rawMultiply(wise)),
          message: `the product of ${print(first)} and ${print(second)} should be elementwise`,
        };
      }
    }
  },
};

const elementwiseWrong: SlipRow = {
  name: 'elementwise',
  kind: 'order',
  example: ['W^T .* d', 'W^T d'],
  *changes({ suspect, print }): Iterable<Change> {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'operation' || part.name !== 'elementwise') continue;
      const formula = rawMultiply(part.args);
      yield {
        formula: put(formula),
        message: `the elementwise product ${print(part)} should be the matrix product ${print(formula)}`,
      };
    }
  },
};

const numberIndex: SlipRow = {
  name: 'number-of-index',
  kind: 'index',
  example: ['W_12 a_1', 'W_21 a_1'],
  *changes(context) {
    for (const place of indexPlaces(context.suspect)) {
      if (place.part.kind !== 'number') continue;
      for (const value of [1, 2, 3, 4]) {
        const index = number(value);
        if (same(index, place.part)) continue;
        yield {
          formula: place.put(index),
          kind: kindOfSlot(context, place),
          message: `a wrong index: ${context.print(place.owner)} should be ${context.print(withIndex(place, index))}`,
        };
      }
    }
  },
};

export const indexRows: readonly SlipRow[] = [swapped, shifted, replaced, numberIndex];
export const shapeRows: readonly SlipRow[] = [transposed, exchanged, elementwiseWrong];
export const sumRows: readonly SlipRow[] = [shadowed, sumExtra, sumMissing, sumBounds];
