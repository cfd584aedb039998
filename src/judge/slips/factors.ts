/** Slips of factors: one too many, one too few. */
import {
  call,
  type Formula,
  isNumber,
  minusOne,
  number,
  one,
  product,
  rawMultiply,
  rawPower,
  reciprocal,
  symbol,
} from '../../expression/formula.js';
import { told } from '../../rewrite/told.js';
import { placesOf } from '../places.js';
import {
  type Change,
  quantityPlaces,
  type SlipContext,
  type SlipKind,
  type SlipRow,
} from './slip.js';
import {
  definitionsIn,
  factorsIn,
  isActivation,
  neighboursOf,
  quantitiesOf,
  slopesAround,
  unique,
} from './surroundings.js';

function isSlope(factor: Formula): boolean {
  if (factor.kind === 'product') return isSlope(factor.body);
  return factor.kind === 'call' && factor.slots.length > 0 && isActivation(factor.name);
}

const factorKind = (factor: Formula): SlipKind => (isSlope(factor) ? 'derivative' : 'factor');

const factorExtra: SlipRow = {
  name: 'factor-extra',
  kind: 'factor',
  example: ['2 (y_j - t_j)', 'y_j - t_j'],
  *changes({ suspect }): Iterable<Change> {
    for (const { part, put, above } of quantityPlaces(suspect)) {
      if (part.kind === 'multiply')
        for (const [position, factor] of part.factors.entries()) {
          const formula = put(rawMultiply(part.factors.toSpliced(position, 1)));
          yield { formula, message: told`the factor ${factor} does not belong there` };
        }
      // A lone quotient or power that should not be there: `1/n` in front of nothing else.
      if (part.kind === 'power' && above.length === 0)
        yield { formula: one, message: told`${part} does not belong there` };
    }
  },
};

/** Places where a factor is lost: the side, its terms, bodies of sums, arguments, bases. */
function* scopesOf(formula: Formula) {
  for (const place of quantityPlaces(formula)) {
    const parent = place.above.at(-1)?.kind;
    if (parent === 'derivative' || parent === 'multiply' || place.part.kind === 'number') continue;
    yield place;
  }
}

const factorMissing: SlipRow = {
  name: 'factor-missing',
  kind: 'factor',
  example: ['(c - t)', "(c - t) g'(h)"],
  *changes(context): Iterable<Change> {
    const candidates = candidateFactors(context);
    for (const { part, put, above } of scopesOf(context.suspect)) {
      const where = above.length === 0 ? 'on the right' : told`at ${part}`;
      for (const factor of candidates) {
        yield {
          formula: put(rawMultiply([part, factor])),
          kind: factorKind(factor),
          message: told`a factor ${factor} is missing ${where}`,
        };
        if (above.length > 1 || factor.kind === 'number' || factor.kind === 'power') continue;
        yield {
          formula: put(rawMultiply([part, rawPower(factor, minusOne)])),
          message: told`a division by ${factor} is missing ${where}`,
        };
      }
    }
  },
};

/** Products of all slopes along a chain of layers: `(1 - f_1^2) ... (1 - f_L^2)`. */
const slopeProducts = ({ network }: SlipContext): readonly Formula[] =>
  network.definitions.flatMap(({ ranges, head, right }) => {
    const [range] = ranges;
    if (!range || ranges.length > 1 || head.length !== 1) return [];
    if (right.kind !== 'call' || right.args.length !== 1 || right.args[0]?.kind === 'array')
      return [];
    const slots = [{ argument: 0, at: [] }];
    const slope = call(right.name, right.args, { indices: right.indices, slots });
    return [product(range.index, { lower: range.lower, upper: range.upper }, slope)];
  });

/** Factors tried in one line. */
const MOST_FACTORS = 90;

/** Factors that a line may lack, the likeliest first. */
function candidateFactors(context: SlipContext): readonly Formula[] {
  const sizes = [...context.network.families.values()]
    .filter((family) => family.role === 'size' && family.slots.length === 0)
    .map((family) => symbol(family.name));
  const ends = placesOf(context.suspect).flatMap(({ part }) =>
    part.kind === 'sum' && part.bounds ? [part.bounds.upper] : [],
  );
  const around = [
    ...slopesAround(context),
    ...slopeProducts(context),
    ...factorsIn(context.reference),
    ...(context.closed ? factorsIn(context.closed) : []),
    ...quantitiesOf(context).filter((part) => part.kind === 'symbol'),
    ...factorsIn(context.suspect),
    ...definitionsIn(context).flatMap(factorsIn),
    ...neighboursOf(context),
  ].filter((factor) => factor.kind !== 'number');
  return unique([
    number(2),
    number('1/2'),
    ...around,
    ...sizes,
    ...ends,
    ...[...sizes, ...ends].map(reciprocal),
  ])
    .filter((factor) => !isNumber(factor, 1))
    .slice(0, MOST_FACTORS);
}

export const extraFactorRows: readonly SlipRow[] = [factorExtra];
export const missingFactorRows: readonly SlipRow[] = [factorMissing];
