/** What a definition says of one entry. */
import { type Formula, type SymbolFormula, symbol } from '../expression/formula.js';
import { substitute } from '../expression/walk.js';
import { headsOf } from '../network/heads.js';
import { plainBoundNames } from './bound-names.js';
import type { Ground } from './ground.js';
import { match } from './match.js';
import { openDefinition } from './prepared.js';
import { tidyIndices } from './settle.js';

/** The right side at the entry; `undefined` unless exactly one definition can be meant. */
export function definitionAt(
  entry: SymbolFormula,
  { prepared, room }: Ground,
): Formula | undefined {
  const { network } = prepared;
  const found = headsOf(network.definitions)
    .at(entry.name, entry.indices)
    .flatMap((definition) => {
      const opened = openDefinition(definition, room.names);
      const bindings = match(symbol(opened.name, opened.head), entry, new Set(opened.variables));
      return bindings ? [tidyIndices(substitute(opened.right, bindings))] : [];
    });
  const [only] = found;
  return only && found.length === 1 ? plainBoundNames(only, []) : undefined;
}
