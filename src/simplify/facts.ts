/** What assumptions and the domains of the formulas themselves say: signs and equalities. */
import Fraction from 'fraction.js';
import {
  type Bounds,
  type Condition,
  compare,
  type Formula,
  subtract,
  zero,
} from '../expression/formula.js';
import { children } from '../expression/walk.js';
import type { Assumption } from '../network/network.js';
import { canonicalKey } from './canonical-key.js';
import type { Session, SignFact } from './session.js';
import { isPositivePolynomial, unit } from './signs.js';
import {
  addAll,
  isConstant,
  onlyTerm,
  type Polynomial,
  polynomialFormula,
  polynomialOf,
  scale,
  sortedTerms,
} from './term.js';

/** A place where a formula only has a value under a condition. */
export interface DomainPoint {
  readonly kind: 'positive' | 'not negative' | 'not zero';
  readonly formula: Formula;
}

/**
 * Conditions for a formula to have a value, as far as they hold at every point: those of bodies of
 * sums (the range may be empty) and of cases (another one may apply) are left out.
 */
export function domainOf(formula: Formula): readonly DomainPoint[] {
  const points: DomainPoint[] = [];
  const seen = new Set<Formula>();
  const visit = (part: Formula): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (part.kind === 'call' && part.slots.length === 0) {
      const [first] = part.args;
      if (part.name === 'log' && first) points.push({ kind: 'positive', formula: first });
      if (part.name === 'sqrt' && first) points.push({ kind: 'not negative', formula: first });
    }
    if (part.kind === 'power') {
      const rational = part.exponent.kind === 'number' ? part.exponent.value : undefined;
      const negative = rational === undefined || rational.compare(0) < 0;
      const even = rational !== undefined && rational.d % 2n === 0n;
      if (even) points.push({ kind: negative ? 'positive' : 'not negative', formula: part.base });
      else if (negative && part.base.kind !== 'number')
        points.push({ kind: 'not zero', formula: part.base });
    }
    if (OPAQUE.has(part.kind)) return;
    for (const child of children(part)) visit(child);
  };
  visit(formula);
  return points;
}

const OPAQUE: ReadonlySet<Formula['kind']> = new Set([
  'symbol',
  'sum',
  'product',
  'cases',
  'derivative',
  'family',
  'array',
  'operation',
]);

const NO_VARIABLES: ReadonlyMap<string, Bounds> = new Map();

/** Signs that hold wherever the formulas have a value; `undefined` if no point can satisfy them. */
export function domainFacts(
  formulas: readonly Formula[],
  session: Session,
): readonly SignFact[] | undefined {
  const facts: SignFact[] = [];
  const positive = new Set<string>();
  const negative = new Set<string>();
  for (const point of formulas.flatMap(domainOf)) {
    if (point.kind === 'not zero') continue;
    const value = session.normalise(point.formula);
    if (isConstant(value)) continue;
    const plain = unit(value);
    const formula = factFormula(plain);
    if (isPositivePolynomial(scale(value, -1), session)) return undefined;
    if (isSurelyNegative(value)) return undefined;
    positive.add(canonicalKey(polynomialFormula(plain)));
    negative.add(canonicalKey(polynomialFormula(unit(scale(value, -1)))));
    facts.push({ formula, sign: point.kind, variables: NO_VARIABLES, because: undefined });
  }
  return [...positive].some((key) => negative.has(key)) ? undefined : facts;
}

/** A single term of even powers before a negative number. */
function isSurelyNegative(value: Polynomial): boolean {
  return [...value.values()].every(
    (term) =>
      term.coefficient.compare(0) < 0 &&
      [...term.factors.values()].every(
        (factor) => factor.exponent.d === 1n && factor.exponent.n % 2n === 0n,
      ),
  );
}

/** The formula a fact is about: the atom itself if there is only one. */
function factFormula(value: Polynomial): Formula {
  const term = onlyTerm(value);
  const [factor] = term ? [...term.factors.values()] : [];
  const single =
    term?.factors.size === 1 &&
    term.bounds.length === 0 &&
    factor?.exponent.equals(1) &&
    term.coefficient.compare(0) > 0;
  return single && factor ? factor.base : polynomialFormula(value);
}

/** Takes the assumptions into a session as signs and reduction rules. */
export function takeAssumptions(assumptions: readonly Assumption[], session: Session): void {
  const rules: Session['rules'] = [];
  for (const assumption of assumptions) {
    const variables = new Map(assumption.ranges.map((range) => [range.index, range] as const));
    for (const part of partsOf(assumption.condition)) {
      if (part.kind !== 'compare') continue;
      const facts = signFacts(part, variables, assumption, session);
      session.facts.push(...facts);
      if (part.relation === '=') {
        const rule = equalityRule(part.left, part.right, session);
        if (rule) rules.push({ ...rule, variables, because: assumption });
      }
    }
  }
  session.rules.push(...rules);
}

const partsOf = (condition: Condition): readonly Condition[] =>
  condition.kind === 'and' ? condition.parts.flatMap(partsOf) : [condition];

function signFacts(
  condition: Extract<Condition, { kind: 'compare' }>,
  variables: ReadonlyMap<string, Bounds>,
  because: Assumption,
  session: Session,
): readonly SignFact[] {
  const upward = condition.relation === '>' || condition.relation === '>=';
  const downward = condition.relation === '<' || condition.relation === '<=';
  if (!upward && !downward) return [];
  const gap = upward
    ? subtract(condition.left, condition.right)
    : subtract(condition.right, condition.left);
  const strict = condition.relation === '>' || condition.relation === '<';
  const value = unit(session.normalise(gap));
  const facts: SignFact[] = [
    {
      formula: factFormula(value),
      sign: strict ? 'positive' : 'not negative',
      variables,
      because,
    },
  ];
  // `x > 2` also says `x > 0`.
  const number = condition.right.kind === 'number' ? condition.right.value : undefined;
  if (upward && number && number.compare(0) > 0)
    facts.push({
      formula: factFormula(unit(session.normalise(condition.left))),
      sign: 'positive',
      variables,
      because,
    });
  return facts;
}

/** `left = right` as a rule from its leading term to the rest. */
function equalityRule(
  left: Formula,
  right: Formula,
  session: Session,
): { readonly pattern: import('./term.js').Term; readonly replacement: Polynomial } | undefined {
  const first = session.normalise(left);
  const second = session.normalise(right);
  const alone = onlyTerm(first);
  if (alone && !isConstant(first) && !second.has([...first.keys()][0] as string))
    return { pattern: alone, replacement: second };
  const gap = addAll([first, scale(second, -1)]);
  const [lead, ...rest] = sortedTerms(gap);
  if (!lead || isConstant(gap)) return undefined;
  return {
    pattern: lead[1],
    replacement: scale(polynomialOf(rest.map(([, term]) => term)), new Fraction(-1)),
  };
}

/** The domain as conditions to report, without what always holds. */
export function domainConditions(
  formulas: readonly Formula[],
  session: Session,
): ReadonlyMap<string, Condition> {
  const conditions = new Map<string, Condition>();
  for (const point of formulas.flatMap(domainOf)) {
    const value = session.normalise(point.formula);
    if (isConstant(value) || isPositivePolynomial(value, session)) continue;
    const relation = point.kind === 'positive' ? '>' : point.kind === 'not zero' ? '!=' : '>=';
    conditions.set(
      `${relation} ${canonicalKey(point.formula)}`,
      compare(point.formula, relation, zero),
    );
  }
  return conditions;
}
