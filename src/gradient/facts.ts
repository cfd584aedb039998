/** What the network says about names that stand in indices: which are sizes, which are quantities. */
import type { Formula } from '../expression/formula.js';
import { contains, freeNames } from '../expression/walk.js';
import type { Network } from '../network/network.js';
import { isPlain } from './conditions/affine.js';
import type { Facts } from './conditions/decide.js';

/** Facts for deciding conditions, and the line between indices and quantities. */
export interface IndexFacts extends Facts {
  /** Whether a formula is made of numbers, index variables and sizes only. */
  readonly isIndex: (formula: Formula) => boolean;
}

export function factsOf(network: Network): IndexFacts {
  const indexNames = new Set(
    network.definitions.flatMap((definition) => definition.ranges.map((range) => range.index)),
  );
  // A plain name that bounds a range and is not an index of it is a size, declared or not.
  const bounding = new Set<string>();
  for (const definition of network.definitions)
    for (const range of definition.ranges)
      for (const name of freeNames(range.upper)) if (!indexNames.has(name)) bounding.add(name);
  const role = (name: string) => network.families.get(name)?.role;
  return {
    isSize: (atom) => {
      if (atom.kind !== 'symbol') return false;
      const known = role(atom.name);
      if (known !== undefined) return known === 'size';
      return !isPlain(atom) || bounding.has(atom.name);
    },
    isIndex: (formula) =>
      !contains(
        formula,
        (part) =>
          (part.kind === 'symbol' && role(part.name) === 'quantity' && !bounding.has(part.name)) ||
          part.kind === 'call' ||
          part.kind === 'derivative',
      ),
  };
}

/** Names that no author writes (they hold `~`), so that an opened binder clashes with nothing. */
export class FreshNames {
  private count = 0;

  fresh(stem: string): string {
    this.count += 1;
    return `${stem.replace(/~.*$/, '')}~${this.count}`;
  }
}
