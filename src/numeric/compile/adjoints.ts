/** How the adjoint of a formula reaches what the formula reads. */
import type { Condition, Formula } from '../../expression/formula.js';
import { functionNamed } from '../../expression/functions.js';
import { structureKey } from '../../expression/same.js';
import { Unsupported } from '../../expression/unsupported.js';
import { contains, substitute } from '../../expression/walk.js';
import type { Network } from '../../network/network.js';
import { readPlain } from '../../read/read.js';
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
import type { Values } from './values.js';

export class Adjoints {
  /** `active` names the families that the gradients pass through. */
  constructor(
    private readonly network: Network,
    private readonly active: ReadonlySet<string>,
    private readonly places: Places,
    private readonly values: Values,
  ) {}

  /** Adds to the adjoints of what a formula reads, where the formula has the adjoint `adjoint`. */
  back(formula: Formula, adjoint: Expression, letters: Letters, out: Statement[]): void {
    if (!this.isActive(formula)) return;
    switch (formula.kind) {
      case 'symbol':
        out.push({
          kind: 'accumulate',
          array: this.places.adjoint(formula.name),
          at: this.places.place(formula, letters),
          value: adjoint,
        });
        return;
      case 'add': {
        const kept = this.places.keep(adjoint, out);
        for (const term of formula.terms) this.back(term, kept, letters, out);
        return;
      }
      case 'multiply':
        formula.factors.forEach((factor, place) => {
          if (!this.isActive(factor)) return;
          const others = formula.factors.filter((_, other) => other !== place);
          const rest = others
            .map((other) => this.values.value(other, letters, out))
            .reduce(times, constant(1));
          this.back(factor, this.places.keep(times(adjoint, rest), out), letters, out);
        });
        return;
      case 'power': {
        const base = this.places.keep(this.values.value(formula.base, letters, out), out);
        const exponent = this.places.keep(this.values.value(formula.exponent, letters, out), out);
        if (this.isActive(formula.base)) {
          const lower = this.values.power(base, plus(exponent, constant(-1)), out);
          const slope = times(exponent, lower);
          this.back(formula.base, this.places.keep(times(adjoint, slope), out), letters, out);
        }
        if (this.isActive(formula.exponent)) {
          const slope = times(callOf('pow', base, exponent), callOf('log', base));
          this.back(formula.exponent, this.places.keep(times(adjoint, slope), out), letters, out);
        }
        return;
      }
      case 'call': {
        const opened = this.values.opened(formula);
        if (opened) this.back(opened, adjoint, letters, out);
        else this.backCall(formula, adjoint, letters, out);
        return;
      }
      case 'sum': {
        const kept = this.places.keep(adjoint, out);
        this.values.each(formula, letters, out, (inside, body) =>
          this.back(formula.body, kept, inside, body),
        );
        return;
      }
      case 'product': {
        const kept = this.places.keep(adjoint, out);
        const other = this.places.fresh('q');
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
        this.values.each(formula, letters, out, (inside, body) => {
          const others = this.values.value(rest, inside, body);
          this.back(formula.body, this.places.keep(times(kept, others), body), inside, body);
        });
        return;
      }
      case 'cases': {
        const kept = this.places.keep(adjoint, out);
        this.values.branches(formula, letters, out, (value, body) =>
          this.back(value, kept, letters, body),
        );
        return;
      }
      case 'family':
        this.backFamily(formula, this.places.keep(adjoint, out), letters, out);
        return;
      default:
        // Indicators and deltas are flat wherever they have a derivative.
        if (formula.kind === 'indicator' || formula.kind === 'delta') return;
        throw new Unsupported(`a ${formula.kind} is not compiled`, formula);
    }
  }

  /** The same for a call of the table; `known` is its value where that was worked out before. */
  backCall(
    formula: Extract<Formula, { kind: 'call' }>,
    adjoint: Expression,
    letters: Letters,
    out: Statement[],
    known?: Expression,
  ): void {
    const row = this.values.row(formula);
    const args = formula.args.map((arg) =>
      this.places.keep(this.values.value(arg, letters, out), out),
    );
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
      let slope = this.values.value(local, inside, out);
      for (const convention of this.network.conventions)
        if (functionNamed(convention.function)?.name === row.name && args.length === 1) {
          const name = this.places.fresh('s');
          out.push({ kind: 'let', name, value: slope });
          out.push({
            kind: 'if',
            when: binary(args[0] as Expression, '=', constant(convention.at)),
            body: [{ kind: 'assign', name, value: constant(convention.value) }],
            otherwise: [],
          });
          slope = named(name);
        }
      this.back(arg, this.places.keep(times(adjoint, slope), out), letters, out);
    });
  }

  private backFamily(
    formula: Extract<Formula, { kind: 'family' }>,
    adjoint: Expression,
    letters: Letters,
    out: Statement[],
  ): void {
    const { greatest, total } = this.values.exponentials(formula, letters, out);
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
      formula.name === 'softmax'
        ? this.places.keep(this.values.value(formula, letters, out), out)
        : constant(1);
    this.values.each(over, letters, out, (inside, body) => {
      const shifted = binary(this.values.value(formula.body, inside, body), '-', greatest);
      const share = this.places.keep(binary(callOf('exp', shifted), '/', total), body);
      const [at] = formula.at;
      const slope = at
        ? binary(
            binary(this.places.index(at, letters), '=', inside.get(binder.index) as Expression),
            '-',
            share,
          )
        : share;
      this.back(
        formula.body,
        this.places.keep(times(adjoint, times(own, slope)), body),
        inside,
        body,
      );
    });
  }

  /** Whether a formula reads anything that the gradients pass through. */
  isActive(formula: Formula): boolean {
    return contains(formula, (part) => part.kind === 'symbol' && this.active.has(part.name));
  }
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
