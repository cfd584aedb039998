/** Names: which indices a symbol has, and which of them are whole. */
import { type Formula, symbol, whole } from '../../expression/formula.js';
import { substitute } from '../../expression/walk.js';
import type { IndexingContext } from './context.js';
import { describe, type Shaped } from './shaped.js';

/**
 * A symbol with all its indices: missing ones are whole, and each whole index becomes an axis.
 * Names that the vocabulary does not know keep the indices they were written with.
 */
export function shapedSymbol(
  name: string,
  indices: readonly Formula[],
  context: IndexingContext,
): Shaped {
  const { ranks, entries } = context.vocabulary;
  const known = ranks.get(name);
  const matrixName = known ? undefined : entries.get(name);
  const meant = matrixName ?? name;
  const rank = known ?? ranks.get(meant);
  if (rank?.guessed) context.guessed.add(meant);
  const total = rank ? rank.upper + rank.lower : indices.length;
  if (indices.length > total) throw context.clash(tooMany(name, indices.length, total));
  const full = [...indices, ...Array.from({ length: total - indices.length }, () => whole)];
  const axes: string[] = [];
  const written = full.map((index) => {
    if (index.kind !== 'whole') return index;
    const axis = context.make();
    axes.push(axis);
    return symbol(axis);
  });
  const row =
    axes.length === 1 && ((rank?.row ?? false) || isRowSlice(indices, total, rank?.upper));
  return { axes, row, body: symbol(meant, written) };
}

/** `X_{i:}`: the author left only the last index of a matrix open. */
const isRowSlice = (
  indices: readonly Formula[],
  total: number,
  upper: number | undefined,
): boolean =>
  indices.length === total &&
  total - (upper ?? 0) >= 2 &&
  indices.at(-1)?.kind === 'whole' &&
  indices.at(-2)?.kind !== 'whole';

const tooMany = (name: string, met: number, known: number): string =>
  known === 0
    ? `${name} is a single number in the definitions, but here it has ${met === 1 ? 'an index' : `${met} indices`}.`
    : `${name} has ${known === 1 ? 'one index' : `${known} indices`} in the definitions, but here it has ${met}.`;

/** `(W^T d)_k`: an entry of a family; a whole index keeps its axis. */
export function entryOf(
  family: Shaped,
  indices: readonly Formula[],
  context: IndexingContext,
): Shaped {
  if (indices.length > family.axes.length)
    throw context.clash(
      `An entry with ${indices.length} indices is taken of ${describe(family, context)}.`,
    );
  const kept: string[] = [];
  const replacements = new Map<string, Formula>();
  family.axes.forEach((axis, place) => {
    const index = indices[place];
    if (index === undefined || index.kind === 'whole') kept.push(axis);
    else {
      replacements.set(axis, index);
      if (index.kind === 'symbol' && index.indices.length === 0)
        context.ties.push([index.name, axis]);
    }
  });
  const row = kept.length === 1 && (family.row || kept[0] !== family.axes[0]);
  return { axes: kept, row, body: substitute(family.body, replacements) };
}
