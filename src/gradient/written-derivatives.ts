/** Definitions that use derivatives (`v = w - eta dC/dw`, or `w - eta delta`): nothing may be missed. */
import { type Formula, type SymbolFormula, symbol } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { contains, freeNames, rewriteUp, substitute } from '../expression/walk.js';
import type { Definition } from '../network/network.js';
import type { Ground } from './ground.js';
import { match } from './match.js';
import { openDefinition, type Prepared } from './prepared.js';
import { tidyIndices } from './settle.js';

/**
 * What is to be differentiated, with derivatives written out where its own definition uses them.
 *
 * @throws Unsupported if a definition further down uses a derivative
 */
export function withDerivativesWritten(of: Formula, ground: Ground): Formula {
  const { prepared } = ground;
  const { uses, definitions } = usesIn(prepared);
  const written = uses(of) ? writeOut(of, ground) : of;
  for (const definition of definitions) {
    if (written.kind === 'symbol' && definition.name === written.name) {
      const right = rightSideOf(written, ground);
      if (right) return writeOut(right, ground);
    }
    if ([...freeNames(written)].some((name) => isBelow(definition.name, name, prepared)))
      throw new Unsupported(
        `${definition.name} is defined by a derivative, and a derivative is taken through it; put its definition in`,
        written,
      );
  }
  return written;
}

/** What uses derivatives, or their names. */
interface Uses {
  readonly uses: (formula: Formula) => boolean;
  readonly definitions: readonly Definition[];
}

const remembered = new WeakMap<Prepared, Uses>();

function usesIn(prepared: Prepared): Uses {
  const known = remembered.get(prepared);
  if (known) return known;
  const names = new Set(prepared.named.map((one) => one.definition.name));
  const uses = (formula: Formula): boolean =>
    contains(
      formula,
      (part) => part.kind === 'derivative' || (part.kind === 'symbol' && names.has(part.name)),
    );
  const found = { uses, definitions: prepared.definitions.filter(({ right }) => uses(right)) };
  remembered.set(prepared, found);
  return found;
}

/** Whether the first name is one that the second depends on. */
const isBelow = (name: string, top: string, prepared: Prepared): boolean =>
  prepared.above(name).has(top);

function rightSideOf(entry: SymbolFormula, { prepared, room }: Ground): Formula | undefined {
  for (const definition of prepared.definitions) {
    if (definition.name !== entry.name) continue;
    const opened = openDefinition(definition, room.names);
    const bindings = match(symbol(opened.name, opened.head), entry, new Set(opened.variables));
    if (bindings) return tidyIndices(substitute(opened.right, bindings));
  }
  return undefined;
}

/** Names of derivatives (`delta^l_j`) replaced by the derivatives that they name. */
function writeOut(formula: Formula, { prepared, room }: Ground): Formula {
  return rewriteUp(formula, (part) => {
    if (part.kind !== 'symbol') return part;
    for (const { definition } of prepared.named) {
      if (definition.name !== part.name) continue;
      const opened = openDefinition(definition, room.names);
      const bindings = match(symbol(opened.name, opened.head), part, new Set(opened.variables));
      if (bindings) return tidyIndices(substitute(opened.right, bindings));
    }
    return part;
  });
}
