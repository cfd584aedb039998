/** Derivatives that the author named, found by the entry that stands under the bar. */
import { ByNumber, numberOf } from '../network/heads.js';
import type { NamedDerivative } from './prepared.js';

/** By the family, then by the numbers of the entry, that they are derivatives by. */
export function byDifferentiated(
  named: readonly NamedDerivative[],
): ReadonlyMap<string, ByNumber<NamedDerivative>> {
  const lists = new Map<string, NamedDerivative[]>();
  for (const one of named) {
    const { by } = one.derivative;
    if (by.kind === 'symbol') lists.set(by.name, [...(lists.get(by.name) ?? []), one]);
  }
  const indexOf = ({ derivative: { by } }: NamedDerivative, slot: number): number | undefined =>
    by.kind === 'symbol' ? numberOf(by.indices[slot]) : undefined;
  return new Map(
    [...lists].map(([name, list]) => {
      const [first] = list;
      const rank = first?.derivative.by.kind === 'symbol' ? first.derivative.by.indices.length : 0;
      return [name, new ByNumber(list, rank, indexOf)];
    }),
  );
}
