/** The value of a formula as an expression, with the statements that must go before it. */
import type { Condition, Formula } from '../../expression/formula.js';
import { functionNamed } from '../../expression/functions.js';
import { Unsupported } from '../../expression/unsupported.js';
import { substitute } from '../../expression/walk.js';
import type { Network } from '../../network/network.js';
import { NeedsConstant } from './layout.js';
import type { Letters, Places } from './places.js';
import {
  binary,
  callOf,
  constant,
  type Expression,
  named,
  plus,
  type Statement,
  times,
} from './program.js';

/** Sums over what must be written out have at most this many entries. */
const LONGEST_WRITTEN_OUT = 1000;
/** Whole exponents up to this are products. */
const LARGEST_PRODUCT = 4;

export class Values {
  constructor(
    private readonly network: Network,
    private readonly places: Places,
  ) {}

  /** The value of a formula; what needs statements goes before it. */
  value(formula: Formula, letters: Letters, out: Statement[]): Expression {
    switch (formula.kind) {
      case 'number':
        return constant(formula.value.valueOf());
      case 'constant':
        return constant(formula.name === 'pi' ? Math.PI : Number.POSITIVE_INFINITY);
      case 'symbol': {
        const letter = formula.indices.length === 0 ? letters.get(formula.name) : undefined;
        if (letter) return letter;
        return this.network.families.get(formula.name)?.role === 'quantity'
          ? this.places.entry(formula, letters)
          : this.places.index(formula, letters);
      }
      case 'add':
        return formula.terms.map((term) => this.value(term, letters, out)).reduce(plus);
      case 'multiply':
        return formula.factors.map((factor) => this.value(factor, letters, out)).reduce(times);
      case 'power':
        return this.power(
          this.value(formula.base, letters, out),
          this.value(formula.exponent, letters, out),
          out,
        );
      case 'call': {
        const opened = this.opened(formula);
        if (opened) return this.value(opened, letters, out);
        const args = formula.args.map((arg) =>
          this.places.keep(this.value(arg, letters, out), out),
        );
        const row = this.row(formula);
        // A constant is worked out here, to all its digits.
        const numbers = args.flatMap((arg) => (arg.kind === 'number' ? [arg.value] : []));
        if (numbers.length === args.length) return constant(row.value(...numbers));
        return callOf(row.name, ...args);
      }
      case 'sum':
      case 'product': {
        const name = this.places.fresh('s');
        const neutral = formula.kind === 'sum' ? 0 : 1;
        out.push({ kind: 'let', name, value: constant(neutral) });
        this.each(formula, letters, out, (inside, body) => {
          const part = this.value(formula.body, inside, body);
          body.push(
            formula.kind === 'sum'
              ? { kind: 'increase', name, value: part }
              : { kind: 'assign', name, value: times(named(name), part) },
          );
        });
        return named(name);
      }
      case 'delta':
        return binary(
          this.places.index(formula.left, letters),
          '=',
          this.places.index(formula.right, letters),
        );
      case 'indicator':
        return this.truth(formula.when, letters, out);
      case 'cases': {
        const name = this.places.fresh('s');
        out.push({ kind: 'let', name, value: constant(Number.NaN) });
        this.branches(formula, letters, out, (value, body) => {
          body.push({ kind: 'assign', name, value: this.value(value, letters, body) });
        });
        return named(name);
      }
      case 'family': {
        const { greatest, total } = this.exponentials(formula, letters, out);
        if (formula.name === 'logsumexp') return plus(greatest, callOf('log', total));
        const own = this.value(this.at(formula), letters, out);
        const shifted = binary(own, '-', greatest);
        return formula.name === 'softmax'
          ? binary(callOf('exp', shifted), '/', total)
          : binary(shifted, '-', callOf('log', total));
      }
      default:
        throw new Unsupported(`a ${formula.kind} is not compiled`, formula);
    }
  }

  /** The row of the table of functions for a call. */
  row(formula: Extract<Formula, { kind: 'call' }>) {
    const row = functionNamed(formula.name);
    if (
      !row ||
      formula.slots.length > 0 ||
      formula.indices.length > 0 ||
      this.network.functions.has(formula.name)
    )
      throw new Unsupported(`${formula.name} has no formula that could be compiled`, formula);
    return row;
  }

  /** The body of a function that the sheet defines, with the arguments put in. */
  opened(formula: Extract<Formula, { kind: 'call' }>): Formula | undefined {
    const declared = this.network.functions.get(formula.name);
    if (!declared?.body || formula.slots.length > 0 || formula.indices.length > 0) return undefined;
    return substitute(
      declared.body,
      new Map(declared.parameters.map((name, place) => [name, formula.args[place] as Formula])),
    );
  }

  power(base: Expression, exponent: Expression, out: Statement[]): Expression {
    if (exponent.kind === 'number') {
      const { value } = exponent;
      if (value === 1) return base;
      if (value === 0) return constant(1);
      if (value === -1) return binary(constant(1), '/', base);
      if (Number.isInteger(value) && value > 0 && value <= LARGEST_PRODUCT) {
        const kept = this.places.keep(base, out);
        return Array.from({ length: value }, () => kept).reduce(times);
      }
    }
    return callOf('pow', base, exponent);
  }

  private truth(condition: Condition, letters: Letters, out: Statement[]): Expression {
    switch (condition.kind) {
      case 'member':
        throw new Unsupported('a set that nobody listed cannot be compiled');
      case 'and':
      case 'or':
        return condition.parts
          .map((part) => this.truth(part, letters, out))
          .reduce((left, right) => binary(left, condition.kind === 'and' ? '&' : '|', right));
      case 'compare':
        return binary(
          this.value(condition.left, letters, out),
          condition.relation,
          this.value(condition.right, letters, out),
        );
    }
  }

  /** A loop over a bound index; written out where entries need constants. */
  each(
    formula: Extract<Formula, { kind: 'sum' | 'product' }>,
    letters: Letters,
    out: Statement[],
    visit: (inside: Letters, body: Statement[]) => void,
  ): void {
    if (!formula.bounds) throw new Unsupported('a sum without a range is not compiled', formula);
    const lower = this.places.index(formula.bounds.lower, letters);
    const upper = this.places.index(formula.bounds.upper, letters);
    const guarded = (inside: Letters, body: Statement[]): void => {
      const [first, ...rest] = formula.where;
      if (!first) {
        visit(inside, body);
        return;
      }
      const when = this.truth({ kind: 'and', parts: [first, ...rest] }, inside, body);
      const kept: Statement[] = [];
      visit(inside, kept);
      body.push({ kind: 'if', when, body: kept, otherwise: [] });
    };
    try {
      const name = this.places.fresh('i');
      const body: Statement[] = [];
      guarded(new Map([...letters, [formula.index, named(name)]]), body);
      out.push({ kind: 'for', name, lower, upper, body });
    } catch (problem) {
      if (!(problem instanceof NeedsConstant)) throw problem;
      if (lower.kind !== 'number' || upper.kind !== 'number') throw problem;
      if (upper.value - lower.value >= LONGEST_WRITTEN_OUT)
        throw new Unsupported('a sum over layers is too long to be written out', formula);
      for (let value = lower.value; value <= upper.value; value += 1)
        guarded(new Map([...letters, [formula.index, constant(value)]]), out);
    }
  }

  branches(
    formula: Extract<Formula, { kind: 'cases' }>,
    letters: Letters,
    out: Statement[],
    visit: (value: Formula, body: Statement[]) => void,
  ): void {
    const at = (place: number, target: Statement[]): void => {
      const branch = formula.branches[place];
      if (!branch) {
        if (formula.otherwise) visit(formula.otherwise, target);
        return;
      }
      const when = this.truth(branch.when, letters, target);
      const [body, otherwise]: [Statement[], Statement[]] = [[], []];
      visit(branch.value, body);
      at(place + 1, otherwise);
      target.push({ kind: 'if', when, body, otherwise });
    };
    at(0, out);
  }

  /** The greatest entry of a family and the total of the exponentials less that. */
  exponentials(
    formula: Extract<Formula, { kind: 'family' }>,
    letters: Letters,
    out: Statement[],
  ): { readonly greatest: Expression; readonly total: Expression } {
    const [binder, ...more] = formula.binders;
    if (
      !binder ||
      more.length > 0 ||
      !['softmax', 'log_softmax', 'logsumexp'].includes(formula.name)
    )
      throw new Unsupported(`${formula.name} of a family is not compiled`, formula);
    const [greatest, total] = [this.places.fresh('s'), this.places.fresh('s')];
    const over = {
      kind: 'sum',
      index: binder.index,
      bounds: binder,
      where: [],
      body: formula.body,
    } as const;
    out.push({ kind: 'let', name: greatest, value: constant(Number.NEGATIVE_INFINITY) });
    this.each(over, letters, out, (inside, body) => {
      const part = this.places.keep(this.value(formula.body, inside, body), body);
      body.push({ kind: 'assign', name: greatest, value: callOf('max', named(greatest), part) });
    });
    out.push({ kind: 'let', name: total, value: constant(0) });
    this.each(over, letters, out, (inside, body) => {
      const part = binary(this.value(formula.body, inside, body), '-', named(greatest));
      body.push({ kind: 'increase', name: total, value: callOf('exp', part) });
    });
    return { greatest: named(greatest), total: named(total) };
  }

  /** The entry of the family that a softmax is taken at. */
  at(formula: Extract<Formula, { kind: 'family' }>): Formula {
    const [binder] = formula.binders;
    const [at] = formula.at;
    if (!binder || !at)
      throw new Unsupported(`${formula.name} without an entry is not compiled`, formula);
    return substitute(formula.body, new Map([[binder.index, at]]));
  }
}
