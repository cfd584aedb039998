/** Paths through a concrete network, from one entry to another. */
import type { Binder, Formula } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { children } from '../expression/walk.js';
import { definitionOf, holds } from './entries.js';
import { type IndexValues, integerOf } from './integers.js';
import { lower } from './lower.js';
import type { Network } from './network.js';

/** More entries than this are not visited. */
const MOST_ENTRIES = 200_000;

interface Entry {
  readonly name: string;
  readonly indices: readonly number[];
}

const keyOf = ({ name, indices }: Entry): string => `${name}[${indices.join()}]`;

/**
 * The number of ways from one entry to another along definitions: an edge for each entry that a
 * definition reads. Throws `Unsupported` if a size has no number.
 */
export function countPaths(from: Formula, to: Formula, network: Network): number {
  const [start, end] = [entryOf(from, network), entryOf(to, network)];
  const counts = new Map<string, number>();
  const target = keyOf(start);
  const count = (entry: Entry): number => {
    const key = keyOf(entry);
    if (key === target) return 1;
    const known = counts.get(key);
    if (known !== undefined) return known;
    if (counts.size >= MOST_ENTRIES)
      throw new Unsupported(`more than ${MOST_ENTRIES} entries lie on the way`);
    counts.set(key, 0);
    const total = readBy(entry, network).reduce((sum, next) => sum + count(next), 0);
    counts.set(key, total);
    return total;
  };
  return count(end);
}

function entryOf(formula: Formula, network: Network): Entry {
  const { body, axes, free } = lower(formula, network);
  if (body.kind !== 'symbol' || axes.length + free.length > 0)
    throw new Unsupported('paths lead from one unit to another, such as x_1 to H', formula);
  return {
    name: body.name,
    indices: body.indices.map((index) => integerOf(index, network, new Map())),
  };
}

/** The entries that the definition of an entry reads, each once. */
function readBy(entry: Entry, network: Network): readonly Entry[] {
  const found = definitionOf(entry.name, entry.indices, network);
  if (!found) return [];
  const entries = new Map<string, Entry>();
  const visit = (formula: Formula, values: IndexValues): void => {
    switch (formula.kind) {
      case 'symbol': {
        const family = network.families.get(formula.name);
        if (family?.role !== 'quantity' || values.has(formula.name)) return;
        const indices = formula.indices.map((index) => integerOf(index, network, values));
        const next = { name: formula.name, indices };
        entries.set(keyOf(next), next);
        return;
      }
      case 'sum':
      case 'product':
        if (!formula.bounds) throw new Unsupported('a sum has no range', formula);
        over([{ index: formula.index, ...formula.bounds }], values, (inner) => {
          if (formula.where.every((part) => holds(part, network, inner)))
            visit(formula.body, inner);
        });
        return;
      case 'family':
      case 'array':
        over(formula.binders, values, (inner) => visit(formula.body, inner));
        return;
      default:
        for (const part of children(formula)) visit(part, values);
    }
  };
  const over = (
    binders: readonly Binder[],
    values: IndexValues,
    each: (values: IndexValues) => void,
  ): void => {
    const [first, ...rest] = binders;
    if (!first) {
      each(values);
      return;
    }
    const last = integerOf(first.upper, network, values);
    for (let index = integerOf(first.lower, network, values); index <= last; index += 1)
      over(rest, new Map([...values, [first.index, index]]), each);
  };
  visit(found.definition.right, found.values);
  return [...entries.values()];
}
