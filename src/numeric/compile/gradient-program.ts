/** The program that works out a scalar and its gradients: forward, then backward over the families. */
import type { SymbolFormula } from '../../expression/formula.js';
import { Unsupported } from '../../expression/unsupported.js';
import type { Network } from '../../network/network.js';
import { symbolsOf } from '../occurrences.js';
import { Adjoints } from './adjoints.js';
import { type Letters, Places } from './places.js';
import {
  binary,
  callOf,
  constant,
  type Expression,
  named,
  type Program,
  type Statement,
  times,
} from './program.js';
import { type Instance, scheduleOf } from './schedule.js';
import { splitSoftmax } from './split-softmax.js';
import { Values } from './values.js';

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
  private readonly active = new Set<string>();
  private readonly places: Places;
  private readonly values: Values;
  private readonly adjoints: Adjoints;

  constructor(
    private readonly network: Network,
    private readonly target: SymbolFormula,
    private readonly by: readonly string[],
  ) {
    this.places = new Places(network);
    this.values = new Values(network, this.places);
    this.adjoints = new Adjoints(network, this.active, this.places, this.values);
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
    const result = this.places.entry(this.target, new Map());
    const seed: Statement[] = this.active.has(this.target.name)
      ? [
          {
            kind: 'store',
            array: this.places.adjoint(this.target.name),
            at: this.places.place(this.target, new Map()),
            value: constant(1),
          },
        ]
      : [];
    const backward = [...order].reverse().flatMap((instance) => this.backward(instance));
    for (const name of this.by) this.places.adjoint(name);
    return {
      arrays: this.places.arrays(),
      cleared: this.places.cleared(),
      statements: [...forward, ...seed, ...backward],
      result,
    };
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
    const name = this.places.fresh('i');
    const body: Statement[] = [];
    this.looped(
      instance,
      new Map([...letters, [range.index, named(name)]]),
      body,
      visit,
      place + 1,
    );
    const lower = this.places.index(range.lower, letters);
    out.push({ kind: 'for', name, lower, upper: this.places.index(range.upper, letters), body });
  }

  private forward(instance: Instance): readonly Statement[] {
    const { definition } = instance;
    const head: SymbolFormula = { kind: 'symbol', name: definition.name, indices: definition.head };
    const out: Statement[] = [];
    const split = splitSoftmax(instance);
    const store = (value: Expression, letters: Letters, body: Statement[]): void => {
      const { array, at } = this.places.entry(head, letters);
      body.push({ kind: 'store', array, at, value });
    };
    if (!split) {
      this.looped(instance, this.lettersOf(instance), out, (letters, body) =>
        store(this.values.value(definition.right, letters, body), letters, body),
      );
      return out;
    }
    this.looped(split.around, this.lettersOf(instance), out, (letters, body) => {
      const { greatest, total } = this.values.exponentials(split.family, letters, body);
      this.looped(split.along, letters, body, (inside, inner) => {
        const own = this.values.value(this.values.at(split.family), inside, inner);
        store(binary(callOf('exp', binary(own, '-', greatest)), '/', total), inside, inner);
      });
    });
    return out;
  }

  private backward(instance: Instance): readonly Statement[] {
    const { definition } = instance;
    if (!this.active.has(definition.name) || !this.adjoints.isActive(definition.right)) return [];
    const head: SymbolFormula = { kind: 'symbol', name: definition.name, indices: definition.head };
    const adjoint = (letters: Letters): Expression => ({
      kind: 'read',
      array: this.places.adjoint(definition.name),
      at: this.places.place(head, letters),
    });
    const out: Statement[] = [];
    const split = splitSoftmax(instance);
    if (split) {
      // d body_i = y_i (d y_i - sum_j d y_j y_j): once for all entries.
      this.looped(split.around, this.lettersOf(instance), out, (letters, body) => {
        const name = this.places.fresh('s');
        body.push({ kind: 'let', name, value: constant(0) });
        this.looped(split.along, letters, body, (inside, inner) =>
          inner.push({
            kind: 'increase',
            name,
            value: times(adjoint(inside), this.places.entry(head, inside)),
          }),
        );
        this.looped(split.along, letters, body, (inside, inner) => {
          const gap = binary(adjoint(inside), '-', named(name));
          const value = this.places.keep(times(this.places.entry(head, inside), gap), inner);
          this.adjoints.back(this.values.at(split.family), value, inside, inner);
        });
      });
      return out;
    }
    this.looped(instance, this.lettersOf(instance), out, (letters, body) => {
      const { right } = definition;
      const own = this.places.keep(adjoint(letters), body);
      if (right.kind === 'call' && !this.values.opened(right))
        this.adjoints.backCall(
          right,
          own,
          letters,
          body,
          this.places.keep(this.places.entry(head, letters), body),
        );
      else this.adjoints.back(right, own, letters, body);
    });
    return out;
  }
}
