/** The program that works out a scalar and its gradients: forward, then backward over the families. */
import type { Condition, Formula, SymbolFormula } from '../../expression/formula.js';
import { functionNamed } from '../../expression/functions.js';
import { structureKey } from '../../expression/same.js';
import { Unsupported } from '../../expression/unsupported.js';
import { contains, substitute } from '../../expression/walk.js';
import type { Network } from '../../network/network.js';
import { readPlain } from '../../read/read.js';
import { symbolsOf } from '../occurrences.js';
import { type Layout, layoutOf, NeedsConstant, sizesOf } from './layout.js';
import {
  type ArrayShape,
  binary,
  callOf,
  constant,
  type Expression,
  named,
  type Program,
  plus,
  type Statement,
  times,
} from './program.js';
import { type Instance, scheduleOf } from './schedule.js';

/** What letters and parameters stand for. */
type Letters = ReadonlyMap<string, Expression>;

/** Sums over what must be written out have at most this many entries. */
const LONGEST_WRITTEN_OUT = 1000;
/** Whole exponents up to this are products. */
const LARGEST_PRODUCT = 4;

/**
 * The program for `of` (a scalar entry such as `C`) and its gradients by whole families.
 * All sizes must be fixed by the sheet. Throws `Unsupported` for what cannot be compiled.
 */
export function gradientProgram(
  of: SymbolFormula,
  by: readonly string[],
  network: Network,
): Program {
  return new Maker(network, of, by).program();
}

class Maker {
  private readonly layouts = new Map<string, Layout>();
  private readonly values = new Map<string, string>();
  private readonly adjoints = new Map<string, string>();
  private readonly active = new Set<string>();
  private readonly world;
  private count = 0;

  constructor(
    private readonly network: Network,
    private readonly target: SymbolFormula,
    private readonly by: readonly string[],
  ) {
    this.world = sizesOf(network);
  }

  program(): Program {
    const order = scheduleOf(this.target, this.network);
    for (const name of this.by) {
      if (this.network.families.get(name)?.role !== 'quantity')
        throw new Unsupported(`${name} is no family of numbers that a gradient can be taken by`);
      this.active.add(name);
    }
    for (const { definition } of order)
      if (symbolsOf([definition.right]).some((part) => this.active.has(part.name)))
        this.active.add(definition.name);
    const forward = order.flatMap((instance) => this.forward(instance));
    const result = this.entry(this.target, new Map());
    const seed: Statement[] = this.active.has(this.target.name)
      ? [
          {
            kind: 'store',
            array: this.adjoint(this.target.name),
            at: this.place(this.target, new Map()),
            value: constant(1),
          },
        ]
      : [];
    const backward = [...order].reverse().flatMap((instance) => this.backward(instance));
    for (const name of this.by) this.adjoint(name);
    const shape = (names: ReadonlyMap<string, string>, role: ArrayShape['role']) =>
      [...names].map(
        ([family, array]): ArrayShape => ({
          array,
          family,
          role,
          length: this.layout(family).length,
        }),
      );
    const arrays = [...shape(this.values, 'value'), ...shape(this.adjoints, 'gradient')];
    return {
      arrays,
      cleared: [...this.adjoints.values()],
      statements: [...forward, ...seed, ...backward],
      result,
    };
  }

  private layout(name: string): Layout {
    const known = this.layouts.get(name);
    if (known) return known;
    const family = this.network.families.get(name);
    if (!family) throw new Unsupported(`${name} is no family of the network`);
    const layout = layoutOf(family, this.network);
    this.layouts.set(name, layout);
    return layout;
  }

  private array(names: Map<string, string>, prefix: string, family: string): string {
    const known = names.get(family);
    if (known !== undefined) return known;
    const array = `${prefix}${this.layouts.size}_${names.size}`;
    names.set(family, array);
    return array;
  }

  private adjoint(family: string): string {
    this.layout(family);
    return this.array(this.adjoints, 'd', family);
  }

  private fresh(prefix: string): string {
    this.count += 1;
    return `${prefix}${this.count}`;
  }

  private keep(value: Expression, out: Statement[]): Expression {
    if (value.kind === 'number' || value.kind === 'name') return value;
    const name = this.fresh('t');
    out.push({ kind: 'let', name, value });
    return named(name);
  }

  /** An index or a size. */
  private index(formula: Formula, letters: Letters): Expression {
    switch (formula.kind) {
      case 'number':
        return constant(formula.value.valueOf());
      case 'symbol': {
        const letter = formula.indices.length === 0 ? letters.get(formula.name) : undefined;
        if (letter) return letter;
        const indices = formula.indices.map((index) => this.index(index, letters));
        if (indices.some((index) => index.kind !== 'number')) throw new NeedsConstant(formula.name);
        const at = indices.map((index) => (index.kind === 'number' ? index.value : 0));
        const size = this.world.size(formula.name, at);
        if (size === undefined)
          throw new Unsupported(`the size ${formula.name} is not fixed`, formula);
        return constant(size);
      }
      case 'add':
        return formula.terms.map((term) => this.index(term, letters)).reduce(plus, constant(0));
      case 'multiply':
        return formula.factors
          .map((factor) => this.index(factor, letters))
          .reduce(times, constant(1));
      default:
        throw new Unsupported(`a ${formula.kind} in an index is not compiled`, formula);
    }
  }

  private place(formula: SymbolFormula, letters: Letters): Expression {
    return this.layout(formula.name).at(formula.indices.map((index) => this.index(index, letters)));
  }

  private entry(formula: SymbolFormula, letters: Letters): Expression {
    const at = this.place(formula, letters);
    return { kind: 'read', array: this.array(this.values, 'v', formula.name), at };
  }

  /** The value of a formula; what needs statements goes before it. */
  private value(formula: Formula, letters: Letters, out: Statement[]): Expression {
    switch (formula.kind) {
      case 'number':
        return constant(formula.value.valueOf());
      case 'constant':
        return constant(formula.name === 'pi' ? Math.PI : Number.POSITIVE_INFINITY);
      case 'symbol': {
        const letter = formula.indices.length === 0 ? letters.get(formula.name) : undefined;
        if (letter) return letter;
        return this.network.families.get(formula.name)?.role === 'quantity'
          ? this.entry(formula, letters)
          : this.index(formula, letters);
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
        const args = formula.args.map((arg) => this.keep(this.value(arg, letters, out), out));
        return callOf(this.row(formula).name, ...args);
      }
      case 'sum':
      case 'product': {
        const name = this.fresh('s');
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
        return binary(this.index(formula.left, letters), '=', this.index(formula.right, letters));
      case 'indicator':
        return this.truth(formula.when, letters, out);
      case 'cases': {
        const name = this.fresh('s');
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

  private row(formula: Extract<Formula, { kind: 'call' }>) {
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
  private opened(formula: Extract<Formula, { kind: 'call' }>): Formula | undefined {
    const declared = this.network.functions.get(formula.name);
    if (!declared?.body || formula.slots.length > 0 || formula.indices.length > 0) return undefined;
    return substitute(
      declared.body,
      new Map(declared.parameters.map((name, place) => [name, formula.args[place] as Formula])),
    );
  }

  private power(base: Expression, exponent: Expression, out: Statement[]): Expression {
    if (exponent.kind === 'number') {
      const { value } = exponent;
      if (value === 1) return base;
      if (value === 0) return constant(1);
      if (value === -1) return binary(constant(1), '/', base);
      if (Number.isInteger(value) && value > 0 && value <= LARGEST_PRODUCT) {
        const kept = this.keep(base, out);
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
  private each(
    formula: Extract<Formula, { kind: 'sum' | 'product' }>,
    letters: Letters,
    out: Statement[],
    visit: (inside: Letters, body: Statement[]) => void,
  ): void {
    if (!formula.bounds) throw new Unsupported('a sum without a range is not compiled', formula);
    const lower = this.index(formula.bounds.lower, letters);
    const upper = this.index(formula.bounds.upper, letters);
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
      const name = this.fresh('i');
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

  private branches(
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
  private exponentials(
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
    const [greatest, total] = [this.fresh('s'), this.fresh('s')];
    const over = {
      kind: 'sum',
      index: binder.index,
      bounds: binder,
      where: [],
      body: formula.body,
    } as const;
    out.push({ kind: 'let', name: greatest, value: constant(Number.NEGATIVE_INFINITY) });
    this.each(over, letters, out, (inside, body) => {
      const part = this.keep(this.value(formula.body, inside, body), body);
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
  private at(formula: Extract<Formula, { kind: 'family' }>): Formula {
    const [binder] = formula.binders;
    const [at] = formula.at;
    if (!binder || !at)
      throw new Unsupported(`${formula.name} without an entry is not compiled`, formula);
    return substitute(formula.body, new Map([[binder.index, at]]));
  }

  /** Adds to the adjoints of what a formula reads, where the formula has the adjoint `adjoint`. */
  private back(formula: Formula, adjoint: Expression, letters: Letters, out: Statement[]): void {
    if (!this.isActive(formula)) return;
    switch (formula.kind) {
      case 'symbol':
        out.push({
          kind: 'accumulate',
          array: this.adjoint(formula.name),
          at: this.place(formula, letters),
          value: adjoint,
        });
        return;
      case 'add': {
        const kept = this.keep(adjoint, out);
        for (const term of formula.terms) this.back(term, kept, letters, out);
        return;
      }
      case 'multiply':
        formula.factors.forEach((factor, place) => {
          if (!this.isActive(factor)) return;
          const others = formula.factors.filter((_, other) => other !== place);
          const rest = others
            .map((other) => this.value(other, letters, out))
            .reduce(times, constant(1));
          this.back(factor, this.keep(times(adjoint, rest), out), letters, out);
        });
        return;
      case 'power': {
        const base = this.keep(this.value(formula.base, letters, out), out);
        const exponent = this.keep(this.value(formula.exponent, letters, out), out);
        if (this.isActive(formula.base)) {
          const lower = this.power(base, plus(exponent, constant(-1)), out);
          const slope = times(exponent, lower);
          this.back(formula.base, this.keep(times(adjoint, slope), out), letters, out);
        }
        if (this.isActive(formula.exponent)) {
          const slope = times(callOf('pow', base, exponent), callOf('log', base));
          this.back(formula.exponent, this.keep(times(adjoint, slope), out), letters, out);
        }
        return;
      }
      case 'call': {
        const opened = this.opened(formula);
        if (opened) this.back(opened, adjoint, letters, out);
        else this.backCall(formula, adjoint, letters, out);
        return;
      }
      case 'sum': {
        const kept = this.keep(adjoint, out);
        this.each(formula, letters, out, (inside, body) =>
          this.back(formula.body, kept, inside, body),
        );
        return;
      }
      case 'product': {
        const kept = this.keep(adjoint, out);
        const other = this.fresh('q');
        const rest = {
          ...formula,
          index: other,
          where: [
            ...formula.where.map((part) => renamed(part, formula.index, other)),
            {
              kind: 'compare' as const,
              relation: '!=' as const,
              left: { kind: 'symbol' as const, name: other, indices: [] },
              right: { kind: 'symbol' as const, name: formula.index, indices: [] },
            },
          ],
          body: substitute(
            formula.body,
            new Map([[formula.index, { kind: 'symbol', name: other, indices: [] }]]),
          ),
        };
        this.each(formula, letters, out, (inside, body) => {
          const others = this.value(rest, inside, body);
          this.back(formula.body, this.keep(times(kept, others), body), inside, body);
        });
        return;
      }
      case 'cases': {
        const kept = this.keep(adjoint, out);
        this.branches(formula, letters, out, (value, body) =>
          this.back(value, kept, letters, body),
        );
        return;
      }
      case 'family':
        this.backFamily(formula, this.keep(adjoint, out), letters, out);
        return;
      default:
        // Indicators and deltas are flat wherever they have a derivative.
        if (formula.kind === 'indicator' || formula.kind === 'delta') return;
        throw new Unsupported(`a ${formula.kind} is not compiled`, formula);
    }
  }

  private backCall(
    formula: Extract<Formula, { kind: 'call' }>,
    adjoint: Expression,
    letters: Letters,
    out: Statement[],
    known?: Expression,
  ): void {
    const row = this.row(formula);
    const args = formula.args.map((arg) => this.keep(this.value(arg, letters, out), out));
    const parameters = new Map(
      row.parameters.map((name, place) => [name, args[place] as Expression]),
    );
    formula.args.forEach((arg, place) => {
      if (!this.isActive(arg)) return;
      const text = row.derivatives[place];
      if (text === undefined)
        throw new Unsupported(`the slope of ${row.name} is not known`, formula);
      let local = readPlain(text);
      const inside = new Map(parameters);
      if (known && args.length === 1) {
        // The function itself in its slope is the value that was worked out before.
        const itself = structureKey({
          kind: 'call',
          name: row.name,
          indices: [],
          args: [{ kind: 'symbol', name: row.parameters[0] as string, indices: [] }],
          slots: [],
        });
        local = replaced(local, itself, { kind: 'symbol', name: '#value', indices: [] });
        inside.set('#value', known);
      }
      let slope = this.value(local, inside, out);
      for (const convention of this.network.conventions)
        if (functionNamed(convention.function)?.name === row.name && args.length === 1) {
          const name = this.fresh('s');
          out.push({ kind: 'let', name, value: slope });
          out.push({
            kind: 'if',
            when: binary(args[0] as Expression, '=', constant(convention.at)),
            body: [{ kind: 'assign', name, value: constant(convention.value) }],
            otherwise: [],
          });
          slope = named(name);
        }
      this.back(arg, this.keep(times(adjoint, slope), out), letters, out);
    });
  }

  private backFamily(
    formula: Extract<Formula, { kind: 'family' }>,
    adjoint: Expression,
    letters: Letters,
    out: Statement[],
  ): void {
    const { greatest, total } = this.exponentials(formula, letters, out);
    const [binder] = formula.binders;
    if (!binder) return;
    const over = {
      kind: 'sum',
      index: binder.index,
      bounds: binder,
      where: [],
      body: formula.body,
    } as const;
    const own =
      formula.name === 'softmax' ? this.keep(this.value(formula, letters, out), out) : constant(1);
    this.each(over, letters, out, (inside, body) => {
      const shifted = binary(this.value(formula.body, inside, body), '-', greatest);
      const share = this.keep(binary(callOf('exp', shifted), '/', total), body);
      const [at] = formula.at;
      const slope = at
        ? binary(
            binary(this.index(at, letters), '=', inside.get(binder.index) as Expression),
            '-',
            share,
          )
        : share;
      this.back(formula.body, this.keep(times(adjoint, times(own, slope)), body), inside, body);
    });
  }

  private isActive(formula: Formula): boolean {
    return contains(formula, (part) => part.kind === 'symbol' && this.active.has(part.name));
  }

  private lettersOf(instance: Instance): Letters {
    const letters = new Map<string, Expression>();
    for (let here = instance.scope; here; here = here.outer)
      if (here.index !== undefined && !letters.has(here.name))
        letters.set(here.name, constant(here.index));
    return letters;
  }

  /** Loops around the entries of an instance. */
  private looped(
    instance: Instance,
    letters: Letters,
    out: Statement[],
    visit: (inside: Letters, body: Statement[]) => void,
    place = 0,
  ): void {
    const range = instance.loops[place];
    if (!range) {
      visit(letters, out);
      return;
    }
    const name = this.fresh('i');
    const body: Statement[] = [];
    this.looped(
      instance,
      new Map([...letters, [range.index, named(name)]]),
      body,
      visit,
      place + 1,
    );
    const lower = this.index(range.lower, letters);
    out.push({ kind: 'for', name, lower, upper: this.index(range.upper, letters), body });
  }

  private forward(instance: Instance): readonly Statement[] {
    const { definition } = instance;
    const head: SymbolFormula = { kind: 'symbol', name: definition.name, indices: definition.head };
    const out: Statement[] = [];
    const split = splitSoftmax(instance);
    const store = (value: Expression, letters: Letters, body: Statement[]): void => {
      this.entry(head, letters);
      const array = this.values.get(definition.name) as string;
      body.push({ kind: 'store', array, at: this.place(head, letters), value });
    };
    if (!split) {
      this.looped(instance, this.lettersOf(instance), out, (letters, body) =>
        store(this.value(definition.right, letters, body), letters, body),
      );
      return out;
    }
    this.looped(split.around, this.lettersOf(instance), out, (letters, body) => {
      const { greatest, total } = this.exponentials(split.family, letters, body);
      this.looped(split.along, letters, body, (inside, inner) => {
        const own = this.value(this.at(split.family), inside, inner);
        store(binary(callOf('exp', binary(own, '-', greatest)), '/', total), inside, inner);
      });
    });
    return out;
  }

  private backward(instance: Instance): readonly Statement[] {
    const { definition } = instance;
    if (!this.active.has(definition.name) || !this.isActive(definition.right)) return [];
    const head: SymbolFormula = { kind: 'symbol', name: definition.name, indices: definition.head };
    const adjoint = (letters: Letters): Expression => ({
      kind: 'read',
      array: this.adjoint(definition.name),
      at: this.place(head, letters),
    });
    const out: Statement[] = [];
    const split = splitSoftmax(instance);
    if (split) {
      // d body_i = y_i (d y_i - sum_j d y_j y_j): once for all entries.
      this.looped(split.around, this.lettersOf(instance), out, (letters, body) => {
        const name = this.fresh('s');
        body.push({ kind: 'let', name, value: constant(0) });
        this.looped(split.along, letters, body, (inside, inner) =>
          inner.push({
            kind: 'increase',
            name,
            value: times(adjoint(inside), this.entry(head, inside)),
          }),
        );
        this.looped(split.along, letters, body, (inside, inner) => {
          const gap = binary(adjoint(inside), '-', named(name));
          const value = this.keep(times(this.entry(head, inside), gap), inner);
          this.back(this.at(split.family), value, inside, inner);
        });
      });
      return out;
    }
    this.looped(instance, this.lettersOf(instance), out, (letters, body) => {
      const { right } = definition;
      const own = this.keep(adjoint(letters), body);
      if (right.kind === 'call' && !this.opened(right))
        this.backCall(right, own, letters, body, this.keep(this.entry(head, letters), body));
      else this.back(right, own, letters, body);
    });
    return out;
  }
}

/** A definition that is a softmax over one of its own indices: its total is worked out once. */
function splitSoftmax(instance: Instance) {
  const { right } = instance.definition;
  if (right.kind !== 'family' || right.name !== 'softmax' || right.binders.length !== 1)
    return undefined;
  const [binder] = right.binders;
  const [at] = right.at;
  if (!binder || at?.kind !== 'symbol' || at.indices.length > 0) return undefined;
  const along = instance.loops.find((range) => range.index === at.name);
  if (!along) return undefined;
  const equal = (one: Formula, other: Formula) => structureKey(one) === structureKey(other);
  if (!equal(along.lower, binder.lower) || !equal(along.upper, binder.upper)) return undefined;
  // The body must not mention the entry taken, else each entry has a total of its own.
  if (
    contains(
      right.body,
      (part) => part.kind === 'symbol' && part.name === at.name && binder.index !== at.name,
    )
  )
    return undefined;
  return {
    family: right,
    around: { ...instance, loops: instance.loops.filter((range) => range !== along) },
    along: { ...instance, loops: [along] },
  };
}

function replaced(formula: Formula, key: string, by: Formula): Formula {
  if (formula.kind === 'call' && structureKey(formula) === key) return by;
  switch (formula.kind) {
    case 'add':
      return { ...formula, terms: formula.terms.map((part) => replaced(part, key, by)) };
    case 'multiply':
      return { ...formula, factors: formula.factors.map((part) => replaced(part, key, by)) };
    case 'power':
      return {
        ...formula,
        base: replaced(formula.base, key, by),
        exponent: replaced(formula.exponent, key, by),
      };
    default:
      return formula;
  }
}

function renamed(condition: Condition, from: string, to: string): Condition {
  const change = (part: Formula) =>
    substitute(part, new Map<string, Formula>([[from, { kind: 'symbol', name: to, indices: [] }]]));
  switch (condition.kind) {
    case 'compare':
      return { ...condition, left: change(condition.left), right: change(condition.right) };
    case 'member':
      return { ...condition, element: change(condition.element) };
    default:
      return { ...condition, parts: condition.parts.map((part) => renamed(part, from, to)) };
  }
}
