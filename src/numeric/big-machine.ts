/**
 * The independent evaluator: forward formulas in 64 digits, derivatives by central differences.
 * It shares the reading of indices with the tape, and nothing that computes or differentiates.
 */
import type { Decimal } from 'decimal.js';
import type { Binder, Formula, SymbolFormula } from '../expression/formula.js';
import type { Network } from '../network/network.js';
import { bigCall } from './big-calls.js';
import { bigFamily, bigHolds } from './big-families.js';
import type { MakeBig } from './big-functions.js';
import { type BigWorking, NotExact, type Place } from './big-working.js';
import { entryKey, IndexOutOfRange } from './errors.js';
import { definitionsAt, matchHead } from './heads.js';
import { integer } from './integers.js';
import { Needs } from './needs.js';
import { bindIndex, bindingOf, scopeOf } from './scope.js';
import type { World } from './world.js';

/** Nodes visited at most in one model; beyond it the network is too large for 64 digits. */
const MOST_VISITS = 40_000;
/** Values remembered in one world before it is begun anew. */
const MOST_REMEMBERED = 20_000;
/** Entries worked out inside one another at most. */
const DEEPEST = 60;
/** The step of a central difference for formulas with one, two and more derivatives, in 64 digits. */
const STEPS = ['1e-20', '1e-13', '1e-9'] as const;

export class BigMachine implements BigWorking {
  private visits = 0;
  private depth = 0;
  step: Decimal;
  /** The most powers of ten between two numbers that were added: the smaller one lost so many digits. */
  spread = 0;
  private readonly remembered = new Map<string, Decimal>();
  private readonly needs = new Needs();

  constructor(
    readonly network: Network,
    readonly world: World,
    readonly make: MakeBig,
    private readonly steps: readonly string[] = STEPS,
  ) {
    this.step = make(steps[0] as string);
  }

  /** Starts to count visits anew, for another question in the same world. */
  begin(): void {
    this.visits = 0;
  }

  /** Whether more may be remembered. */
  hasRoom(): boolean {
    return this.remembered.size < MOST_REMEMBERED;
  }

  /** The value of a formula at index letters; throws `NotExact` if that takes too long. */
  value(formula: Formula, letters: ReadonlyMap<string, number>, order: number): Decimal {
    const { steps } = this;
    const step = this.make(steps[Math.min(Math.max(order, 1), steps.length) - 1] as string);
    // Slopes of functions and moved entries depend on the step.
    if (!step.eq(this.step)) this.remembered.clear();
    this.step = step;
    const nothing = { parameters: new Map(), moved: new Map(), movedKey: '' };
    return this.of(formula, { scope: scopeOf(letters), ...nothing });
  }

  of(formula: Formula, place: Place): Decimal {
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
          (total, term) => this.plus(total, this.of(term, place)),
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
        return bigCall(this, formula, place);
      case 'sum':
      case 'product': {
        if (!formula.bounds) throw new NotExact('a sum without a range');
        let total = this.make(formula.kind === 'sum' ? 0 : 1);
        for (const inside of this.each([{ index: formula.index, ...formula.bounds }], place)) {
          if (!formula.where.every((condition) => bigHolds(this, condition, inside))) continue;
          const part = this.of(formula.body, inside);
          total = formula.kind === 'sum' ? this.plus(total, part) : total.times(part);
        }
        return total;
      }
      case 'delta':
        return this.make(
          this.whole(formula.left, place) === this.whole(formula.right, place) ? 1 : 0,
        );
      case 'indicator':
        return this.make(bigHolds(this, formula.when, place) ? 1 : 0);
      case 'cases': {
        const branch = formula.branches.find(({ when }) => bigHolds(this, when, place));
        const chosen = branch?.value ?? formula.otherwise;
        return chosen ? this.of(chosen, place) : this.make('NaN');
      }
      case 'derivative':
        return this.derivative(formula.of, formula.by, place);
      case 'family':
        return bigFamily(this, formula, place);
      default:
        throw new NotExact(`a ${formula.kind} has no number of its own`);
    }
  }

  private plus(left: Decimal, right: Decimal): Decimal {
    if (!left.isZero() && !right.isZero())
      this.spread = Math.max(this.spread, Math.abs(left.e - right.e));
    return left.plus(right);
  }

  private power(base: Decimal, exponent: Decimal): Decimal {
    // A real root of a negative number is left out, as everywhere.
    if (base.lt(0) && !exponent.isInteger()) return this.make('NaN');
    return base.pow(exponent);
  }

  whole(formula: Formula, place: Place): number {
    return integer(formula, place.scope, this.world);
  }

  private *each(binders: readonly Binder[], place: Place): Generator<Place> {
    const [binder, ...rest] = binders;
    if (!binder) {
      yield place;
      return;
    }
    const lower = this.whole(binder.lower, place);
    const upper = this.whole(binder.upper, place);
    // An endless range is refused before it is walked through.
    if (this.visits + upper - lower > MOST_VISITS)
      throw new NotExact('too large for arithmetic in 64 digits');
    for (let value = lower; value <= upper; value += 1)
      yield* this.each(rest, { ...place, scope: bindIndex(place.scope, binder.index, value) });
  }

  entriesOf(binders: readonly Binder[], body: Formula, place: Place): ReadonlyMap<string, Decimal> {
    const entries = new Map<string, Decimal>();
    for (const inside of this.each(binders, place)) {
      const at = binders.map(({ index }) => bindingOf(inside.scope, index)?.index).join();
      entries.set(at, this.of(body, inside));
    }
    return entries;
  }

  private symbol(formula: SymbolFormula, place: Place): Decimal {
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
    if (parameter) return parameter as Decimal;
    if (this.network.families.get(name)?.role !== 'quantity') {
      const size = this.world.size(name, at);
      if (size !== undefined) return this.make(size);
    }
    return this.entry(name, at, place);
  }

  private entry(name: string, indices: readonly number[], place: Place): Decimal {
    const key = entryKey(name, indices);
    this.needs.met(key);
    const own = `${key} ${place.movedKey}`;
    const known = this.remembered.get(own);
    if (known) return known;
    if (place.moved.size > 0 && !this.reaches(key, name, indices, place)) {
      const { value } = this.still(name, indices);
      this.remembered.set(own, value);
      return value;
    }
    return place.moved.size === 0
      ? this.still(name, indices).value
      : this.remember(own, name, indices, place);
  }

  /** Whether an entry depends on one of those that are moved. */
  private reaches(key: string, name: string, indices: readonly number[], place: Place): boolean {
    this.still(name, indices);
    return this.needs.reach(key, [...place.moved.keys()]);
  }

  /** The value of an entry where nothing is moved, with what it needs taken down. */
  private still(name: string, indices: readonly number[]): { readonly value: Decimal } {
    const key = entryKey(name, indices);
    const known = this.remembered.get(`${key} `);
    if (known) return { value: known };
    const place = { scope: undefined, parameters: new Map(), moved: new Map(), movedKey: '' };
    const value = this.needs.of(key, () => this.remember(`${key} `, name, indices, place));
    return { value };
  }

  private remember(own: string, name: string, indices: readonly number[], place: Place): Decimal {
    if (this.depth >= DEEPEST) throw new NotExact('too deep for arithmetic in 64 digits');
    this.depth += 1;
    try {
      const base = this.unmoved(name, indices, place);
      const moved = place.moved.get(entryKey(name, indices));
      const value = moved ? base.plus(moved) : base;
      this.remembered.set(own, value);
      return value;
    } finally {
      this.depth -= 1;
    }
  }

  private unmoved(name: string, indices: readonly number[], place: Place): Decimal {
    const { moved, movedKey } = place;
    for (const definition of definitionsAt(this.network, name, indices)) {
      const match = matchHead(definition, indices, this.world, (row, scope) =>
        row.where.every((part) =>
          bigHolds(this, part, { scope, parameters: new Map(), moved, movedKey }),
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

  private derivative(of: Formula, by: Formula, place: Place): Decimal {
    if (by.kind !== 'symbol') throw new NotExact('a derivative by a formula');
    const slope = (move: (amount: Decimal) => Place): Decimal =>
      this.of(of, move(this.step))
        .minus(this.of(of, move(this.step.neg())))
        .div(this.step.times(2));
    const parameter = place.parameters.get(by.name);
    if (parameter && !(parameter instanceof Map))
      return slope((amount) => ({
        ...place,
        parameters: new Map([...place.parameters, [by.name, (parameter as Decimal).plus(amount)]]),
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
    for (const definition of definitionsAt(this.network, name, indices)) {
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
}
