/** Arithmetic in 64 digits by decimal.js, which shares no code with the evaluator it checks. */
import { Decimal } from 'decimal.js';
import type { Witness } from './agreement.js';
import type { MakeBig } from './big-functions.js';
import { BigMachine } from './big-machine.js';
import { NotExact } from './big-working.js';
import { type Question, witnessAt } from './compare.js';
import { derivativeOrder } from './derivative-order.js';
import { finerSides, isSteady, type Sides } from './finer.js';
import type { Machine } from './machine.js';

/** Digits of the arithmetic. */
const DIGITS = 64;
/** Two values without derivatives are equal if they differ by less than this part of their size. */
const EQUAL = '1e-50';
/** The same for one, two and more derivatives, which are central differences. */
const EQUAL_DERIVATIVES = ['1e-28', '1e-18', '1e-10'] as const;
/** Entries decided in one model. */
const MOST_ENTRIES = 3;

/** What 64 digits say of a small difference. */
export type ExactAnswer =
  | { readonly kind: 'equal' }
  | { readonly kind: 'differs'; readonly witness: Witness }
  /** Too large, or at a kink. */
  | { readonly kind: 'undecided'; readonly reason: string }
  /** The digits do not suffice to tell. */
  | { readonly kind: 'lost'; readonly reason: string };

export interface Exact {
  readonly make: MakeBig;
  /** Decides a relation at some entries of a machine's model. */
  decide(
    machine: Machine,
    question: Question,
    entries: readonly ReadonlyMap<string, number>[],
  ): ExactAnswer;
}

/** A number of 64 digits from a number or its digits. */
const makeBig: MakeBig = (() => {
  const Digits64 = Decimal.clone({ precision: DIGITS });
  return (value) => new Digits64(value);
})();

/** Exact arithmetic in 64 digits. */
export const exactArithmetic = (): Exact => ({
  make: makeBig,
  decide: (machine, question, entries) => decide(makeBig, machine, question, entries),
});

function decide(
  make: MakeBig,
  machine: Machine,
  question: Question,
  entries: readonly ReadonlyMap<string, number>[],
): ExactAnswer {
  const big = new BigMachine(machine.network, machine.world, make);
  const orders = [question.left, question.right].map((body) =>
    derivativeOrder(body, machine.network),
  );
  const order = Math.max(...orders);
  const within = make(order === 0 ? EQUAL : toleranceOf(order));
  try {
    for (const entry of entries.slice(0, MOST_ENTRIES)) {
      const left = big.value(question.left, entry, orders[0] as number);
      const right = big.value(question.right, entry, orders[1] as number);
      if (holdsFor(question, { left, right }, within)) continue;
      const doubted = {
        sides: [question.left, question.right],
        orders: orders as [number, number],
        entry,
      } as const;
      const finer = finerSides(doubted, machine.network, machine.world);
      const [, fine] = finer;
      if (fine.left.isFinite() && fine.right.isFinite() && holdsFor(question, fine, within))
        continue;
      const [equal] = finer.map((sides) => isEqual(sides, within));
      const agreed = finer.every((sides) => isEqual(sides, within) === equal);
      if (!agreed || !(equal || isSteady(finer))) return { kind: 'lost', reason: DIGITS_LOST };
      const difference = fine.left.minus(fine.right);
      const values = [left, right].map((value) => ({ value: value.toNumber() }));
      const [first, second] = values as [{ value: number }, { value: number }];
      const problem = equal ? 'they are equal' : `they differ by ${difference.toPrecision(3)}`;
      const witness = witnessAt(machine, question, entry, first, second, problem);
      return { kind: 'differs', witness };
    }
  } catch (problem) {
    if (problem instanceof NotExact) return { kind: 'undecided', reason: problem.message };
    throw problem;
  }
  return { kind: 'equal' };
}

/** The relative difference that central differences of this order leave. */
export const toleranceOf = (order: number): string =>
  EQUAL_DERIVATIVES[Math.min(order, EQUAL_DERIVATIVES.length) - 1] as string;

/** Why nothing is said where rounding is as large as the difference. */
export const DIGITS_LOST = 'the numbers are too large or too small to be told apart';

/** Whether two values differ by less than this part of their size. */
const isEqual = ({ left, right }: Sides, within: Decimal): boolean =>
  left
    .minus(right)
    .abs()
    .lte(within.times(left.abs().plus(right.abs()).plus(1)));

const holdsFor = ({ relation }: Question, sides: Sides, within: Decimal): boolean =>
  relationHolds(relation, isEqual(sides, within), sides.left.gt(sides.right));

function relationHolds(relation: Question['relation'], equal: boolean, above: boolean): boolean {
  switch (relation) {
    case '=':
    case '<=':
    case '>=':
      return equal || (relation !== '=' && (relation === '>=') === above);
    case '!=':
      return !equal;
    case '<':
      return !equal && !above;
    case '>':
      return !equal && above;
  }
}
