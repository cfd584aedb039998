/** Slips of name: one quantity written where another of the same shape belongs. */
import { type Formula, symbol, zero } from '../../expression/formula.js';
import { same } from '../../expression/same.js';
import { rewriteUp } from '../../expression/walk.js';
import { told } from '../../rewrite/told.js';
import { type Change, quantityPlaces, type SlipContext, type SlipRow } from './slip.js';
import { quantitiesOf } from './surroundings.js';

const nameReplaced: SlipRow = {
  name: 'name-replaced',
  kind: 'other',
  example: ['y_j delta_j', 'z_j delta_j'],
  *changes(context): Iterable<Change> {
    const names = namesAround(context);
    for (const { part, put } of quantityPlaces(context.suspect)) {
      if (part.kind !== 'symbol') continue;
      for (const other of names) {
        if (other.kind !== 'symbol' || other.name === part.name) continue;
        if (other.indices.length !== part.indices.length) continue;
        const meant = symbol(other.name, part.indices);
        for (const formula of same(meant, other) ? [meant] : [meant, other])
          yield {
            formula: put(formula),
            message: told`${part} stands where ${formula} belongs`,
          };
      }
    }
  },
};

/** `z (1 - z)` for `y (1 - y)`: the same wrong name at each of its places. */
const nameReplacedEverywhere: SlipRow = {
  name: 'name-replaced-everywhere',
  kind: 'other',
  example: ['z_j (1 - z_j) delta_j', 'y_j (1 - y_j) delta_j'],
  *changes(context): Iterable<Change> {
    const parts = quantityPlaces(context.suspect).map(({ part }) => part);
    const counts = new Map<string, number>();
    for (const part of parts)
      if (part.kind === 'symbol') counts.set(part.name, (counts.get(part.name) ?? 0) + 1);
    const names = namesAround(context);
    for (const [name, count] of counts) {
      if (count < 2) continue;
      for (const other of names) {
        if (other.kind !== 'symbol' || other.name === name) continue;
        const formula = rewriteUp(context.suspect, (part) =>
          part.kind === 'symbol' &&
          part.name === name &&
          part.indices.length === other.indices.length
            ? symbol(other.name, part.indices)
            : part,
        );
        yield {
          formula,
          message: told`${symbol(name)} stands everywhere where ${symbol(other.name)} belongs`,
        };
      }
    }
  },
};

/** Names tried in place of another. */
const MOST_NAMES = 40;

/** Names of the line first, then the other families of the network. */
function namesAround(context: SlipContext): readonly Formula[] {
  const others = [...context.network.families.values()]
    .filter((family) => family.role === 'quantity')
    .map((family) =>
      symbol(
        family.name,
        family.slots.map(() => zero),
      ),
    );
  return [...quantitiesOf(context), ...others].slice(0, MOST_NAMES);
}

export const nameRows: readonly SlipRow[] = [nameReplaced, nameReplacedEverywhere];
