/** Sub-formulas that equal the formula of a function at some arguments are written as its call. */
import { add, call, type Formula, multiply, one, zero } from '../../expression/formula.js';
import { children, freeNames, mapChildren, substitute } from '../../expression/walk.js';
import { canonicalKey } from '../canonical-key.js';
import type { NamedFunction } from '../context.js';
import type { PresentLaw } from './law.js';

export const foldFunctions: PresentLaw = {
  name: 'fold-function',
  because: 'written by the name of its function again, as it was defined',
  level: 'main',
  apply: (formula, around) => {
    for (const definition of around.functions) {
      if (definition.body.kind !== formula.kind || !around.isAllowed(definition.name)) continue;
      const args = argumentsOf(definition, formula);
      if (args) return call(definition.name, args);
    }
    return undefined;
  },
};

/** The arguments at which the function's formula is the formula. */
export function argumentsOf(
  { parameters, body }: NamedFunction,
  formula: Formula,
): readonly Formula[] | undefined {
  if (!isWorthAName(body) || !parameters.every((name) => freeNames(body).has(name)))
    return undefined;
  const found = new Map<string, Formula>();
  if (!bind(body, formula, new Set(parameters), found)) return undefined;
  const args = parameters.map((name) => found.get(name));
  if (!args.every((argument) => argument !== undefined)) return undefined;
  // The search guesses; the formula must come out again.
  if (canonicalKey(substitute(body, found)) !== canonicalKey(formula)) return undefined;
  // `x + c` is a sum like any other; at `-2 w + c` no reader looks for the function.
  if (body.kind === 'add' && args.some((argument) => argument.kind !== 'symbol')) return undefined;
  return args;
}

/** A product of a few names is left as it is, and so is a name alone. */
const isWorthAName = (body: Formula): boolean =>
  body.kind === 'add' ||
  body.kind === 'family' ||
  (body.kind === 'call' && body.slots.length === 0) ||
  (body.kind === 'power' && body.base.kind !== 'symbol');

/** What the parameters must be for the pattern to be the formula; a guess that is checked later. */
function bind(
  pattern: Formula,
  formula: Formula,
  parameters: ReadonlySet<string>,
  found: Map<string, Formula>,
): boolean {
  const isOpen = (part: Formula): boolean =>
    [...freeNames(part)].some((name) => parameters.has(name));
  if (!isOpen(pattern)) return canonicalKey(pattern) === canonicalKey(formula);
  if (pattern.kind === 'symbol' && pattern.indices.length === 0) {
    const known = found.get(pattern.name);
    if (known) return canonicalKey(known) === canonicalKey(formula);
    found.set(pattern.name, formula);
    return true;
  }
  if (pattern.kind === 'add' || pattern.kind === 'multiply') {
    const open = operands(pattern).filter(isOpen);
    const fixed = operands(pattern).filter((part) => !isOpen(part));
    const [only] = open;
    if (only && open.length === 1) {
      const parts = formula.kind === pattern.kind ? operands(formula) : [formula];
      const rest = without(parts, fixed);
      if (!rest) return false;
      const left = pattern.kind === 'add' ? joined(rest, add, zero) : joined(rest, multiply, one);
      return bind(only, left, parameters, found);
    }
  }
  if (pattern.kind !== formula.kind || headKey(pattern) !== headKey(formula)) return false;
  const [patterns, parts] = [children(pattern), children(formula)];
  return (
    patterns.length === parts.length &&
    patterns.every((part, place) => bind(part, parts[place] as Formula, parameters, found))
  );
}

/** What a node is apart from its parts: the name of a call, the index of a sum. */
const headKey = (formula: Formula): string => {
  const hollow = mapChildren(formula, () => zero);
  return canonicalKey(hollow);
};

const operands = (formula: Formula): readonly Formula[] =>
  formula.kind === 'add'
    ? formula.terms
    : formula.kind === 'multiply'
      ? formula.factors
      : [formula];

const joined = (
  parts: readonly Formula[],
  join: (...parts: readonly Formula[]) => Formula,
  none: Formula,
): Formula =>
  parts.length === 0 ? none : parts.length === 1 ? (parts[0] as Formula) : join(...parts);

/** The list without the parts, each taken away once; `undefined` if one is missing. */
function without(
  list: readonly Formula[],
  parts: readonly Formula[],
): readonly Formula[] | undefined {
  const left = [...list];
  for (const part of parts) {
    const key = canonicalKey(part);
    const at = left.findIndex((one) => canonicalKey(one) === key);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return left;
}
