/** Matching of index patterns and atoms: which indices make one formula another. */
import { combine } from '../expression/affine.js';
import type { Bounds, Formula } from '../expression/formula.js';
import { children } from '../expression/walk.js';
import { affine, affineFormula, difference, solveFor } from './affine.js';
import { canonicalKey } from './canonical-key.js';

/** What each variable of the pattern stands for. */
export type Binding = ReadonlyMap<string, Formula>;

/**
 * Extends a binding so that the index pattern equals the index; at most one variable of an index
 * pattern may be unbound.
 */
export function matchIndex(
  pattern: Formula,
  index: Formula,
  variables: ReadonlyMap<string, Bounds | undefined>,
  binding: Binding,
): Binding | undefined {
  let rest = difference(pattern, index);
  const open: string[] = [];
  for (const part of affine(pattern).parts.values()) {
    if (part.atom.kind !== 'symbol' || !variables.has(part.atom.name)) continue;
    const bound = binding.get(part.atom.name);
    rest = combine(rest, affine(part.atom), part.coefficient.neg());
    if (bound) rest = combine(rest, affine(bound), part.coefficient);
    else {
      open.push(part.atom.name);
      rest = combine(rest, affine({ ...part.atom, name: `?${part.atom.name}` }), part.coefficient);
    }
  }
  if (open.length === 0)
    return rest.parts.size === 0 && rest.constant.equals(0) ? binding : undefined;
  if (open.length > 1) return undefined;
  const name = open[0] as string;
  const solution = solveFor(rest, `?${name}`);
  return solution ? new Map([...binding, [name, solution]]) : undefined;
}

/** Matches atoms of the same structure whose indices may differ by the variables. */
export function matchAtom(
  pattern: Formula,
  subject: Formula,
  variables: ReadonlyMap<string, Bounds | undefined>,
  binding: Binding,
): Binding | undefined {
  if (variables.size === 0)
    return canonicalKey(pattern) === canonicalKey(subject) ? binding : undefined;
  if (pattern.kind === 'symbol' && pattern.indices.length === 0 && variables.has(pattern.name))
    return matchIndex(pattern, subject, variables, binding);
  if (pattern.kind !== subject.kind) return undefined;
  if (pattern.kind === 'symbol' && subject.kind === 'symbol') {
    if (pattern.name !== subject.name || pattern.indices.length !== subject.indices.length)
      return undefined;
    return matchAll(pattern.indices, subject.indices, variables, binding, matchIndex);
  }
  if (pattern.kind === 'number' && subject.kind === 'number')
    return pattern.value.equals(subject.value) ? binding : undefined;
  if (pattern.kind === 'sum' || pattern.kind === 'product') {
    // Bound indices inside a pattern: equal only up to their names, once all variables are known.
    return canonicalKey(pattern) === canonicalKey(subject) ? binding : undefined;
  }
  if (pattern.kind === 'call' && subject.kind === 'call' && pattern.name !== subject.name)
    return undefined;
  if (pattern.kind === 'family' || pattern.kind === 'array' || pattern.kind === 'cases')
    return canonicalKey(pattern) === canonicalKey(subject) ? binding : undefined;
  const left = children(pattern);
  const right = children(subject);
  if (left.length !== right.length) return undefined;
  return matchAll(left, right, variables, binding, matchAtom);
}

function matchAll(
  patterns: readonly Formula[],
  subjects: readonly Formula[],
  variables: ReadonlyMap<string, Bounds | undefined>,
  binding: Binding,
  matcher: typeof matchAtom,
): Binding | undefined {
  let current: Binding | undefined = binding;
  for (const [at, pattern] of patterns.entries()) {
    if (!current) return undefined;
    current = matcher(pattern, subjects[at] as Formula, variables, current);
  }
  return current;
}

/** An index formula with the variables replaced. */
export const instantiateIndex = (formula: Formula): Formula => affineFormula(affine(formula));
