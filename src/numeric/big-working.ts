/** What the parts of the arithmetic in 64 digits share. */
import type { Decimal } from 'decimal.js';
import type { Binder, Formula } from '../expression/formula.js';
import type { Network } from '../network/network.js';
import type { MakeBig } from './big-functions.js';
import type { Scope } from './scope.js';
import type { World } from './world.js';

/** Why an exact value was not worked out. */
export class NotExact extends Error {
  override readonly name = 'NotExact';

  constructor(
    message: string,
    /** Whether another point of the same network would fail too. */
    readonly reach: 'this point' | 'every point' = 'every point',
  ) {
    super(message);
  }
}

export type Argument = Decimal | ReadonlyMap<string, Decimal>;

/** What surrounds a formula: index letters, parameters of functions, and entries that are moved. */
export interface Place {
  readonly scope: Scope;
  readonly parameters: ReadonlyMap<string, Argument>;
  /** Amounts added to entries while a difference is taken; the key is for remembering. */
  readonly moved: ReadonlyMap<string, Decimal>;
  readonly movedKey: string;
}

export interface BigWorking {
  readonly network: Network;
  readonly world: World;
  readonly make: MakeBig;
  /** The step of the central differences. */
  readonly step: Decimal;
  of(formula: Formula, place: Place): Decimal;
  whole(formula: Formula, place: Place): number;
  entriesOf(binders: readonly Binder[], body: Formula, place: Place): ReadonlyMap<string, Decimal>;
}

/** Values of functions remembered for one machine, by name and argument. */
const functionValues = new WeakMap<BigWorking, Map<string, Decimal>>();

/** A function of a number, worked out once: most of what a difference moves stays where it was. */
export function once(
  working: BigWorking,
  name: string,
  argument: Decimal,
  compute: () => Decimal,
): Decimal {
  const values = functionValues.get(working) ?? new Map<string, Decimal>();
  functionValues.set(working, values);
  const key = `${name} ${argument}`;
  const known = values.get(key);
  if (known) return known;
  const value = compute();
  values.set(key, value);
  return value;
}

/** Near a kink a difference says nothing about the convention. */
export function avoid(working: BigWorking, left: Decimal, right: Decimal): void {
  if (left.minus(right).abs().lt(working.step.times(1000)))
    throw new NotExact('the point is at a kink', 'this point');
}
