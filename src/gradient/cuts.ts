/** Derivatives given as data: at such an entry the walk stops, what lies behind it is not looked at. */
import type { SymbolFormula } from '../expression/formula.js';
import { same } from '../expression/same.js';
import type { Network } from '../network/network.js';

/**
 * Whether a derivative of the target by entries like this one was given. Indices that are numbers on
 * both sides must agree; any other index counts as covered (a family is given as a whole).
 */
export function isCut(target: SymbolFormula, entry: SymbolFormula, network: Network): boolean {
  return network.givens.some(({ target: given }) => {
    if (given.kind !== 'derivative' || given.by.kind !== 'symbol') return false;
    if (given.by.name !== entry.name || !same(given.of, target)) return false;
    return given.by.indices.every((index, place) => {
      const other = entry.indices[place];
      return index.kind !== 'number' || other?.kind !== 'number' || index.value.equals(other.value);
    });
  });
}
