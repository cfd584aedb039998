/** A derivative that has a name, matched to a derivative that is met. */
import {
  type derivative,
  type Formula,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { match } from './match.js';

/** The indices of the pattern that make it the derivative of the target by the entry; undefined if none do. */
export function matchDerivative(
  pattern: ReturnType<typeof derivative>,
  target: SymbolFormula,
  entry: SymbolFormula,
  variables: ReadonlySet<string>,
): ReadonlyMap<string, Formula> | undefined {
  const both = (of: Formula, by: Formula) =>
    symbol('both', [
      ...(of.kind === 'symbol' ? of.indices : []),
      ...(by.kind === 'symbol' ? by.indices : []),
    ]);
  const bindings = match(both(pattern.of, pattern.by), both(target, entry), variables);
  return bindings && bindings.size === variables.size ? bindings : undefined;
}
