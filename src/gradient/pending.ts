/** Derivatives of the target that still have to be worked out, as factors of terms. */
import { type Formula, type SymbolFormula, symbol } from '../expression/formula.js';
import type { Term } from './term.js';

/** A derivative of the target that still has to be worked out stands as a symbol with this mark. */
const PENDING = '@';

export const pending = (name: string, indices: readonly Formula[]): SymbolFormula =>
  symbol(`${PENDING}${name}`, indices);

/** The entry whose derivative is pending, if the factor is one. */
export const pendingEntry = (factor: Formula): SymbolFormula | undefined =>
  factor.kind === 'symbol' && factor.name.startsWith(PENDING)
    ? symbol(factor.name.slice(PENDING.length), factor.indices)
    : undefined;

/** The pending derivative among the factors of a term, and its place. */
export function pendingIn(
  term: Term,
): { readonly entry: SymbolFormula; readonly place: number } | undefined {
  for (const [place, factor] of term.factors.entries()) {
    const entry = pendingEntry(factor);
    if (entry) return { entry, place };
  }
  return undefined;
}
