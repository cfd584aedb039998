/** Placeholder until the independent evaluator is here. */
import type { Witness } from './agreement.js';
import type { Machine } from './machine.js';
import type { Pairing } from './pairing.js';

export interface Exact {
  difference(
    machine: Machine,
    pairing: Pairing,
    entries: readonly ReadonlyMap<string, number>[],
  ): Witness | undefined;
}
export const exactArithmetic = (): Exact => ({ difference: () => undefined });
