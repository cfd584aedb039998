/**
 * A guarded term: a sum over integer variables, under conditions, of one flat product.
 *
 * Deltas, guards, ranges and constant heads are all conditions; a condition without a bound
 * variable is the term's guard, one with a bound variable is its range.
 */
import {
  add,
  type Condition,
  type Formula,
  isNumber,
  multiply,
  number,
  one,
  type PowerFormula,
  power,
  symbol,
} from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import { conditionFormulas, freeNames, substitute } from '../expression/walk.js';
import {
  type Constraint,
  constraintKey,
  constraintMentions,
  equal,
  negations,
  substituteConstraint,
  toConstraints,
  within,
} from './conditions/constraint.js';
import type { FreshNames, IndexFacts } from './facts.js';
import { isLong } from './tree-size.js';

export interface Term {
  /** Bound variables; names are fresh, they clash with nothing. */
  readonly variables: readonly string[];
  readonly constraints: readonly Constraint[];
  readonly factors: readonly Formula[];
  /**
   * What the term is to be multiplied by, with a minus, once its pending derivative is known: terms
   * that have it in common are then put together. It stands in uses only.
   */
  readonly along?: Formula;
}

/** What opening and settling of terms needs. */
export interface Room {
  readonly names: FreshNames;
  readonly facts: IndexFacts;
}

/** Whether the term is one flat product, under no condition. */
export const isPlainTerm = ({ variables, constraints }: Term): boolean =>
  variables.length === 0 && constraints.length === 0;

export const plainTerm = (...factors: readonly Formula[]): Term => ({
  variables: [],
  constraints: [],
  factors,
});

export const productOf = (left: Term, right: Term): Term => ({
  variables: [...left.variables, ...right.variables],
  constraints: [...left.constraints, ...right.constraints],
  factors: [...left.factors, ...right.factors],
});

/** A term split into more of these is not split further: the formula is then not understood. */
const MOST_TERMS = 512;

const isIndexCondition = (condition: Condition, facts: IndexFacts): boolean =>
  condition.kind === 'member' || conditionFormulas(condition).every(facts.isIndex);

/** Whether a condition on indices is a factor, in some summand, of the formula. */
export function holdsCondition(formula: Formula, facts: IndexFacts): boolean {
  switch (formula.kind) {
    case 'delta':
      return true;
    case 'indicator':
      return isIndexCondition(formula.when, facts);
    case 'cases':
      return formula.branches.every((branch) => isIndexCondition(branch.when, facts));
    case 'add':
      return formula.terms.some((term) => holdsCondition(term, facts));
    case 'multiply':
      return formula.factors.some((factor) => holdsCondition(factor, facts));
    case 'sum':
      return (
        holdsCondition(formula.body, facts) ||
        formula.where.some((condition) => isIndexCondition(condition, facts))
      );
    default:
      return false;
  }
}

/**
 * The formula as a list of terms. Only what holds conditions on indices is opened; the rest stays
 * one factor, since a derivative is linear in its deltas.
 *
 * @throws Unsupported if more than 512 terms would be needed
 */
export function openTerms(formula: Formula, room: Room): readonly Term[] {
  if (!holdsCondition(formula, room.facts))
    return [plainTerm(...(formula.kind === 'multiply' ? formula.factors : [formula]))];
  switch (formula.kind) {
    case 'delta':
      return [{ ...plainTerm(), constraints: [equal(formula.left, formula.right)] }];
    case 'indicator':
      return [{ ...plainTerm(), constraints: toConstraints(formula.when) }];
    case 'add':
      return formula.terms.flatMap((term) => openTerms(term, room));
    case 'multiply':
      return formula.factors
        .map((factor) => openTerms(factor, room))
        .reduce((left, right) => {
          if (left.length * right.length > MOST_TERMS)
            throw new Unsupported(
              `a product of sums with conditions has more than ${MOST_TERMS} terms; name its parts`,
              formula,
            );
          return left.flatMap((a) => right.map((b) => productOf(a, b)));
        });
    case 'sum': {
      if (!formula.bounds) break;
      const name = room.names.fresh(formula.index);
      const variable = symbol(name);
      const renaming = new Map([[formula.index, variable]]);
      const where = formula.where.flatMap((condition) =>
        toConstraints(mapped(condition, (part) => substitute(part, renaming))),
      );
      const range = [...within(variable, formula.bounds), ...where];
      return openTerms(substitute(formula.body, renaming), room).map((term) => ({
        variables: [name, ...term.variables],
        constraints: [...range, ...term.constraints],
        factors: term.factors,
      }));
    }
    case 'cases':
      return openCases(formula, room);
    default:
  }
  throw new Unsupported(
    `a condition on indices inside a ${formula.kind} is not understood`,
    formula,
  );
}

const mapped = (condition: Condition, change: (part: Formula) => Formula): Condition => {
  switch (condition.kind) {
    case 'compare':
      return { ...condition, left: change(condition.left), right: change(condition.right) };
    case 'member':
      return { ...condition, element: change(condition.element) };
    default:
      return { ...condition, parts: condition.parts.map((part) => mapped(part, change)) };
  }
};

/** Each branch holds where none before it does; disjoint parts of "not before" are terms apart. */
function openCases(formula: Extract<Formula, { kind: 'cases' }>, room: Room): readonly Term[] {
  const result: Term[] = [];
  let before: readonly (readonly Constraint[])[] = [[]];
  for (const branch of formula.branches) {
    const when = toConstraints(branch.when);
    for (const region of before)
      for (const term of openTerms(branch.value, room))
        result.push({ ...term, constraints: [...region, ...when, ...term.constraints] });
    before = before.flatMap((region) => outside(when, formula).map((part) => [...region, ...part]));
    if (before.length > MOST_TERMS)
      throw new Unsupported('the branches of these cases are too many to tell apart', formula);
  }
  if (formula.otherwise)
    for (const region of before)
      for (const term of openTerms(formula.otherwise, room))
        result.push({ ...term, constraints: [...region, ...term.constraints] });
  return result.filter((term) => !term.factors.some((factor) => isNumber(factor, 0)));
}

function outside(
  when: readonly Constraint[],
  formula: Formula,
): readonly (readonly Constraint[])[] {
  return when.flatMap((constraint, place) => {
    const opposites = negations(constraint);
    if (!opposites)
      throw new Unsupported('the opposite of this condition on indices cannot be said', formula);
    return opposites.map((opposite) => [...when.slice(0, place), opposite]);
  });
}

/** A flat product: numbers folded in front, powers of one base joined, in the order of first sight. */
export function joinFactors(factors: readonly Formula[]): readonly Formula[] {
  if (areJoined(factors)) return factors;
  const flat = factors.flatMap((factor) =>
    factor.kind === 'multiply' ? factor.factors : [factor],
  );
  const places = new Map<string | Formula, number>();
  const joined: { base: Formula; exponent: Formula }[] = [];
  const numbers: Formula[] = [];
  for (const factor of flat) {
    if (factor.kind === 'number') {
      numbers.push(factor);
      continue;
    }
    const numeric = factor.kind === 'power' && factor.exponent.kind === 'number';
    const base = numeric ? factor.base : factor;
    const exponent = numeric ? factor.exponent : one;
    const key = isLong(base) ? base : structureKey(base);
    const place = places.get(key);
    const known = place === undefined ? undefined : joined[place];
    if (place === undefined || !known) {
      places.set(key, joined.length);
      joined.push({ base, exponent });
    } else if (base.kind !== 'delta' && base.kind !== 'indicator')
      joined[place] = { base, exponent: add(known.exponent, exponent) };
  }
  const powers = joined.map(({ base, exponent }) => power(base, exponent));
  const product = multiply(...numbers, ...powers);
  if (isNumber(product, 1)) return [];
  return product.kind === 'multiply' ? product.factors : [product];
}

/** Whether nothing is to be done: no bases that could be one, no number but one in front. */
function areJoined(factors: readonly Formula[]): boolean {
  for (const [place, factor] of factors.entries()) {
    const { kind } = factor;
    if (kind === 'multiply' || (kind === 'power' && isFoldable(factor))) return false;
    if (kind === 'number') {
      if (place > 0 || isNumber(factor, 1) || isNumber(factor, 0)) return false;
      continue;
    }
    for (let before = 0; before < place; before += 1)
      if (!areApart(baseOf(factors[before] as Formula), baseOf(factor))) return false;
  }
  return true;
}

const foldable: ReadonlySet<Formula['kind']> = new Set(['number', 'multiply', 'power']);

/** Whether the constructor would make something else of the power. */
const isFoldable = ({ base, exponent }: PowerFormula): boolean =>
  foldable.has(base.kind) || isNumber(exponent, 1) || isNumber(exponent, 0);

const baseOf = (factor: Formula): Formula =>
  factor.kind === 'power' && factor.exponent.kind === 'number' ? factor.base : factor;

/** Whether two formulas surely differ, at a glance: their tops do. */
export function areApart(one: Formula, other: Formula): boolean {
  if (one === other) return false;
  if (one.kind !== other.kind) return true;
  if (one.kind !== 'symbol' || other.kind !== 'symbol') return false;
  return (
    one.name !== other.name ||
    one.indices.some((index, place) => {
      const second = other.indices[place];
      return index.kind === 'number' && second?.kind === 'number'
        ? !index.value.equals(second.value)
        : false;
    })
  );
}

/** The coefficient in front and the rest of a flat product. */
export function splitCoefficient(factors: readonly Formula[]): {
  readonly coefficient: Formula;
  readonly rest: readonly Formula[];
} {
  const [first, ...rest] = factors;
  return first?.kind === 'number'
    ? { coefficient: first, rest }
    : { coefficient: number(1), rest: factors };
}

export const termMentions = (term: Term, name: string): boolean =>
  term.constraints.some((constraint) => constraintMentions(constraint, name)) ||
  term.factors.some((factor) => freeNames(factor).has(name));

/** Conditions of the term in which no bound variable stands: they hold or not for the whole term. */
export const guardOf = (term: Term): readonly Constraint[] =>
  term.constraints.filter(
    (constraint) => !term.variables.some((name) => constraintMentions(constraint, name)),
  );

/** A text that equal terms share (bound variables by position). */
export function termKey(term: Term): string {
  const naming = new Map(term.variables.map((name, place) => [name, symbol(`~${place}`)] as const));
  const constraints = term.constraints
    .map((constraint) => constraintKey(substituteConstraint(constraint, naming)))
    .sort();
  const factors = term.factors.map((factor) => structureKey(substitute(factor, naming)));
  return `${constraints.join('&')}|${factors.join('*')}`;
}
