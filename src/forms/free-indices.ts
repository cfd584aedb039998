/** Index variables that occur free; unlike free names, a family `b` is not an index `b`. */
import type { Formula } from '../expression/formula.js';
import { boundNames, children } from '../expression/walk.js';

const remembered = new WeakMap<Formula, ReadonlySet<string>>();

/**
 * Names of free symbols without indices. Bounds are taken to lie outside of their own index; the
 * bounds of an inner binder may mention an outer one, which is then left out too.
 */
export function freeIndices(formula: Formula): ReadonlySet<string> {
  const known = remembered.get(formula);
  if (known) return known;
  const names = new Set<string>();
  if (formula.kind === 'symbol' && formula.indices.length === 0) names.add(formula.name);
  const bound = boundNames(formula);
  const at = formula.kind === 'family' ? formula.at : [];
  for (const part of children(formula))
    for (const name of freeIndices(part))
      if (!bound.includes(name) || at.includes(part)) names.add(name);
  remembered.set(formula, names);
  return names;
}
