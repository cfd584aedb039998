/**
 * Numbers that an author rounded: `= 0.4123` for 0.41228..., and what follows from it. A line with
 * decimals holds if the digits written allow it.
 */
import { type Formula, number } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import type { Lowered, Network } from '../network/network.js';
import { IndexOutOfRange } from '../numeric/errors.js';
import { values } from '../numeric/values.js';
import { placesOf } from './places.js';

/** Decimals of numbers inside a formula from which on they are taken for rounded values. */
const LEAST_DECIMALS = 3;
/** Rounded numbers in one line; with more the line is judged as exact. */
const MOST_ROUNDED = 24;

/** What floating point itself loses, relative to the value. */
const FLOATING = 1e-13;

/** The number of decimals of a finite decimal fraction; 0 for integers and for 1/3. */
function decimalsOf(formula: Formula): number {
  if (formula.kind !== 'number') return 0;
  let scale = 1n;
  for (let decimals = 0; decimals <= 20; decimals += 1) {
    if (scale % formula.value.d === 0n) return decimals;
    scale *= 10n;
  }
  return 0;
}

/**
 * Whether two sides are equal under the sheet's numbers up to the rounding of the decimals written
 * in them. `false` where a side has no number, is a family, or has nothing rounded in it.
 */
export function equalUpToRounding(left: Lowered, right: Lowered, network: Network): boolean {
  const sides = [left, right];
  if (sides.some((side) => side.axes.length > 0 || side.free.length > 0)) return false;
  const [first, second] = sides.map((side) => numberOf(side, network));
  if (first === undefined || second === undefined) return false;
  const slack = sides.map((side) => slackOf(side, network));
  if (slack.some((one) => one === undefined)) return false;
  const allowed = slack.reduce<number>((total, one) => total + (one as number), 0);
  const floating = FLOATING * Math.max(Math.abs(first), Math.abs(second));
  return allowed > 0 && Math.abs(first - second) <= allowed + floating;
}

function numberOf(side: Lowered, network: Network): number | undefined {
  try {
    const value = values(side, network);
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  } catch (problem) {
    // A side that the given numbers do not reach has no value.
    if (problem instanceof Unsupported || problem instanceof IndexOutOfRange) return undefined;
    throw problem;
  }
}

/** How far the value of a side may be off because of its rounded decimals; `undefined` if unknown. */
function slackOf(side: Lowered, network: Network): number | undefined {
  const alone = side.body.kind === 'number';
  const rounded = placesOf(side.body).filter(
    ({ part }) => decimalsOf(part) >= (alone ? 1 : LEAST_DECIMALS),
  );
  if (rounded.length > MOST_ROUNDED) return undefined;
  const value = numberOf(side, network);
  if (value === undefined) return undefined;
  // More decimals than floating point has are still decimals.
  let slack = rounded.length > 0 ? Number.EPSILON * Math.abs(value) : 0;
  for (const { part, put } of rounded) {
    if (part.kind !== 'number') continue;
    const half = 10 ** -decimalsOf(part) / 2;
    const moved = [half, -half].map((step) =>
      numberOf({ ...side, body: put(number(part.value.valueOf() + step)) }, network),
    );
    if (moved.some((other) => other === undefined)) return undefined;
    slack += Math.max(...moved.map((other) => Math.abs((other as number) - value)));
  }
  return slack;
}
