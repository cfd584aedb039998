/** The loss of a network: what `update` and a bare gradient differentiate. */
import { type Formula, symbol } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { contains, freeNames } from '../expression/walk.js';
import type { Network } from '../network/network.js';

/**
 * The scalar that everything flows into: defined, used by no other definition, of no family or the
 * one entry of its name (`L_1 = ...`). With several, the one defined last. Throws `Unsupported` if
 * there is none.
 */
export function lossOf(network: Network): Formula {
  const forward = network.definitions.filter(
    (definition) => !contains(definition.right, (part) => part.kind === 'derivative'),
  );
  const used = new Set(forward.flatMap((definition) => [...freeNames(definition.right)]));
  const scalars = forward.filter((definition) => definition.head.length === 0);
  const sinks = scalars.filter((definition) => !used.has(definition.name));
  const alone = forward.filter(
    (definition) =>
      definition.head.length > 0 &&
      definition.head.every((index) => index.kind === 'number') &&
      !used.has(definition.name) &&
      forward.filter((other) => other.name === definition.name).length === 1,
  );
  const loss = sinks.at(-1) ?? alone.at(-1) ?? scalars.at(-1);
  if (loss) return symbol(loss.name, loss.head);
  throw new Unsupported(
    'no loss was found: expected a definition of a single number that the other definitions lead to (such as Loss = ...)',
  );
}
