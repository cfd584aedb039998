/** The asymptotic series of a formula when one name in it goes somewhere. */
import Fraction from 'fraction.js';
import { type Condition, type Formula, symbol } from '../../expression/formula.js';
import { Unsupported } from '../../expression/unsupported.js';
import { freeNames, substitute } from '../../expression/walk.js';
import type { LawContext } from '../../rewrite/law.js';
import { writtenOut } from '../differentiate.js';
import { rowOf } from '../slopes.js';
import { definedAt, functionOf, writtenFor } from './functions.js';
import {
  constantly,
  exponentialSeries,
  finalSign,
  logarithmSeries,
  numerically,
  powerOf,
  productOf,
  type Series,
  sumOf,
} from './series.js';

/** Formulas visited at most; definitions of functions may make more of them. */
const LARGEST_NUMBER_OF_VISITS = 5000;

/**
 * Finds the series of formulas. Names other than the variable are constants.
 *
 * @throws Unsupported where no law covers a part, or more visits are needed than the bound
 */
export class Asymptotics {
  private readonly known = new Map<Formula, Series>();
  private visits = 0;

  constructor(
    private readonly variable: string,
    private readonly way: Series,
    private readonly context: LawContext,
  ) {}

  of(formula: Formula): Series {
    const known = this.known.get(formula);
    if (known) return known;
    this.visits += 1;
    if (this.visits > LARGEST_NUMBER_OF_VISITS)
      throw new Unsupported('the formula of this limit is too large', formula);
    const result = freeNames(formula).has(this.variable) ? this.find(formula) : constantly(formula);
    this.known.set(formula, result);
    return result;
  }

  private find(formula: Formula): Series {
    switch (formula.kind) {
      case 'symbol':
        if (formula.indices.length === 0) return this.way;
        break;
      case 'add':
        return sumOf(...formula.terms.map((term) => this.of(term)));
      case 'multiply':
        return formula.factors.map((factor) => this.of(factor)).reduce(productOf);
      case 'power':
        return this.powerSeries(formula.base, formula.exponent);
      case 'call':
        return this.callSeries(formula);
      case 'indicator':
        return numerically(this.holds(formula.when) ? 1 : 0);
      case 'cases': {
        const branch = formula.branches.find(({ when }) => this.holds(when));
        const value = branch?.value ?? formula.otherwise;
        if (value) return this.of(value);
        break;
      }
      case 'derivative':
        throw new Unsupported('take the derivative before the limit', formula);
    }
    throw new Unsupported(
      `no law for the limit of a ${formula.kind} that depends on ${this.variable}`,
      formula,
    );
  }

  private powerSeries(base: Formula, exponent: Formula): Series {
    if (exponent.kind === 'number') return powerOf(this.of(base), exponent.value);
    return exponentialSeries(productOf(this.of(exponent), logarithmSeries(this.of(base))));
  }

  private callSeries(formula: Extract<Formula, { kind: 'call' }>): Series {
    if (formula.slots.length > 0) {
      const written = writtenOut(formula, this.context);
      if (written) return this.of(written);
    }
    const own = this.context.functions?.get(formula.name);
    if (own?.body && formula.slots.length === 0)
      return this.of(
        substitute(
          own.body,
          new Map(own.parameters.map((name, at) => [name, formula.args[at] ?? symbol(name)])),
        ),
      );
    const row = formula.slots.length === 0 ? rowOf(formula.name, this.context) : undefined;
    if (!row)
      throw new Unsupported(
        `nothing is known of ${formula.name} far out; give it a formula`,
        formula,
      );
    if (row.name === 'max' || row.name === 'min') return this.extreme(row.name, formula.args);
    const definition = writtenFor(row);
    if (definition) return this.of(definedAt(definition, row, formula.args));
    const [argument] = formula.args as [Formula];
    const inverse = () => powerOf(this.of(argument), new Fraction(-1));
    return functionOf(row, this.of(argument), inverse);
  }

  private extreme(name: 'max' | 'min', args: readonly Formula[]): Series {
    return args
      .map((part) => this.of(part))
      .reduce((best, next) => {
        const sign = finalSign(sumOf(next, productOf(numerically(-1), best)));
        return (name === 'max' ? sign > 0 : sign < 0) ? next : best;
      });
  }

  /** Whether a condition holds in the end. */
  private holds(condition: Condition): boolean {
    switch (condition.kind) {
      case 'and':
        return condition.parts.every((part) => this.holds(part));
      case 'or':
        return condition.parts.some((part) => this.holds(part));
      case 'member':
        throw new Unsupported('a set in the condition of a limit', condition.element);
    }
    const difference = sumOf(
      this.of(condition.left),
      productOf(numerically(-1), this.of(condition.right)),
    );
    const sign = finalSign(difference);
    switch (condition.relation) {
      case '=':
        return sign === 0;
      case '!=':
        return sign !== 0;
      case '<':
        return sign < 0;
      case '<=':
        return sign <= 0;
      case '>':
        return sign > 0;
      case '>=':
        return sign >= 0;
    }
  }
}
