/** The names of `in terms of`. */
import type { Formula } from '../expression/formula.js';
import { placesOf } from '../judge/places.js';

/**
 * Names that may stand in the answer; `undefined` if the ask does not restrict them. A formula in the
 * list (`sigma(x)`) allows its function and its names.
 */
export function allowedNames(
  inTermsOf: readonly Formula[] | undefined,
): ReadonlySet<string> | undefined {
  if (!inTermsOf) return undefined;
  const names = new Set<string>();
  for (const formula of inTermsOf)
    for (const { part } of placesOf(formula))
      if (part.kind === 'symbol' || part.kind === 'call') names.add(part.name);
  return names;
}
