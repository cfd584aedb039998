/** Our own answers checked by central differences in 64 digits of the forward formulas. */
import type { Decimal } from 'decimal.js';
import { type Condition, derivative, type Formula } from '../expression/formula.js';
import type { Network, Range } from '../network/network.js';
import { BigMachine } from './big-machine.js';
import { NotExact } from './big-working.js';
import { derivativeOrder } from './derivative-order.js';
import { IndexOutOfRange, UnknownSize } from './errors.js';
import { DIGITS_LOST, type Exact, exactArithmetic, toleranceOf } from './exact.js';
import { finerSides, isSteady, type Sides } from './finer.js';
import type { Machine } from './machine.js';
import { indexValues, models } from './models.js';
import type { World } from './world.js';

/** A derivative that we answered: `answer = d of / d by`, for all values of the letters. */
export interface DerivativeClaim {
  readonly answer: Formula;
  readonly of: Formula;
  readonly by: Formula;
  /** Ranges of the letters and axes that stand free in the three formulas. */
  readonly ranges: readonly Range[];
  readonly where?: readonly Condition[];
}

export type Confirmation =
  | { readonly verdict: 'confirmed'; readonly points: number; readonly worst: number }
  | {
      readonly verdict: 'refuted';
      readonly points: number;
      readonly worst: number;
      readonly entry: ReadonlyMap<string, number>;
      /** The digits of the two. */
      readonly answer: string;
      readonly difference: string;
    }
  | { readonly verdict: 'skipped'; readonly points: number; readonly reason: string };

/** Models tried, and entries of each. */
const MODELS = 2;
const ENTRIES = 2;

/**
 * Compares an answer with central differences. Nothing is shared with the differentiator or with
 * the evaluator on the tape, models and index ranges apart. Large networks are skipped, and said so.
 */
export function confirmDerivative(
  claim: DerivativeClaim,
  network: Network,
  exact: Exact = exactArithmetic(),
): Confirmation {
  const wanted = derivative(claim.of, claim.by);
  const orders = [claim.answer, wanted].map((formula) => derivativeOrder(formula, network));
  const within = Number(toleranceOf(Math.max(1, ...orders)));
  let points = 0;
  let worst = 0;
  let tried = 0;
  let reason = 'no model satisfies the assumptions of the sheet';
  for (const { machine } of models(network, {
    formulas: [claim.answer, wanted],
    conditions: claim.where ?? [],
  })) {
    tried += 1;
    if (tried > 2 * MODELS || points >= MODELS * ENTRIES) break;
    const big = bigMachineOf(network, machine.world, exact);
    try {
      for (const entry of chosenEntries(machine, claim)) {
        const left = big.value(claim.answer, entry, orders[0] as number);
        const right = big.value(wanted, entry, orders[1] as number);
        if (!left.isFinite() || !right.isFinite()) {
          reason = 'no point was found where both sides are defined';
          continue;
        }
        const error = relativeError({ left, right });
        if (error <= within) {
          points += 1;
          worst = Math.max(worst, error);
          continue;
        }
        const doubted = {
          sides: [claim.answer, wanted],
          orders: orders as [number, number],
          entry,
        } as const;
        const finer = finerSides(doubted, network, machine.world);
        const [, fine] = finer;
        const again = relativeError(fine);
        if (!(again <= within) && !isSteady(finer)) {
          reason = DIGITS_LOST;
          continue;
        }
        points += 1;
        worst = Math.max(worst, again);
        if (again > within) {
          const [answer, difference] = [shown(fine.left), shown(fine.right)];
          return { verdict: 'refuted', points, worst, entry, answer, difference };
        }
      }
    } catch (problem) {
      if (!(problem instanceof NotExact || problem instanceof IndexOutOfRange)) throw problem;
      reason = problem.message;
      if (problem instanceof NotExact && problem.reach === 'every point') break;
    }
  }
  return points === 0
    ? { verdict: 'skipped', points, reason }
    : { verdict: 'confirmed', points, worst };
}

/** The difference as a part of the size; not a number where one side has none. */
const relativeError = ({ left, right }: Sides): number =>
  left.minus(right).abs().div(left.abs().plus(right.abs()).plus('1e-6')).toNumber();

/** A value with the digits of a double, whatever its size. */
function shown(value: Decimal): string {
  const number = value.toNumber();
  return Number.isFinite(number) && (number !== 0 || value.isZero())
    ? `${number}`
    : value.toPrecision(17);
}

const bigMachines = new WeakMap<World, BigMachine>();

/** The machine of a world, with what earlier claims worked out in it. */
function bigMachineOf(network: Network, world: World, exact: Exact): BigMachine {
  const known = bigMachines.get(world);
  const machine =
    known?.network === network && known.make === exact.make && known.hasRoom()
      ? known
      : new BigMachine(network, world, exact.make);
  bigMachines.set(world, machine);
  machine.begin();
  return machine;
}

/** Entries among which those of a confirmation are chosen; of more the first ones. */
const MOST_LISTED = 10_000;

function listed<T>(all: Iterable<T>): readonly T[] {
  const found: T[] = [];
  for (const one of all) if (found.push(one) >= MOST_LISTED) break;
  return found;
}

/** A few entries of a model, spread over all that there are. */
function chosenEntries(
  machine: Machine,
  claim: DerivativeClaim,
): readonly ReadonlyMap<string, number>[] {
  try {
    const all = listed(indexValues(machine, claim.ranges)).filter((entry) =>
      (claim.where ?? []).every((condition) => machine.test(condition, entry)),
    );
    const step = Math.max(1, Math.floor((all.length - 1) / Math.max(1, ENTRIES - 1)));
    return all.filter((_, place) => place % step === 0).slice(0, ENTRIES);
  } catch (problem) {
    if (problem instanceof UnknownSize) throw new NotExact(problem.message);
    throw problem;
  }
}
