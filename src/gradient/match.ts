/** Matching a formula against a pattern whose variables are index names. */
import { type Condition, type Formula, symbol } from '../expression/formula.js';
import { conditionFormulas, freeNames, type Substitution, substitute } from '../expression/walk.js';
import {
  affineKey,
  coefficientOf,
  hidden,
  minus,
  plus,
  scale,
  toAffine,
  toFormula,
} from './conditions/affine.js';

/** What pattern variables stand for; grows while matching. */
type Bindings = Map<string, Formula>;

/** Bound names of the pattern with those of the formula that stand for them. */
type Pairs = ReadonlyMap<string, string>;

/**
 * The values of the variables that make the pattern the formula, or `undefined`. An index of the
 * pattern may be affine in one variable (`l - 1` matches `l + 1` with `l` as `l + 2`).
 */
export function match(
  pattern: Formula,
  formula: Formula,
  variables: ReadonlySet<string>,
): Substitution | undefined {
  const bindings: Bindings = new Map();
  return matches(pattern, formula, variables, bindings, new Map()) ? bindings : undefined;
}

function matchIndex(
  pattern: Formula,
  formula: Formula,
  variables: ReadonlySet<string>,
  bindings: Bindings,
  pairs: Pairs,
): boolean {
  const renamed = substitute(
    pattern,
    new Map<string, Formula>([
      ...[...pairs].map(([from, to]) => [from, symbol(to)] as const),
      ...bindings,
    ]),
  );
  const form = toAffine(renamed);
  const met = toAffine(formula);
  const open = [...variables].filter(
    (name) => !bindings.has(name) && freeNames(renamed).has(name) && freeNames(pattern).has(name),
  );
  const [variable] = open;
  if (variable === undefined) return affineKey(form) === affineKey(met);
  const coefficient = coefficientOf(form, variable);
  if (open.length > 1 || Math.abs(coefficient) !== 1 || hidden(form, variable)) return false;
  const rest = minus(form, scale(toAffine(symbol(variable)), coefficient));
  const value = toFormula(scale(plus(met, scale(rest, -1)), coefficient));
  // A variable cannot stand for something with a name that is bound inside the formula.
  if ([...pairs.values()].some((name) => freeNames(value).has(name))) return false;
  bindings.set(variable, value);
  return true;
}

function matches(
  pattern: Formula,
  formula: Formula,
  variables: ReadonlySet<string>,
  bindings: Bindings,
  pairs: Pairs,
): boolean {
  const both = (a: Formula, b: Formula) => matches(a, b, variables, bindings, pairs);
  const index = (a: Formula, b: Formula) => matchIndex(a, b, variables, bindings, pairs);
  const list = (
    a: readonly Formula[],
    b: readonly Formula[],
    each: (x: Formula, y: Formula) => boolean,
  ) => a.length === b.length && a.every((part, place) => each(part, b[place] as Formula));
  switch (pattern.kind) {
    case 'number':
      return formula.kind === 'number' && pattern.value.equals(formula.value);
    case 'constant':
      return formula.kind === 'constant' && pattern.name === formula.name;
    case 'symbol':
      if (pattern.indices.length === 0 && (variables.has(pattern.name) || pairs.has(pattern.name)))
        return index(pattern, formula);
      return (
        formula.kind === 'symbol' &&
        formula.name === pattern.name &&
        list(pattern.indices, formula.indices, index)
      );
    case 'add':
      return formula.kind === 'add' && list(pattern.terms, formula.terms, both);
    case 'multiply':
      return formula.kind === 'multiply' && list(pattern.factors, formula.factors, both);
    case 'power':
      return (
        formula.kind === 'power' &&
        both(pattern.base, formula.base) &&
        both(pattern.exponent, formula.exponent)
      );
    case 'call':
      return (
        formula.kind === 'call' &&
        formula.name === pattern.name &&
        list(pattern.indices, formula.indices, index) &&
        list(pattern.args, formula.args, both) &&
        pattern.slots.length === formula.slots.length &&
        pattern.slots.every((slot, place) => {
          const other = formula.slots[place];
          return other?.argument === slot.argument && list(slot.at, other.at, index);
        })
      );
    case 'sum':
    case 'product': {
      if (formula.kind !== pattern.kind || !pattern.bounds || !formula.bounds) return false;
      const inside = new Map(pairs).set(pattern.index, formula.index);
      return (
        index(pattern.bounds.lower, formula.bounds.lower) &&
        index(pattern.bounds.upper, formula.bounds.upper) &&
        pattern.where.length === formula.where.length &&
        pattern.where.every((condition, place) =>
          conditionMatches(condition, formula.where[place] as Condition, (a, b) =>
            matchIndex(a, b, variables, bindings, inside),
          ),
        ) &&
        matches(pattern.body, formula.body, variables, bindings, inside)
      );
    }
    case 'family':
    case 'array': {
      if (formula.kind !== pattern.kind) return false;
      if (pattern.kind === 'family') {
        if (formula.kind !== 'family' || formula.name !== pattern.name) return false;
        if (!list(pattern.at, formula.at, index)) return false;
      }
      if (pattern.binders.length !== formula.binders.length) return false;
      let inside = pairs;
      for (const [place, binder] of pattern.binders.entries()) {
        const other = formula.binders[place];
        if (!other) return false;
        const opened = inside;
        const inner = (a: Formula, b: Formula) => matchIndex(a, b, variables, bindings, opened);
        if (!inner(binder.lower, other.lower) || !inner(binder.upper, other.upper)) return false;
        inside = new Map(inside).set(binder.index, other.index);
      }
      return matches(pattern.body, formula.body, variables, bindings, inside);
    }
    default:
      return false;
  }
}

function conditionMatches(
  pattern: Condition,
  condition: Condition,
  each: (a: Formula, b: Formula) => boolean,
): boolean {
  if (pattern.kind !== 'compare' || condition.kind !== 'compare') return false;
  if (pattern.relation !== condition.relation) return false;
  const left = conditionFormulas(pattern);
  const right = conditionFormulas(condition);
  return left.every((part, place) => each(part, right[place] as Formula));
}
