/** The state of one proof: budget, scope of indices, facts, rules, and what was used. */
import { type Bounds, type Condition, type Formula, symbol } from '../expression/formula.js';
import { conditionFormulas, freeNames } from '../expression/walk.js';
import type { Assumption } from '../network/network.js';
import {
  BudgetExceeded,
  type SimplifyContext,
  STEP_BUDGET,
  TERM_BUDGET,
  UNROLL_LIMIT,
} from './context.js';
import type { IndexKnowledge } from './ranges.js';
import type { Polynomial, Term } from './term.js';

/** A term that may be replaced wherever it divides another one. */
export interface ReductionRule {
  readonly pattern: Term;
  readonly replacement: Polynomial;
  /** Free indices of the rule, which stand for any index in their range. */
  readonly variables: ReadonlyMap<string, Bounds>;
  readonly because: Assumption;
}

/** A formula known to be positive (or not negative), up to the indices it ranges over. */
export interface SignFact {
  readonly formula: Formula;
  readonly sign: 'positive' | 'not negative';
  readonly variables: ReadonlyMap<string, Bounds>;
  readonly because: Assumption | undefined;
}

/** What the normal form does with functions and ranges. */
export interface NormalOptions {
  /** `through exp` relates the known functions; `as atoms` leaves every call as it stands. */
  readonly functions: 'through exp' | 'as atoms';
  /** Whether sums and products over a known number of entries are written out. */
  readonly ranges: 'kept' | 'written out';
  /** Whether ranges with the same far end are brought to one near end (`1`), ends split off. */
  readonly ends: 'kept' | 'aligned';
}

interface Frame {
  readonly outer: Frame | undefined;
  readonly name: string;
  readonly remembered: Map<Formula, Polynomial>;
}

export class Session {
  steps = 0;
  readonly used = new Set<Assumption>();
  readonly conditions = new Map<string, Condition>();
  readonly rules: ReductionRule[] = [];
  readonly facts: SignFact[] = [];
  readonly ranges = new Map<string, Bounds>();
  depth = 0;
  /** The normal form of a formula in this session; set by the normaliser. */
  normalise: (formula: Formula) => Polynomial = () => {
    throw new Error('a session is used before its normaliser is set; call openSession()');
  };
  private frame: Frame = { outer: undefined, name: '', remembered: new Map() };
  private readonly sizes: Set<string>;
  private opened = 0;

  constructor(
    readonly context: SimplifyContext,
    readonly options: NormalOptions,
    formulas: readonly Formula[],
  ) {
    for (const range of context.ranges ?? []) this.ranges.set(range.index, range);
    this.sizes = new Set(context.sizes ?? []);
    for (const range of context.ranges ?? []) this.learnSizes(range.upper);
    for (const formula of formulas) this.learnSizesOf(formula);
  }

  get unrollLimit(): number {
    return this.options.ranges === 'written out' ? UNROLL_LIMIT : 0;
  }

  get knowledge(): IndexKnowledge {
    return { ranges: this.ranges, isSize: (name) => this.sizes.has(name) };
  }

  /** Whether a name stands for a whole number: an index with a range, or a size. */
  isWhole(name: string): boolean {
    return this.ranges.has(name) || this.sizes.has(name) || /^[#~]\d+$/.test(name);
  }

  isSize(name: string): boolean {
    return this.sizes.has(name);
  }

  /** Counts one step of work. */
  spend(steps = 1): void {
    this.steps += steps;
    if (this.steps > STEP_BUDGET) throw new BudgetExceeded(`${STEP_BUDGET} steps`);
  }

  /** Refuses polynomials beyond the budget of terms. */
  checked(value: Polynomial): Polynomial {
    if (value.size > TERM_BUDGET) throw new BudgetExceeded(`${TERM_BUDGET} terms`);
    return value;
  }

  /** A name for a bound index that nothing else has. */
  freshIndex(): string {
    this.opened += 1;
    return `~${this.opened}`;
  }

  /** Runs with an index in scope. */
  within<T>(index: string, bounds: Bounds, run: () => T): T {
    const before = this.ranges.get(index);
    this.ranges.set(index, bounds);
    this.frame = { outer: this.frame, name: index, remembered: new Map() };
    try {
      return run();
    } finally {
      this.frame = this.frame.outer as Frame;
      if (before) this.ranges.set(index, before);
      else this.ranges.delete(index);
    }
  }

  /** Results hold as long as the indices of the formula have the ranges they have now. */
  remembered(formula: Formula, compute: () => Polynomial): Polynomial {
    let frame = this.frame;
    const names = freeNames(formula);
    while (frame.outer && !names.has(frame.name)) frame = frame.outer;
    const known = frame.remembered.get(formula);
    if (known) return known;
    const result = compute();
    frame.remembered.set(formula, result);
    return result;
  }

  /** Records a condition on which the result rests. */
  assume(key: string, condition: Condition): void {
    this.conditions.set(key, condition);
  }

  private learnSizes(end: Formula): void {
    for (const name of freeNames(end)) if (!this.ranges.has(name)) this.sizes.add(name);
  }

  private learnSizesOf(formula: Formula): void {
    const seen = new Set<Formula>();
    const visit = (part: Formula, bound: readonly string[]): void => {
      if (seen.has(part)) return;
      seen.add(part);
      if ((part.kind === 'sum' || part.kind === 'product') && part.bounds) {
        for (const name of freeNames(part.bounds.upper))
          if (!bound.includes(name) && !this.ranges.has(name)) this.sizes.add(name);
        visit(part.body, [...bound, part.index]);
        return;
      }
      if (part.kind === 'family' || part.kind === 'array') {
        let inside = bound;
        for (const binder of part.binders) {
          for (const name of freeNames(binder.upper))
            if (!inside.includes(name) && !this.ranges.has(name)) this.sizes.add(name);
          inside = [...inside, binder.index];
        }
        visit(part.body, inside);
        return;
      }
      for (const child of partsOf(part)) visit(child, bound);
    };
    visit(formula, []);
  }
}

const partsOf = (formula: Formula): readonly Formula[] => {
  switch (formula.kind) {
    case 'add':
      return formula.terms;
    case 'multiply':
      return formula.factors;
    case 'power':
      return [formula.base, formula.exponent];
    case 'call':
      return formula.args;
    case 'indicator':
      return conditionFormulas(formula.when);
    case 'cases':
      return [
        ...formula.branches.map((branch) => branch.value),
        ...(formula.otherwise ? [formula.otherwise] : []),
      ];
    default:
      return [];
  }
};

export const indexSymbol = (name: string): Formula => symbol(name);
