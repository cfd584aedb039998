/**
 * The independent evaluator: forward formulas in 64 digits, derivatives by central differences.
 * It shares the reading of indices with the tape, and nothing that computes or differentiates.
 */
import type { BigNumber } from 'mathjs';
import type {
  Binder,
  CallFormula,
  Condition,
  DerivativeSlot,
  FamilyFormula,
  Formula,
  SymbolFormula,
} from '../expression/formula.js';
import { functionNamed } from '../expression/functions.js';
import { children } from '../expression/walk.js';
import type { Network } from '../network/network.js';
import { bigFunction, bigKinks, type MakeBig } from './bigFunctions.js';
import { bigDeterminant, bigInverse } from './bigMatrix.js';
import { entryKey, IndexOutOfRange } from './errors.js';
import { definitionsOf, matchHead } from './heads.js';
import { integer } from './integers.js';
import { bindIndex, bindingOf, type Scope, scopeOf } from './scope.js';
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

type Argument = BigNumber | ReadonlyMap<string, BigNumber>;

/** What surrounds a formula: index letters, parameters of functions, and entries that are moved. */
interface Place {
  readonly scope: Scope;
  readonly parameters: ReadonlyMap<string, Argument>;
  /** Amounts added to entries while a difference is taken; the key is for remembering. */
  readonly moved: ReadonlyMap<string, BigNumber>;
  readonly movedKey: string;
}

/** Nodes visited at most for one question; beyond it the network is too large for 64 digits. */
const MOST_VISITS = 60_000;
/** Entries worked out inside one another at most. */
const DEEPEST = 60;
/** The step of a central difference for formulas with one, two and more derivatives inside. */
const STEPS = ['1e-20', '1e-13', '1e-9'] as const;

export class BigMachine {
  private visits = 0;
  private depth = 0;
  private step: BigNumber;
  private readonly remembered = new Map<string, BigNumber>();

  constructor(
    private readonly network: Network,
    private readonly world: World,
    private readonly make: MakeBig,
  ) {
    this.step = make(STEPS[0]);
  }

  /** The value of a formula at index letters; throws `NotExact` if that takes too long. */
  value(formula: Formula, letters: ReadonlyMap<string, number>, order: number): BigNumber {
    this.step = this.make(STEPS[Math.min(Math.max(order, 1), STEPS.length) - 1] as string);
    this.remembered.clear();
    this.visits = 0;
    const nothing = { parameters: new Map(), moved: new Map(), movedKey: '' };
    return this.of(formula, { scope: scopeOf(letters), ...nothing });
  }

  private of(formula: Formula, place: Place): BigNumber {
    this.visits += 1;
    if (this.visits > MOST_VISITS) throw new NotExact('too large for arithmetic in 64 digits');
    switch (formula.kind) {
      case 'number': {
        const { s, n, d } = formula.value;
        return this.make(String(s * n)).div(this.make(String(d)));
      }
      case 'constant':
        return formula.name === 'pi' ? this.make(-1).acos() : this.make('Infinity');
      case 'symbol':
        return this.symbol(formula, place);
      case 'add':
        return formula.terms.reduce(
          (total, term) => total.plus(this.of(term, place)),
          this.make(0),
        );
      case 'multiply': {
        let total = this.make(1);
        for (const factor of formula.factors) {
          total = total.times(this.of(factor, place));
          // As on paper: a factor zero decides, whatever the others are.
          if (total.isZero()) return total;
        }
        return total;
      }
      case 'power':
        return this.power(this.of(formula.base, place), this.of(formula.exponent, place));
      case 'call':
        return this.call(formula, place);
      case 'sum':
      case 'product': {
        if (!formula.bounds) throw new NotExact('a sum without a range');
        let total = this.make(formula.kind === 'sum' ? 0 : 1);
        for (const inside of this.each([{ index: formula.index, ...formula.bounds }], place)) {
          if (!formula.where.every((condition) => this.holds(condition, inside))) continue;
          const part = this.of(formula.body, inside);
          total = formula.kind === 'sum' ? total.plus(part) : total.times(part);
        }
        return total;
      }
      case 'delta':
        return this.make(
          this.whole(formula.left, place) === this.whole(formula.right, place) ? 1 : 0,
        );
      case 'indicator':
        return this.make(this.holds(formula.when, place) ? 1 : 0);
      case 'cases': {
        const branch = formula.branches.find(({ when }) => this.holds(when, place));
        const chosen = branch?.value ?? formula.otherwise;
        return chosen ? this.of(chosen, place) : this.make('NaN');
      }
      case 'derivative':
        return this.derivative(formula.of, formula.by, place);
      case 'family':
        return this.family(formula, place);
      default:
        throw new NotExact(`a ${formula.kind} has no number of its own`);
    }
  }

  private power(base: BigNumber, exponent: BigNumber): BigNumber {
    // A real root of a negative number is left out, as everywhere.
    if (base.lt(0) && !exponent.isInteger()) return this.make('NaN');
    return base.pow(exponent);
  }

  private whole(formula: Formula, place: Place): number {
    return integer(formula, place.scope, this.world);
  }

  private *each(binders: readonly Binder[], place: Place): Generator<Place> {
    const [binder, ...rest] = binders;
    if (!binder) {
      yield place;
      return;
    }
    const upper = this.whole(binder.upper, place);
    for (let value = this.whole(binder.lower, place); value <= upper; value += 1)
      yield* this.each(rest, { ...place, scope: bindIndex(place.scope, binder.index, value) });
  }

  private entriesOf(
    binders: readonly Binder[],
    body: Formula,
    place: Place,
  ): ReadonlyMap<string, BigNumber> {
    const entries = new Map<string, BigNumber>();
    for (const inside of this.each(binders, place)) {
      const at = binders.map(({ index }) => bindingOf(inside.scope, index)?.index).join();
      entries.set(at, this.of(body, inside));
    }
    return entries;
  }

  private symbol(formula: SymbolFormula, place: Place): BigNumber {
    const { name, indices } = formula;
    const letter = indices.length === 0 ? bindingOf(place.scope, name)?.index : undefined;
    if (letter !== undefined) return this.make(letter);
    const at = indices.map((index) => this.whole(index, place));
    const parameter = place.parameters.get(name);
    if (parameter instanceof Map) {
      const value = parameter.get(at.join());
      if (!value) throw new IndexOutOfRange(name, at, 'the argument has no such entry');
      return value;
    }
    if (parameter) return parameter as BigNumber;
    if (this.network.families.get(name)?.role !== 'quantity') {
      const size = this.world.size(name, at);
      if (size !== undefined) return this.make(size);
    }
    return this.entry(name, at, place);
  }

  private entry(name: string, indices: readonly number[], place: Place): BigNumber {
    const key = entryKey(name, indices);
    const own = `${key} ${place.movedKey}`;
    const known = this.remembered.get(own);
    if (known) return known;
    if (this.depth >= DEEPEST) throw new NotExact('too deep for arithmetic in 64 digits');
    this.depth += 1;
    try {
      const base = this.unmoved(name, indices, place);
      const moved = place.moved.get(key);
      const value = moved ? base.plus(moved) : base;
      this.remembered.set(own, value);
      return value;
    } finally {
      this.depth -= 1;
    }
  }

  private unmoved(name: string, indices: readonly number[], place: Place): BigNumber {
    const { moved, movedKey } = place;
    for (const definition of definitionsOf(this.network, name)) {
      const match = matchHead(definition, indices, this.world, (row, scope) =>
        row.where.every((part) =>
          this.holds(part, { scope, parameters: new Map(), moved, movedKey }),
        ),
      );
      if (!match) continue;
      const at = { scope: match.scope, parameters: new Map(), moved, movedKey };
      const given = this.world.pinned(name, indices);
      if (given === undefined) return this.of(definition.right, at);
      // The value is given, its dependence on what defines it stays.
      const still = this.of(definition.right, { ...at, moved: new Map(), movedKey: '' });
      return this.make(given).plus(this.of(definition.right, at).minus(still));
    }
    const leaf = this.world.leaf(name, indices);
    if (leaf === undefined) throw new NotExact(`${entryKey(name, indices)} is not given`);
    if (typeof leaf === 'number') return this.make(leaf);
    const still = { parameters: new Map(), moved: new Map(), movedKey: '' };
    return this.of(leaf.tied, { scope: scopeOf(leaf.at), ...still });
  }

  private derivative(of: Formula, by: Formula, place: Place): BigNumber {
    if (by.kind !== 'symbol') throw new NotExact('a derivative by a formula');
    const slope = (move: (amount: BigNumber) => Place): BigNumber =>
      this.of(of, move(this.step))
        .minus(this.of(of, move(this.step.neg())))
        .div(this.step.times(2));
    const parameter = place.parameters.get(by.name);
    if (parameter && !(parameter instanceof Map))
      return slope((amount) => ({
        ...place,
        parameters: new Map([
          ...place.parameters,
          [by.name, (parameter as BigNumber).plus(amount)],
        ]),
      }));
    let indices = by.indices.map((index) => this.whole(index, place));
    let { name } = by;
    for (;;) {
      const key = entryKey(name, indices);
      const value = slope((amount) => {
        const moved = new Map([
          ...place.moved,
          [key, (place.moved.get(key) ?? this.make(0)).plus(amount)],
        ]);
        return { ...place, moved, movedKey: [...moved].map(([k, v]) => `${k}:${v}`).join() };
      });
      const named = value.isZero() ? this.named(name, indices) : undefined;
      if (!named) return value;
      ({ name, indices } = named);
    }
  }

  /** What an alias (`Z_O = Z_o`) names. */
  private named(
    name: string,
    indices: readonly number[],
  ): { readonly name: string; readonly indices: number[] } | undefined {
    for (const definition of definitionsOf(this.network, name)) {
      if (definition.right.kind !== 'symbol') continue;
      const match = matchHead(definition, indices, this.world, () => true);
      if (!match) continue;
      const { right } = definition;
      return {
        name: right.name,
        indices: right.indices.map((index) => integer(index, match.scope, this.world)),
      };
    }
    return undefined;
  }

  private call(formula: CallFormula, place: Place): BigNumber {
    const args = formula.args.map(
      (arg): Argument =>
        arg.kind === 'array' ? this.entriesOf(arg.binders, arg.body, place) : this.of(arg, place),
    );
    return this.called(formula, args, formula.slots, place);
  }

  /** A call with derivatives by its arguments taken, each by moving that argument. */
  private called(
    formula: CallFormula,
    args: readonly Argument[],
    slots: readonly DerivativeSlot[],
    place: Place,
  ): BigNumber {
    const [slot, ...rest] = slots;
    if (!slot) return this.applied(formula, args, place);
    const at = slot.at.map((index) => this.whole(index, place)).join();
    const with_ = (amount: BigNumber): readonly Argument[] =>
      args.map((arg, position) => {
        if (position !== slot.argument) return arg;
        if (!(arg instanceof Map)) return (arg as BigNumber).plus(amount);
        const entry = arg.get(at);
        if (!entry) throw new IndexOutOfRange(formula.name, [], `there is no argument ${at}`);
        return new Map([...arg, [at, entry.plus(amount)]]);
      });
    return this.called(formula, with_(this.step), rest, place)
      .minus(this.called(formula, with_(this.step.neg()), rest, place))
      .div(this.step.times(2));
  }

  private applied(formula: CallFormula, args: readonly Argument[], place: Place): BigNumber {
    const declared = this.network.functions.get(formula.name);
    if (declared?.body) {
      const parameters = new Map(
        declared.parameters.map((name, position) => [name, args[position] as Argument]),
      );
      const { moved, movedKey } = place;
      // Entries inside do not depend on the parameters, so they may be remembered as usual.
      return this.of(declared.body, { scope: undefined, parameters, moved, movedKey });
    }
    const row = declared ? undefined : functionNamed(formula.name);
    if (!row) return this.wave(formula, args, place);
    const compute = bigFunction(row.name);
    if (!compute) throw new NotExact(`${row.name} is not known in 64 digits`);
    const [first, ...others] = args as readonly BigNumber[];
    for (const kink of bigKinks(row.name)) this.avoid(first as BigNumber, this.make(kink));
    let value = first as BigNumber;
    if (others.length === 0) return compute(this.make, value, value);
    for (const other of others) {
      if (row.name === 'max' || row.name === 'min') this.avoid(value, other);
      value = compute(this.make, value, other);
    }
    return value;
  }

  /** Near a kink a difference says nothing about the convention. */
  private avoid(left: BigNumber, right: BigNumber): void {
    if (left.minus(right).abs().lt(this.step.times(1000)))
      throw new NotExact('the point is at a kink', 'this point');
  }

  private wave(formula: CallFormula, args: readonly Argument[], place: Place): BigNumber {
    const own = formula.indices.map((index) => this.whole(index, place));
    const wave = this.world.wave(entryKey(formula.name, own));
    if (!wave) throw new NotExact(`${formula.name} is not defined`);
    let value = this.make(wave.offset);
    for (let sine = 0; sine < 3; sine += 1) {
      let angle = this.make(wave.phase(sine));
      const add = (at: string, entry: BigNumber) => {
        angle = angle.plus(entry.times(this.make(wave.frequency(sine, at))));
      };
      for (const [position, arg] of args.entries()) {
        if (!(arg instanceof Map)) add(`${position}`, arg as BigNumber);
        else for (const [at, entry] of arg) add(`${position}[${at}]`, entry);
      }
      value = value.plus(angle.sin().times(this.make(wave.amplitude(sine))));
    }
    return value;
  }

  private family(formula: FamilyFormula, place: Place): BigNumber {
    const entries = this.entriesOf(formula.binders, formula.body, place);
    const all = [...entries.values()];
    const at = formula.at.map((index) => this.whole(index, place));
    const own = (): BigNumber => {
      const value = entries.get(at.join());
      if (!value) throw new IndexOutOfRange(formula.name, at, 'the family has no such entry');
      return value;
    };
    const total = () => all.reduce((sum, value) => sum.plus(value.exp()), this.make(0));
    switch (formula.name) {
      case 'softmax':
        return own().exp().div(total());
      case 'log_softmax':
        return own().minus(total().ln());
      case 'logsumexp':
        return total().ln();
      case 'max':
      case 'min': {
        const sign = formula.name === 'max' ? 1 : -1;
        const sorted = [...all].sort((a, b) => sign * b.cmp(a));
        if (sorted[0] && sorted[1]) this.avoid(sorted[0], sorted[1]);
        return sorted[0] ?? this.make('NaN');
      }
      case 'determinant':
        return bigDeterminant(this.make, this.rows(formula, place, all));
      case 'inverse': {
        own();
        const [row, column] = formula.binders.map(
          (binder, position) => (at[position] as number) - this.whole(binder.lower, place),
        );
        return bigInverse(
          this.make,
          this.rows(formula, place, all),
          row as number,
          column as number,
        );
      }
    }
  }

  private rows(
    formula: FamilyFormula,
    place: Place,
    all: readonly BigNumber[],
  ): readonly (readonly BigNumber[])[] {
    const [first] = formula.binders;
    const count = first ? this.whole(first.upper, place) - this.whole(first.lower, place) + 1 : 0;
    const width = all.length / Math.max(1, count);
    return Array.from({ length: count }, (_, row) => all.slice(row * width, (row + 1) * width));
  }

  private holds(condition: Condition, place: Place): boolean {
    switch (condition.kind) {
      case 'member':
        return this.world.member(condition.set, this.whole(condition.element, place));
      case 'and':
        return condition.parts.every((part) => this.holds(part, place));
      case 'or':
        return condition.parts.some((part) => this.holds(part, place));
      case 'compare': {
        const left = this.of(condition.left, place);
        const right = this.of(condition.right, place);
        if (!left.isInteger() || !right.isInteger()) this.avoid(left, right);
        const order = left.cmp(right);
        switch (condition.relation) {
          case '=':
            return order === 0;
          case '!=':
            return order !== 0;
          case '<':
            return order < 0;
          case '<=':
            return order <= 0;
          case '>':
            return order > 0;
          case '>=':
            return order >= 0;
        }
      }
    }
  }
}

/** How many derivatives lie inside one another in a formula, its definitions included. */
export function derivativeOrder(
  formula: Formula,
  network: Network,
  open: ReadonlySet<string> = new Set(),
): number {
  const inside = (part: Formula) => derivativeOrder(part, network, open);
  const below = Math.max(0, ...children(formula).map(inside));
  if (formula.kind === 'derivative') return below + 1;
  if (formula.kind === 'call') return below + formula.slots.length;
  if (formula.kind !== 'symbol' || open.has(formula.name)) return below;
  const opened = new Set([...open, formula.name]);
  const named = definitionsOf(network, formula.name).map(({ right }) =>
    derivativeOrder(right, network, opened),
  );
  return Math.max(below, 0, ...named);
}
