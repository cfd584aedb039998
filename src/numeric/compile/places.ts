/** Where values and adjoints are kept while a program is made: arrays, their entries and fresh names. */
import type { Formula, SymbolFormula } from '../../expression/formula.js';
import { Unsupported } from '../../expression/unsupported.js';
import type { Network } from '../../network/network.js';
import { type Layout, layoutOf, NeedsConstant, sizesOf } from './layout.js';
import {
  type ArrayShape,
  constant,
  type Expression,
  named,
  plus,
  type Statement,
  times,
} from './program.js';

/** What letters and parameters stand for. */
export type Letters = ReadonlyMap<string, Expression>;

export class Places {
  private readonly layouts = new Map<string, Layout>();
  private readonly values = new Map<string, string>();
  private readonly adjoints = new Map<string, string>();
  private readonly world;
  private count = 0;

  constructor(private readonly network: Network) {
    this.world = sizesOf(network);
  }

  /** All arrays named so far. */
  arrays(): readonly ArrayShape[] {
    const shape = (names: ReadonlyMap<string, string>, role: ArrayShape['role']) =>
      [...names].map(
        ([family, array]): ArrayShape => ({
          array,
          family,
          role,
          length: this.layout(family).length,
        }),
      );
    return [...shape(this.values, 'value'), ...shape(this.adjoints, 'gradient')];
  }

  /** The arrays that start at zero. */
  cleared(): readonly string[] {
    return [...this.adjoints.values()];
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

  /** The array of the adjoints of a family. */
  adjoint(family: string): string {
    this.layout(family);
    return this.array(this.adjoints, 'd', family);
  }

  fresh(prefix: string): string {
    this.count += 1;
    return `${prefix}${this.count}`;
  }

  /** A number or a name for a value, so that it is worked out once. */
  keep(value: Expression, out: Statement[]): Expression {
    if (value.kind === 'number' || value.kind === 'name') return value;
    const name = this.fresh('t');
    out.push({ kind: 'let', name, value });
    return named(name);
  }

  /** An index or a size. */
  index(formula: Formula, letters: Letters): Expression {
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
          throw new Unsupported(
            `nothing fixes the number ${formula.name}; give it, as in \`${formula.name} = 3\``,
            formula,
          );
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

  place(formula: SymbolFormula, letters: Letters): Expression {
    return this.layout(formula.name).at(formula.indices.map((index) => this.index(index, letters)));
  }

  /** The value kept for an entry of a family. */
  entry(formula: SymbolFormula, letters: Letters): Extract<Expression, { kind: 'read' }> {
    const at = this.place(formula, letters);
    return { kind: 'read', array: this.array(this.values, 'v', formula.name), at };
  }
}
