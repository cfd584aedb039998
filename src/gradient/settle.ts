/**
 * Settling a term: the one-point rule for every equality that fixes a bound variable, then dropping
 * of what is impossible or implied.
 */
import { type Formula, isNumber, symbol } from '../expression/formula.js';
import {
  children,
  freeNames,
  mapChildren,
  type Substitution,
  substitute,
} from '../expression/walk.js';
import { isBorder } from './borders.js';
import {
  affineNumber,
  coefficientOf,
  hidden,
  isPlain,
  minus,
  plus,
  scale,
  tidyIndex,
  toAffine,
  toFormula,
} from './conditions/affine.js';
import {
  type Constraint,
  constraintKey,
  constraintMentions,
  constraintNames,
  substituteConstraint,
  tightened,
} from './conditions/constraint.js';
import { implied, impossible } from './conditions/decide.js';
import type { IndexFacts } from './facts.js';
import { joinFactors, type Room, type Term } from './term.js';

/** Nothing is to be tidied in a number or a plain letter. */
const isTidy = (index: Formula): boolean =>
  index.kind === 'number' || (index.kind === 'symbol' && index.indices.length === 0);

const isTidyEntry = (formula: Formula): boolean =>
  formula.kind === 'number' || (formula.kind === 'symbol' && formula.indices.every(isTidy));

/** Kinds that hold no index themselves. */
const passing: ReadonlySet<Formula['kind']> = new Set(['add', 'multiply', 'power', 'derivative']);

const tidied = new WeakMap<Formula, Formula>();

/** Every index in its one spelling, so that equal entries look equal. */
export function tidyIndices(formula: Formula): Formula {
  if (formula.kind === 'number') return formula;
  if (isTidyEntry(formula)) return formula;
  if (passing.has(formula.kind) && children(formula).every(isTidyEntry)) return formula;
  const known = tidied.get(formula);
  if (known) return known;
  const inside = mapChildren(formula, tidyIndices);
  const result = tidyNode(inside);
  tidied.set(formula, result);
  return result;
}

function tidyNode(formula: Formula): Formula {
  switch (formula.kind) {
    case 'symbol':
      return formula.indices.length === 0 ? formula : mapChildren(formula, tidyIndex);
    case 'sum':
    case 'product': {
      const bounds = new Set([formula.bounds?.lower, formula.bounds?.upper]);
      return mapChildren(formula, (part) => (bounds.has(part) ? tidyIndex(part) : part));
    }
    case 'call': {
      const places = new Set(formula.slots.flatMap((slot) => slot.at));
      return mapChildren(formula, (part) =>
        places.has(part) && !formula.args.includes(part) ? tidyIndex(part) : part,
      );
    }
    case 'delta':
      return mapChildren(formula, tidyIndex);
    case 'family':
      return mapChildren(formula, (part) =>
        formula.at.includes(part) || (formula.name === 'chain' && part !== formula.body)
          ? tidyIndex(part)
          : part,
      );
    default:
      return formula;
  }
}

export const substituteTidy = (formula: Formula, replacements: Substitution): Formula =>
  tidyIndices(substitute(formula, replacements));

export function substituteTerm(term: Term, replacements: Substitution): Term {
  if (replacements.size === 0) return term;
  return {
    variables: term.variables,
    constraints: term.constraints.map((constraint) =>
      substituteConstraint(constraint, replacements),
    ),
    factors: term.factors.map((factor) => substituteTidy(factor, replacements)),
  };
}

/** An equality that fixes a bound variable with coefficient one, and the value it gives. */
function onePoint(term: Term): { variable: string; value: Formula; used: Constraint } | undefined {
  for (const variable of term.variables)
    for (const constraint of term.constraints) {
      if (constraint.kind !== '=') continue;
      const coefficient = coefficientOf(constraint.form, variable);
      if (Math.abs(coefficient) !== 1 || hidden(constraint.form, variable)) continue;
      const alone = scale(toAffine(symbol(variable)), coefficient);
      const value = scale(minus(constraint.form, alone), -coefficient);
      return { variable, value: toFormula(plus(value, affineNumber(0))), used: constraint };
    }
  return undefined;
}

/** The term with every solvable equality used. Each round removes one bound variable. */
export function solveEqualities(term: Term): Term {
  let current = term;
  for (;;) {
    const found = onePoint(current);
    if (!found) return current;
    const replacements = new Map([[found.variable, found.value]]);
    current = {
      variables: current.variables.filter((name) => name !== found.variable),
      constraints: current.constraints
        .filter((constraint) => constraint !== found.used)
        .map((constraint) => substituteConstraint(constraint, replacements)),
      factors: current.factors.map((factor) => substituteTidy(factor, replacements)),
    };
  }
}

const boundIn = (constraint: Constraint, variables: readonly string[]): readonly string[] =>
  variables.filter((name) => constraintMentions(constraint, name));

/** Whether the constraint is a bound of one variable by free indices and sizes alone. */
function boundsAlone(constraint: Constraint, variables: readonly string[]): string | undefined {
  const [only, ...more] = boundIn(constraint, variables);
  if (only === undefined || more.length > 0 || constraint.kind !== '>=') return undefined;
  const coefficient = coefficientOf(constraint.form, only);
  if (Math.abs(coefficient) !== 1 || hidden(constraint.form, only)) return undefined;
  return `${Math.sign(coefficient)}${only}`;
}

function withoutDuplicates(constraints: readonly Constraint[]): readonly Constraint[] {
  const seen = new Set<string>();
  return constraints.filter((constraint) => {
    const key = constraintKey(constraint);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function solvedTightly(term: Term): Term {
  const open = solveEqualities({ ...term, constraints: term.constraints.map(tightened) });
  return { ...open, constraints: open.constraints.map(tightened) };
}

/**
 * Solves, drops an impossible term (`undefined`), and drops conditions that follow from the others
 * and the context. A variable keeps its last simple lower and upper bound, for printing.
 */
export function settle(
  term: Term,
  context: readonly Constraint[],
  { facts }: Room,
): Term | undefined {
  const solved = term.constraints.length === 0 ? term : solvedTightly(term);
  const factors = joinFactors(solved.factors);
  if (factors.some((factor) => isNumber(factor, 0))) return undefined;
  if (solved.constraints.length === 0 && factors === term.factors) return term;
  let constraints = withoutDuplicates(solved.constraints);
  if (constraints.length === 0) return { variables: solved.variables, constraints, factors };
  if (impossible([...context, ...constraints], facts)) return undefined;
  const { variables } = solved;
  const order = [...constraints].sort((a, b) => rank(a, variables) - rank(b, variables));
  for (const candidate of order) {
    const others = constraints.filter((constraint) => constraint !== candidate);
    const simple = boundsAlone(candidate, variables);
    if (simple !== undefined && !others.some((other) => boundsAlone(other, variables) === simple))
      continue;
    const known = boundIn(candidate, variables).length > 0 || isSafe(candidate, factors, variables);
    const from = known ? others : others.filter((other) => boundIn(other, variables).length === 0);
    if (implied(candidate, [...context, ...from], facts)) constraints = others;
  }
  return {
    variables,
    constraints,
    factors: withEqualLetters(factors, constraints, variables, facts),
  };
}

/** Where two asked indices are equal, one letter stands for both: `delta_ij p_j` is `delta_ij p_i`. */
function withEqualLetters(
  factors: readonly Formula[],
  constraints: readonly Constraint[],
  variables: readonly string[],
  facts: IndexFacts,
): readonly Formula[] {
  const letters = new Map<string, Formula>();
  for (const constraint of constraints) {
    if (constraint.kind !== '=' || boundIn(constraint, variables).length > 0) continue;
    if (isBorder(constraint, facts)) continue;
    const names = [...constraint.form.terms.values()].flatMap(({ atom, coefficient }) =>
      isPlain(atom) && !facts.isSize(atom) && Math.abs(coefficient) === 1 ? [atom.name] : [],
    );
    const last = [...names].sort().at(-1);
    if (last === undefined || letters.size > 0 || hidden(constraint.form, last)) continue;
    const coefficient = coefficientOf(constraint.form, last);
    const rest = minus(constraint.form, scale(toAffine(symbol(last)), coefficient));
    letters.set(last, toFormula(scale(rest, -coefficient)));
  }
  if (letters.size === 0) return factors;
  return joinFactors(factors.map((factor) => substituteTidy(factor, letters)));
}

/**
 * Whether a guard may be dropped because the range of a sum is empty without it: not if a factor
 * that leaves the sum mentions its indices, since that entry may then not exist (`h_{t+1}` at T).
 */
function isSafe(
  guard: Constraint,
  factors: readonly Formula[],
  variables: readonly string[],
): boolean {
  const names = constraintNames(guard);
  return factors.every((factor) => {
    const free = freeNames(factor);
    return variables.some((name) => free.has(name)) || ![...names].some((name) => free.has(name));
  });
}

/** Guards are tried first, then conditions that tie variables together, then plain bounds. */
const rank = (constraint: Constraint, variables: readonly string[]): number => {
  const count = boundIn(constraint, variables).length;
  if (count === 0) return constraint.kind === '=' ? 3 : 0;
  return boundsAlone(constraint, variables) === undefined ? 1 : 2;
};
