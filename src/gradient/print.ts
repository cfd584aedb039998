/** Terms as formulas: bounds read off the conditions, free factors in front of their sums. */
import {
  add,
  all,
  type Bounds,
  call,
  cases,
  delta,
  type Formula,
  indicator,
  multiply,
  number,
  sum,
  symbol,
  zero,
} from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { freeNames } from '../expression/walk.js';
import { isBorder } from './borders.js';
import {
  affineNumber,
  coefficientOf,
  hidden,
  minus,
  plus,
  scale,
  toAffine,
  toFormula,
} from './conditions/affine.js';
import {
  atLeast,
  type Constraint,
  constraintMentions,
  constraintNames,
  toCondition,
} from './conditions/constraint.js';
import { implied } from './conditions/decide.js';
import { guardOf, type Room, type Term } from './term.js';

/** One constraint as a bound of the variable, with what it is bounded by. */
interface Limit {
  readonly side: 'lower' | 'upper';
  readonly value: Formula;
  readonly used: Constraint;
  readonly mentions: readonly string[];
}

function limitsOf(
  variable: string,
  constraints: readonly Constraint[],
  variables: readonly string[],
): readonly Limit[] {
  return constraints.flatMap((constraint): readonly Limit[] => {
    if (constraint.kind !== '>=' || hidden(constraint.form, variable)) return [];
    const coefficient = coefficientOf(constraint.form, variable);
    if (Math.abs(coefficient) !== 1) return [];
    const rest = minus(constraint.form, scale(toAffine(symbol(variable)), coefficient));
    const value = toFormula(plus(scale(rest, -coefficient), affineNumber(0)));
    const mentions = variables.filter((name) => name !== variable && freeNames(value).has(name));
    return [{ side: coefficient > 0 ? 'lower' : 'upper', value, used: constraint, mentions }];
  });
}

const simplest = (limits: readonly Limit[], side: 'lower' | 'upper'): Limit | undefined =>
  [...limits]
    .filter((limit) => limit.side === side)
    .sort((a, b) => toAffine(a.value).terms.size - toAffine(b.value).terms.size)[0];

/** Several bounds on one side: `k = max(1, p-N) .. min(K, p-1)`. */
const extreme = (name: 'max' | 'min', limits: readonly Limit[]): Formula => {
  const values = limits.map((limit) => limit.value);
  return values.length === 1 ? (values[0] as Formula) : call(name, values);
};

interface Opened {
  readonly variable: string;
  readonly bounds: Bounds;
  readonly used: readonly Constraint[];
}

/**
 * The variable to open first: the one nearest to the end of the product (products run from the loss
 * to the asked entry) whose range does not mention a variable that is still to be opened.
 */
function outermost(
  variables: readonly string[],
  factors: readonly Formula[],
  constraints: readonly Constraint[],
): Opened {
  const nearest = [...factors]
    .reverse()
    .flatMap((factor) => variables.filter((name) => freeNames(factor).has(name)));
  for (const variable of new Set([...nearest, ...variables])) {
    const limits = limitsOf(variable, constraints, variables).filter(
      (limit) => limit.mentions.length === 0,
    );
    const lower = simplest(limits, 'lower');
    const upper = simplest(limits, 'upper');
    if (!lower || !upper) continue;
    const others = limits.filter((limit) => limit !== lower && limit !== upper);
    const all = (first: Limit) => [first, ...others.filter((limit) => limit.side === first.side)];
    return {
      variable,
      bounds: { lower: extreme('max', all(lower)), upper: extreme('min', all(upper)) },
      used: limits.map((limit) => limit.used),
    };
  }
  throw new Unsupported(
    `the range of the summation index ${variables[0]?.replace(/~.*/, '')} is not known; write its range (sum_{k=1}^K)`,
  );
}

/** Variables that a factor or a condition ties together. */
function connected(term: Summand): readonly (readonly string[])[] {
  const groups: Set<string>[] = [];
  const join = (names: readonly string[]): void => {
    const [first, ...others] = groups.filter((group) => names.some((name) => group.has(name)));
    if (!first) {
      groups.push(new Set(names));
      return;
    }
    for (const name of names) first.add(name);
    for (const other of others) {
      for (const name of other) first.add(name);
      groups.splice(groups.indexOf(other), 1);
    }
  };
  for (const name of term.variables) join([name]);
  for (const factor of term.factors) {
    const names = term.variables.filter((name) => freeNames(factor).has(name));
    if (names.length > 1) join(names);
  }
  for (const constraint of term.constraints) {
    const names = term.variables.filter((name) => constraintMentions(constraint, name));
    if (names.length > 1) join(names);
  }
  return groups.map((group) => term.variables.filter((name) => group.has(name)));
}

/** What sums are opened over: variables not yet opened, and what stands under them. */
interface Summand {
  readonly variables: readonly string[];
  readonly constraints: readonly Constraint[];
  readonly factors: readonly Formula[];
}

/** Free factors and sums over unconnected variables, in the order of the factors. */
function productUnder(summand: Summand, context: readonly Constraint[], room: Room): Formula {
  if (summand.variables.length === 0) return multiply(...summand.factors);
  const groups = connected(summand);
  const groupOf = (factor: Formula) =>
    groups.find((group) => group.some((name) => freeNames(factor).has(name)));
  const done = new Set<readonly string[]>();
  const parts: Formula[] = [];
  const sumOf = (group: readonly string[]): Formula => {
    done.add(group);
    const inside: Summand = {
      variables: group,
      factors: summand.factors.filter((factor) => groupOf(factor) === group),
      constraints: summand.constraints.filter((constraint) =>
        group.some((name) => constraintMentions(constraint, name)),
      ),
    };
    return sumOver(inside, context, room);
  };
  for (const factor of summand.factors) {
    const group = groupOf(factor);
    if (!group) parts.push(factor);
    else if (!done.has(group)) parts.push(sumOf(group));
  }
  // A sum over nothing but ones counts its entries; it stands in front.
  const counts = groups.filter((group) => !done.has(group)).map(sumOf);
  return multiply(...counts, ...parts);
}

/** Connected variables opened one by one; each condition stands at the last variable it mentions. */
function sumOver(summand: Summand, context: readonly Constraint[], room: Room): Formula {
  const { variables, constraints, factors } = summand;
  const { variable, bounds, used } = outermost(variables, factors, constraints);
  const deeper = variables.filter((name) => name !== variable);
  const rest = constraints.filter((constraint) => !used.includes(constraint));
  const own = rest.filter(
    (constraint) => !deeper.some((name) => constraintMentions(constraint, name)),
  );
  const below = rest.filter((constraint) => !own.includes(constraint));
  const inside = [...context, ...used, ...own];
  if (factors.length === 0 && deeper.length === 0 && own.length === 0) {
    const count = toFormula(
      plus(minus(toAffine(bounds.upper), toAffine(bounds.lower)), affineNumber(1)),
    );
    if (implied(atLeast(count, number(0)), context, room.facts)) return count;
  }
  const body = productUnder({ variables: deeper, constraints: below, factors }, inside, room);
  const where = own.map((one) => toCondition(one, room.facts.isSize));
  return sum(variable, bounds, body, where);
}

/**
 * The term as a formula, its guard left aside: free factors and sums in the order of the factors.
 *
 * @throws Unsupported if a bound variable has no range
 */
export const bodyOf = (term: Term, context: readonly Constraint[], room: Room): Formula =>
  productUnder(term, context, room);

/**
 * The term with its guard: an equality of asked indices is a delta, a border is a case of its own
 * (a factor 0 would not do: beyond the border the entries do not exist).
 */
export function guardedFormula(term: Term, context: readonly Constraint[], room: Room): Formula {
  const guard = guardOf(term);
  if (guard.length === 0) return bodyOf(term, context, room);
  const borders = guard.filter((constraint) => isBorder(constraint, room.facts));
  const others = guard.filter((constraint) => !borders.includes(constraint));
  const factors = others.map((constraint) => {
    const condition = toCondition(constraint, room.facts.isSize);
    return condition.kind === 'compare' && condition.relation === '='
      ? delta(condition.left, condition.right)
      : indicator(condition);
  });
  const value = multiply(...factors, bodyOf(term, [...context, ...borders], room));
  if (borders.length === 0) return value;
  const when = all(...borders.map((constraint) => toCondition(constraint, room.facts.isSize)));
  return cases([{ when, value }], zero);
}

/** Terms added up, each with its guard. */
export const sumOfTerms = (
  terms: readonly Term[],
  context: readonly Constraint[],
  room: Room,
): Formula =>
  terms.length === 0 ? zero : add(...terms.map((term) => guardedFormula(term, context, room)));

/** Names free in a term: those of its conditions and factors that it does not bind. */
export function namesOf(term: Term): ReadonlySet<string> {
  const names = new Set<string>();
  for (const constraint of term.constraints)
    for (const name of constraintNames(constraint)) names.add(name);
  for (const factor of term.factors) for (const name of freeNames(factor)) names.add(name);
  for (const name of term.variables) names.delete(name);
  return names;
}
