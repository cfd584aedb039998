/** Names that only stand for another entry: `Z_O = Z_o`. */
import { type Formula, type SymbolFormula, symbol } from '../expression/formula.js';
import { freeNames, substitute } from '../expression/walk.js';
import { match } from './match.js';
import { openDefinition, type Prepared } from './prepared.js';
import { tidyIndices } from './settle.js';
import type { Room } from './term.js';

/** How many names may stand for one another in a row. */
const LONGEST_ALIAS = 8;

/** The entry; or, where nothing uses an entry that is only another name, what it names. */
export function aliased(
  entry: SymbolFormula,
  of: Formula,
  prepared: Prepared,
  room: Room,
): SymbolFormula {
  let current = entry;
  for (let count = 0; count < LONGEST_ALIAS; count += 1) {
    const above = prepared.above(current.name);
    if ([...freeNames(of)].some((name) => above.has(name))) return current;
    const next = namedBy(current, prepared, room);
    if (!next) return current;
    current = next;
  }
  return current;
}

function namedBy(entry: SymbolFormula, prepared: Prepared, room: Room): SymbolFormula | undefined {
  for (const definition of prepared.heads.at(entry.name, entry.indices)) {
    if (definition.right.kind !== 'symbol') continue;
    const opened = openDefinition(definition, room.names);
    const bindings = match(symbol(opened.name, opened.head), entry, new Set(opened.variables));
    if (bindings) return tidyIndices(substitute(opened.right, bindings)) as SymbolFormula;
  }
  return undefined;
}
