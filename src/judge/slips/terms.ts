/** Slips of terms: one too many, one too few. */
import {
  derivative,
  type Formula,
  isNumber,
  minusOne,
  number,
  one,
  rawAdd,
  rawMultiply,
  symbol,
  whole,
} from '../../expression/formula.js';
import { same } from '../../expression/same.js';
import { told } from '../../rewrite/told.js';
import { definitionOf } from '../../simplify/unfold.js';
import { placesOf } from '../places.js';
import { type Change, quantityPlaces, type SlipContext, type SlipRow } from './slip.js';
import { definitionsIn, quantitiesOf, termsOf, unique } from './surroundings.js';

const termExtra: SlipRow = {
  name: 'term-extra',
  kind: 'term',
  example: ['y_i + z_i', 'y_i'],
  *changes({ suspect }): Iterable<Change> {
    for (const { part, put } of quantityPlaces(suspect)) {
      if (part.kind !== 'add') continue;
      for (const [position, term] of part.terms.entries()) {
        const formula = put(rawAdd(part.terms.toSpliced(position, 1)));
        yield { formula, message: told`the term ${term} does not belong there` };
      }
    }
  },
};

/** Depth of places where a lost term is looked for. */
const DEEPEST_TERM = 3;

/** Places where a term is lost: sums of terms, and what could be one. */
function* placesOfTerms(formula: Formula) {
  for (const place of quantityPlaces(formula)) {
    const parent = place.above.at(-1)?.kind;
    const single = place.part.kind !== 'add' && parent === 'multiply';
    const hopeless =
      single || parent === 'add' || parent === 'derivative' || isNumber(place.part, 0);
    if (place.above.length <= DEEPEST_TERM && !hopeless) yield place;
  }
}

const termMissing: SlipRow = {
  name: 'term-missing',
  kind: 'term',
  example: ["W_11 g'(z_1) W_21", "W_11 g'(z_1) W_21 + W_21 g'(z_2) W_22"],
  *changes(context): Iterable<Change> {
    const candidates = candidateTerms(context);
    for (const { part, put } of placesOfTerms(context.suspect)) {
      for (const term of candidates)
        yield {
          formula: put(rawAdd([part, term])),
          message: told`a term ${term} is missing`,
        };
    }
  },
};

const termMissingAndSign: SlipRow = {
  name: 'term-missing-and-sign',
  kind: 'term',
  example: ['eta dL/dw', 'w - eta dL/dw'],
  *changes(context): Iterable<Change> {
    const turned = rawMultiply([minusOne, context.suspect]);
    for (const term of candidateTerms(context))
      yield {
        formula: rawAdd([term, turned]),
        message: told`the term ${term} is missing, and the sign of the rest is wrong`,
      };
  },
};

/** Terms tried in one line; each with both signs. */
const MOST_TERMS = 120;

/** Terms that a line may lack, the likeliest first. */
function candidateTerms(context: SlipContext): readonly Formula[] {
  const { reference, suspect, closed } = context;
  const all = unique([
    ...addends(reference),
    ...(closed ? [...termsOf(closed), ...addends(closed)] : []),
    ...derivativesOfTerms(context),
    ...termsOf(suspect).flatMap(siblings),
    ...definitionsIn(context).flatMap(termsOf),
    ...quantitiesOf(context),
    ...leavesAround(context),
    one,
  ]);
  return all.slice(0, MOST_TERMS).flatMap((term) => [term, rawMultiply([minusOne, term])]);
}

/** The terms of all sums of terms inside a formula. */
const addends = (formula: Formula): readonly Formula[] =>
  placesOf(formula).flatMap(({ part }) => (part.kind === 'add' ? part.terms : []));

/** For `dJ/dw` with `J = E + R`: `dE/dw` and `dR/dw`. */
function derivativesOfTerms({ reference, network }: SlipContext): readonly Formula[] {
  if (reference.kind !== 'derivative' || reference.of.kind !== 'symbol') return [];
  const right = definitionOf(reference.of, network.definitions);
  return right?.kind === 'add' ? right.terms.map((term) => derivative(term, reference.by)) : [];
}

/** Whole families that no definition makes: biases, regularisers, inputs. */
const leavesAround = ({ network }: SlipContext): readonly Formula[] =>
  [...network.families.values()]
    .filter((family) => family.role === 'quantity' && family.kind === 'leaf')
    .filter((family) => family.slots.every((slot) => slot.place === 'lower'))
    .map((family) =>
      symbol(
        family.name,
        family.slots.map(() => whole),
      ),
    );

/** Indices that one term may have for another unit, and spots of one number that are changed. */
const UNITS = [1, 2, 3];
const MOST_SPOTS = 6;

/**
 * The same term for another unit: some of its indices that are the same number become another number
 * (`W_11 g'(z_1) W_21` has the sibling `W_21 g'(z_2) W_22`).
 */
function siblings(term: Formula): readonly Formula[] {
  const places = placesOf(term).filter(
    (place) => place.part.kind === 'number' && place.above.at(-1)?.kind === 'symbol',
  );
  const found: Formula[] = [];
  for (const from of UNITS) {
    const spots = places.filter((place) => same(place.part, number(from)));
    if (spots.length === 0 || spots.length > MOST_SPOTS) continue;
    for (const to of UNITS)
      for (let mask = 1; from !== to && mask < 2 ** spots.length; mask += 1)
        found.push(
          spots.reduce(
            (formula, spot, position) =>
              Math.floor(mask / 2 ** position) % 2 === 0
                ? formula
                : putAt(formula, spot.path, number(to)),
            term,
          ),
        );
  }
  return found;
}

function putAt(formula: Formula, path: readonly number[], replacement: Formula): Formula {
  const key = path.join();
  return (
    placesOf(formula)
      .find((place) => place.path.join() === key)
      ?.put(replacement) ?? formula
  );
}

export const extraTermRows: readonly SlipRow[] = [termExtra];
export const missingTermRows: readonly SlipRow[] = [termMissing, termMissingAndSign];
