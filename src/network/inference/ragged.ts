/** Which earlier slots a size may depend on: layers, never units. */
import type { Formula } from '../../expression/formula.js';
import { children } from '../../expression/walk.js';
import type { Vocabulary } from '../network.js';
import { depthOf, type Facts } from './facts.js';
import type { Ragged } from './uses.js';

/**
 * Upper indices count layers. A lower index does so only where shapes are declared or given for
 * single values of it (`W_1 in R^(4 x 3)`, `W_2 in R^(2 x 4)`).
 */
export function raggedOf(facts: Facts, vocabulary: Vocabulary): Ragged {
  const layered = new Map<string, Set<number>>();
  const take = (name: string, indices: readonly Formula[], more: boolean): void => {
    if (!more) return;
    const upper = vocabulary.ranks.get(name)?.upper ?? 0;
    indices.forEach((index, place) => {
      if (place < upper || index.kind === 'whole') return;
      const places = layered.get(name) ?? new Set<number>();
      places.add(place);
      layered.set(name, places);
    });
  };
  for (const { targets, sizes, ranges } of facts.declares)
    for (const target of targets)
      if (target.kind === 'symbol' && ranges.length === 0)
        take(target.name, target.indices, sizes.length > 0);
  for (const { items } of facts.givens)
    for (const { target, value } of items)
      if (target.kind === 'symbol') take(target.name, target.indices, depthOf(value) > 0);
  const look = (formula: Formula): void => {
    if (formula.kind === 'symbol' && formula.indices.some((index) => index.kind === 'number')) {
      const rank = vocabulary.ranks.get(formula.name);
      const open = rank ? rank.upper + rank.lower > formula.indices.length : false;
      take(formula.name, formula.indices, open);
    }
    for (const part of children(formula)) look(part);
  };
  for (const { head, statement } of facts.definitions) {
    look(statement.right);
    const rank = vocabulary.ranks.get(head.name);
    const open = rank ? rank.upper + rank.lower > head.indices.length : false;
    take(head.name, head.indices, open && head.indices.some((index) => index.kind === 'number'));
  }
  return (name, slot) => {
    const upper = vocabulary.ranks.get(name)?.upper ?? 0;
    const lower = layered.get(name);
    return Array.from({ length: slot }, (_, place) => place).filter(
      (place) => place < upper || (lower?.has(place) ?? false),
    );
  };
}
