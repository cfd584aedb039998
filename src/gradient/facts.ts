/** What the network says about names that stand in indices: which are sizes, which are quantities. */
import type { Formula } from '../expression/formula.js';
import { boundNames, children, contains, freeNames } from '../expression/walk.js';
import type { Network } from '../network/network.js';
import { isPlain } from './conditions/affine.js';
import type { Facts } from './conditions/decide.js';

/** Facts for deciding conditions, and the line between indices and quantities. */
export interface IndexFacts extends Facts {
  /** Whether a formula is made of numbers, index variables and sizes only. */
  readonly isIndex: (formula: Formula) => boolean;
}

/**
 * Facts for one question. A plain name that no definition knows, but that the question uses as a
 * number (`d/dz relu(z)`), is a quantity, and conditions on it are not about indices.
 */
export function factsOf(network: Network, asked: Formula): IndexFacts {
  const indexNames = new Set(
    network.definitions.flatMap((definition) => definition.ranges.map((range) => range.index)),
  );
  // A plain name that bounds a range and is not an index of it is a size, declared or not.
  const bounding = new Set<string>();
  for (const definition of network.definitions)
    for (const range of definition.ranges)
      for (const name of freeNames(range.upper)) if (!indexNames.has(name)) bounding.add(name);
  const used = new Set<string>();
  collectQuantities(asked, [], used);
  const role = (name: string) =>
    network.families.get(name)?.role ??
    (used.has(name) && !indexNames.has(name) ? 'quantity' : undefined);
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

/** The plain names that the question uses as numbers and of which the network says nothing. */
export function undeclaredIn(asked: Formula, network: Network): readonly string[] {
  const used = new Set<string>();
  collectQuantities(asked, [], used);
  return [...used].filter((name) => network.families.get(name)?.role === undefined).sort();
}

/** The plain names that stand where numbers stand: not in indices, ranges and conditions. */
function collectQuantities(formula: Formula, bound: readonly string[], found: Set<string>): void {
  const into = (parts: readonly Formula[], more: readonly string[] = []): void => {
    for (const part of parts) collectQuantities(part, [...bound, ...more], found);
  };
  switch (formula.kind) {
    case 'symbol':
      if (formula.indices.length === 0 && !bound.includes(formula.name)) found.add(formula.name);
      return;
    case 'call':
      into(formula.args);
      return;
    case 'sum':
    case 'product':
    case 'family':
    case 'array':
      into([formula.body], boundNames(formula));
      return;
    case 'cases':
      into(formula.branches.map((branch) => branch.value));
      if (formula.otherwise) into([formula.otherwise]);
      return;
    case 'delta':
    case 'indicator':
      return;
    default:
      into(children(formula));
  }
}

/** Names that no author writes (they hold `~`), so that an opened binder clashes with nothing. */
export class FreshNames {
  private count = 0;

  fresh(stem: string): string {
    this.count += 1;
    // Names sort in the order in which they were made, however many were made before.
    return `${stem.replace(/~.*$/, '')}~${String(this.count).padStart(7, '0')}`;
  }
}
