/** Derivatives of the target that still have to be worked out, as factors of terms. */
import { type Formula, type SymbolFormula, symbol } from '../expression/formula.js';
import type { Term } from './term.js';

/** A derivative of the target that still has to be worked out stands as a symbol with this mark. */
const PENDING = '@';

export const pending = (name: string, indices: readonly Formula[]): SymbolFormula =>
  symbol(`${PENDING}${name}`, indices);

/** The entry whose derivative is pending, if the factor is one. */
export function pendingEntry(factor: Formula): SymbolFormula | undefined {
  if (!isPending(factor)) return undefined;
  const known = entries.get(factor);
  if (known) return known;
  const entry = symbol(factor.name.slice(PENDING.length), factor.indices);
  entries.set(factor, entry);
  return entry;
}

const entries = new WeakMap<Formula, SymbolFormula>();

/** Whether the factor is a derivative that is pending. */
export const isPending = (factor: Formula): factor is SymbolFormula =>
  factor.kind === 'symbol' && factor.name.startsWith(PENDING);

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
