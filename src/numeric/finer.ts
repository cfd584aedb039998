/**
 * Whether a difference found in 64 digits is one: the two sides again in two finer arithmetics.
 * What a step leaves out and what rounding takes away (`x^1000000000`, `10^60 (1 + 10^(-60) x)`)
 * changes with the digits; a difference that is one stays.
 */
import { Decimal } from 'decimal.js';
import type { Formula } from '../expression/formula.js';
import type { Network } from '../network/network.js';
import type { MakeBig } from './big-functions.js';
import { BigMachine } from './big-machine.js';
import type { World } from './world.js';

/** The two sides of a relation in one arithmetic. */
export interface Sides {
  readonly left: Decimal;
  readonly right: Decimal;
}

/** The two sides, and whether every number added was large enough to be seen. */
interface FinerSides extends Sides {
  readonly complete: boolean;
}

/** The two sides at an entry, coarser first, with how many derivatives each goes through. */
export interface Doubted {
  readonly sides: readonly [Formula, Formula];
  readonly orders: readonly [number, number];
  readonly entry: ReadonlyMap<string, number>;
}

/** Digits of the finer arithmetics. */
const DIGITS = [112, 168] as const;
/** A difference that changes by more than this part of itself was not one of the two sides. */
const STEADY = '1e-3';

/** The part of the digits that an addition may lose; steps need the others. */
const LOSABLE = 3;

/** Both sides in each of the finer arithmetics; throws `NotExact` where they are too large for it. */
export function finerSides(
  doubted: Doubted,
  network: Network,
  world: World,
): readonly [FinerSides, FinerSides] {
  const [coarse, fine] = DIGITS.map((digits) => {
    const { make, steps } = arithmeticOf(digits);
    const big = new BigMachine(network, world, make, steps);
    const [left, right] = doubted.sides.map((side, at) =>
      big.value(side, doubted.entry, doubted.orders[at] as number),
    ) as [Decimal, Decimal];
    return { left, right, complete: big.spread < digits / LOSABLE };
  });
  return [coarse as FinerSides, fine as FinerSides];
}

/** Whether the difference of the two sides is the same in both arithmetics. */
export function isSteady([coarse, fine]: readonly [FinerSides, FinerSides]): boolean {
  if (!fine.complete) return false;
  const [before, after] = [coarse, fine].map(({ left, right }) => left.minus(right)) as [
    Decimal,
    Decimal,
  ];
  if (!before.isFinite() || !after.isFinite()) return false;
  return before.minus(after).abs().lte(after.abs().times(STEADY));
}

/**
 * Steps for one, two and three derivatives inside one another. A step `10^-s` leaves out `10^-2s`
 * and takes `digits - k s` of the digits: `digits / (k + 2)` balances the two.
 */
function arithmeticOf(digits: number): {
  readonly make: MakeBig;
  readonly steps: readonly string[];
} {
  const Digits = Decimal.clone({ precision: digits });
  const steps = [1, 2, 3].map((order) => `1e-${Math.floor(digits / (order + 2))}`);
  return { make: (value) => new Digits(value), steps };
}
