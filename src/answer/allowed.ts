/** The names of `in terms of`. */
import type { Formula } from '../expression/formula.js';
import { placesOf } from '../judge/places.js';
import { splitNumbered } from '../network/inference/facts.js';
import type { Vocabulary } from '../network/network.js';

/**
 * Names that may stand in the answer; `undefined` if the ask does not restrict them. A formula in the
 * list (`sigma(x)`) allows its function and its names.
 */
export function allowedNames(
  inTermsOf: readonly Formula[] | undefined,
  { numbered }: Pick<Vocabulary, 'numbered'>,
): ReadonlySet<string> | undefined {
  if (!inTermsOf) return undefined;
  const names = new Set<string>();
  for (const formula of inTermsOf)
    for (const { part } of placesOf(splitNumbered(formula, numbered)))
      if (part.kind === 'symbol' || part.kind === 'call') names.add(part.name);
  return names;
}
