/** Slips of summation: missing, extra, with clashing letters or wrong bounds. */
import {
  add,
  bound,
  compare,
  type Formula,
  minusOne,
  one,
  sum,
  symbol,
} from '../../expression/formula.js';
import { same } from '../../expression/same.js';
import { boundNames, freeNames, freshName, substitute } from '../../expression/walk.js';
import type { Reason } from '../../rewrite/step.js';
import { told } from '../../rewrite/told.js';
import { placesOf } from '../places.js';
import { indexPlaces } from './index-places.js';
import { type Change, quantityPlaces, type SlipContext, type SlipRow } from './slip.js';

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
        message: told`the sum over ${symbol(letter)} is missing`,
      };
      for (const { part, put, above } of quantityPlaces(context.suspect)) {
        if (above.length === 0 || !freeNames(part).has(letter)) continue;
        if (!['multiply', 'symbol', 'power', 'call'].includes(part.kind)) continue;
        yield {
          formula: put(sum(letter, undefined, part)),
          message: told`the sum over ${symbol(letter)} is missing`,
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
      yield {
        formula: put(part.body),
        message: told`there should be no ${word} over ${symbol(part.index)}`,
      };
      for (const letter of context.free) {
        if (letter === part.index) continue;
        const formula = put(renamedTo(part.body, part.index, letter));
        yield {
          formula,
          message: told`there should be no ${word} over ${symbol(part.index)}: only the term with ${compare(symbol(part.index), '=', symbol(letter))} counts`,
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
  *changes({ suspect }): Iterable<Change> {
    for (const { part, put } of quantityPlaces(suspect)) {
      if ((part.kind !== 'sum' && part.kind !== 'product') || !part.bounds) continue;
      const { lower, upper } = part.bounds;
      const moved: readonly [Formula, Formula, Reason][] = [
        [add(lower, one), upper, told`begin at ${add(lower, one)}`],
        [add(lower, minusOne), upper, told`begin at ${add(lower, minusOne)}`],
        [lower, add(upper, minusOne), told`end at ${add(upper, minusOne)}`],
        [lower, add(upper, one), told`end at ${add(upper, one)}`],
      ];
      for (const [from, to, words] of moved) {
        const formula = put(
          bound(part.kind, part.index, { lower: from, upper: to }, part.body, part.where),
        );
        // One factor too few or too many: that is what a bound one off means in a product.
        const kind = part.kind === 'product' ? 'factor' : 'sum';
        yield {
          formula,
          kind,
          message: told`the ${part.kind} over ${symbol(part.index)} should ${words}`,
        };
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
          message: told`the index ${symbol(part.index)} of the ${part.kind} is also used outside of it: take another letter inside, such as ${symbol(letter)}`,
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

export const sumRows: readonly SlipRow[] = [shadowed, sumExtra, sumMissing, sumBounds];
