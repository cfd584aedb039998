/** A local derivative with its steps: the rules of `differentiate`, one at a time. */
import {
  type DerivativeFormula,
  derivative,
  type Formula,
  type SymbolFormula,
} from '../expression/formula.js';
import { append, begin, stepBy, summedUp, type Telling } from '../rewrite/derivation.js';
import type { LawContext } from '../rewrite/law.js';
import { holdsDerivative, partAt, placesOf, replaceAt } from '../rewrite/place.js';
import type { Derivation, Path, Step } from '../rewrite/step.js';
import { differentiateLaw } from './calculus/laws.js';
import type { DerivativeRow, Taken } from './calculus/row.js';
import { Dependence } from './dependence.js';
import { chosenRow, staysUntaken, takingOf } from './differentiate.js';
import { tidyLaw } from './tidy.js';

/** Lines after which the rest of a derivative is taken at once. */
const LARGEST_NUMBER_OF_LINES = 200;

/**
 * The derivative of a core formula by one entry of a family, step by step, from `derivative(body,
 * by)` to the formula that `differentiate` gives. Each line is one rule of the kind that a teacher
 * writes out, with the trivial ones that follow it inside.
 *
 * @throws Unsupported as `differentiate` does
 */
export function differentiateSteps(
  body: Formula,
  by: SymbolFormula,
  options: LawContext = {},
): Derivation {
  const taker = new Taker(by, options);
  const start = taker.toTake(body);
  let derivation = begin(start);
  let line: Formula = start;
  for (let count = 0; count < LARGEST_NUMBER_OF_LINES; count += 1) {
    const step = taker.line(line);
    if (!step) return derivation;
    derivation = append(derivation, step);
    line = step.after;
  }
  return append(derivation, ...taker.rest(line));
}

const numbersWorkedOut: Telling = { because: 'numbers worked out', level: 'detail' };

class Taker {
  /** Derivatives to be taken, by identity: others that stand in the formula are left alone. */
  private readonly pending = new Set<Formula>();
  private readonly depends: Dependence;

  constructor(
    private readonly by: SymbolFormula,
    private readonly context: LawContext,
  ) {
    this.depends = new Dependence(by);
  }

  toTake(part: Formula): DerivativeFormula {
    const node = derivative(part, this.by);
    if (!staysUntaken(part)) this.pending.add(node);
    return node;
  }

  /** The next line: one rule, then the trivial ones it leaves behind, then arithmetic. */
  line(formula: Formula): Step | undefined {
    const [first] = this.placesOf(formula, (part) => this.pending.has(part));
    if (!first) return undefined;
    const lead = this.take(formula, first);
    const inner = [lead];
    let current = lead.after;
    for (;;) {
      const [next] = this.placesOf(current, (part) => this.isTrivial(part));
      if (!next) break;
      const step = this.take(current, next);
      inner.push(step);
      current = step.after;
    }
    inner.push(...this.tidied(current));
    return summedUp(inner, { because: lead.because, level: 'main' });
  }

  /** All that is left, taken at once. */
  rest(formula: Formula): readonly Step[] {
    const inner: Step[] = [];
    let current = formula;
    const telling: Telling = { because: 'the rest by the same rules', level: 'detail' };
    for (;;) {
      const [next] = this.placesOf(current, (part) => this.pending.has(part));
      const step = next && stepBy(differentiateLaw, current, next, telling, this.context);
      if (!step) break;
      inner.push(step);
      current = step.after;
    }
    inner.push(...this.tidied(current));
    return inner.length === 0 ? [] : [summedUp(inner, { ...telling, level: 'main' })];
  }

  /** Only what holds a derivative is looked into: lines share their other parts many times. */
  private placesOf(formula: Formula, test: (part: Formula) => boolean): readonly Path[] {
    return placesOf(formula, test, holdsDerivative);
  }

  private tidied(formula: Formula): readonly Step[] {
    const step = stepBy(tidyLaw, formula, [], numbersWorkedOut, this.context);
    return step ? [step] : [];
  }

  private isTrivial(part: Formula): boolean {
    if (part.kind !== 'derivative' || !this.pending.has(part)) return false;
    return this.choose(part.of, (inner) => derivative(inner, this.by))[0].level === 'detail';
  }

  private choose(of: Formula, inner: (part: Formula) => Formula): readonly [DerivativeRow, Taken] {
    return chosenRow(of, takingOf(this.by, this.depends, this.context, inner));
  }

  private take(formula: Formula, at: Path): Step {
    const node = partAt(formula, at) as DerivativeFormula;
    const [row, taken] = this.choose(node.of, (part) => this.toTake(part));
    this.pending.delete(node);
    return {
      law: row.name,
      because: taken.because,
      at,
      bindings: new Map(Object.entries(taken.bindings)),
      after: replaceAt(formula, at, taken.after),
      assumes: taken.assumes ?? [],
      level: row.level,
    };
  }
}
