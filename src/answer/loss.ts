/** The loss of a network: what `update` and a bare gradient differentiate. */
import { type Formula, symbol } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { contains, freeNames } from '../expression/walk.js';
import type { Network } from '../network/network.js';

/**
 * The scalar that everything flows into: defined, of no family, used by no other definition. With
 * several, the one defined last. Throws `Unsupported` if there is none.
 */
export function lossOf(network: Network): Formula {
  const forward = network.definitions.filter(
    (definition) => !contains(definition.right, (part) => part.kind === 'derivative'),
  );
  const used = new Set(forward.flatMap((definition) => [...freeNames(definition.right)]));
  const scalars = forward.filter((definition) => definition.head.length === 0);
  const sinks = scalars.filter((definition) => !used.has(definition.name));
  const loss = (sinks.length > 0 ? sinks : scalars).at(-1);
  if (loss) return symbol(loss.name);
  throw new Unsupported(
    'no loss was found: expected a definition of a single number that the other definitions lead to (such as Loss = ...)',
  );
}
