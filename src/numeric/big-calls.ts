/** Calls in 64 digits. */
import type { Decimal } from 'decimal.js';
import type { CallFormula, DerivativeSlot } from '../expression/formula.js';
import { functionNamed } from '../expression/functions.js';
import { bigFunction, bigKinks } from './big-functions.js';
import {
  type Argument,
  avoid,
  type BigWorking,
  NotExact,
  once,
  type Place,
} from './big-working.js';
import { entryKey, IndexOutOfRange } from './errors.js';

/** A call in 64 digits; derivatives by its arguments are central differences. */
export function bigCall(working: BigWorking, formula: CallFormula, place: Place): Decimal {
  const args = formula.args.map(
    (arg): Argument =>
      arg.kind === 'array'
        ? working.entriesOf(arg.binders, arg.body, place)
        : working.of(arg, place),
  );
  return called(working, formula, args, formula.slots, place);
}

/** A call with derivatives by its arguments taken, each by moving that argument. */
function called(
  working: BigWorking,
  formula: CallFormula,
  args: readonly Argument[],
  slots: readonly DerivativeSlot[],
  place: Place,
): Decimal {
  const [slot, ...rest] = slots;
  if (!slot) return applied(working, formula, args, place);
  const at = slot.at.map((index) => working.whole(index, place)).join();
  const moved = (amount: Decimal): readonly Argument[] =>
    args.map((arg, position) => {
      if (position !== slot.argument) return arg;
      if (!(arg instanceof Map)) return (arg as Decimal).plus(amount);
      const entry = arg.get(at);
      if (!entry) throw new IndexOutOfRange(formula.name, [], `there is no argument ${at}`);
      return new Map([...arg, [at, entry.plus(amount)]]);
    });
  return called(working, formula, moved(working.step), rest, place)
    .minus(called(working, formula, moved(working.step.neg()), rest, place))
    .div(working.step.times(2));
}

function applied(
  working: BigWorking,
  formula: CallFormula,
  args: readonly Argument[],
  place: Place,
): Decimal {
  const declared = working.network.functions.get(formula.name);
  if (declared?.body) {
    const parameters = new Map(
      declared.parameters.map((name, position) => [name, args[position] as Argument]),
    );
    const { moved, movedKey } = place;
    // Entries inside do not depend on the parameters, so they may be remembered as usual.
    return working.of(declared.body, { scope: undefined, parameters, moved, movedKey });
  }
  const row = declared ? undefined : functionNamed(formula.name);
  if (!row) return wave(working, formula, args, place);
  const compute = bigFunction(row.name);
  if (!compute) throw new NotExact(`${row.name} is not known in 64 digits`);
  const [first, ...others] = args as readonly Decimal[];
  for (const kink of bigKinks(row.name)) avoid(working, first as Decimal, working.make(kink));
  let value = first as Decimal;
  if (others.length === 0)
    return once(working, row.name, value, () => compute(working.make, value, value));
  for (const other of others) {
    if (row.name === 'max' || row.name === 'min') avoid(working, value, other);
    value = compute(working.make, value, other);
  }
  return value;
}

function wave(
  working: BigWorking,
  formula: CallFormula,
  args: readonly Argument[],
  place: Place,
): Decimal {
  const own = formula.indices.map((index) => working.whole(index, place));
  const wave = working.world.wave(entryKey(formula.name, own));
  if (!wave) throw new NotExact(`${formula.name} is not defined`);
  let value = working.make(wave.offset);
  for (let sine = 0; sine < 3; sine += 1) {
    let angle = working.make(wave.phase(sine));
    const add = (at: string, entry: Decimal) => {
      angle = angle.plus(entry.times(working.make(wave.frequency(sine, at))));
    };
    for (const [position, arg] of args.entries()) {
      if (!(arg instanceof Map)) add(`${position}`, arg as Decimal);
      else for (const [at, entry] of arg) add(`${position}[${at}]`, entry);
    }
    const sin = once(working, 'sin', angle, () => angle.sin());
    value = value.plus(sin.times(working.make(wave.amplitude(sine))));
  }
  return value;
}
