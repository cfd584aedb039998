/** Sums and products over ranges of a known number of entries, written out. */
import { add, type Formula, multiply, number, symbol } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { mapChildren, rewriteUp, substitute } from '../expression/walk.js';
import { tidy } from '../laws/tidy.js';
import type { Network } from '../network/network.js';

/** Ranges longer than this are not written out. */
export const LONGEST_RANGE = 40;

/** A bound as a whole number, with the sizes that the sheet fixes. */
export function wholeNumber(formula: Formula, network: Network): number | undefined {
  const known = network.sizes.get(structureKey(formula));
  if (known !== undefined) return known;
  const worked = tidy(
    rewriteUp(formula, (part) => {
      const size = part.kind === 'symbol' ? network.sizes.get(structureKey(part)) : undefined;
      return size === undefined ? part : number(size);
    }),
  );
  return worked.kind === 'number' && worked.value.d === 1n ? worked.value.valueOf() : undefined;
}

/** The formula with every sum and product of known, short range written out. */
export function writtenOutSums(formula: Formula, network: Network): Formula {
  const visit = (part: Formula): Formula => {
    if ((part.kind !== 'sum' && part.kind !== 'product') || !part.bounds || part.where.length > 0)
      return mapChildren(part, visit);
    const lower = wholeNumber(part.bounds.lower, network);
    const upper = wholeNumber(part.bounds.upper, network);
    if (lower === undefined || upper === undefined || upper - lower >= LONGEST_RANGE)
      return mapChildren(part, visit);
    const entries: Formula[] = [];
    for (let value = lower; value <= upper; value += 1)
      entries.push(visit(substitute(part.body, new Map([[part.index, number(value)]]))));
    return part.kind === 'sum' ? add(...entries) : multiply(...entries);
  };
  return withNumbersInIndices(visit(formula));
}

/** Indices worked out: `z_(1 + 1)` is `z_2`. */
const withNumbersInIndices = (formula: Formula): Formula =>
  rewriteUp(formula, (part) =>
    part.kind === 'symbol' && part.indices.length > 0
      ? symbol(part.name, part.indices.map(tidy))
      : part,
  );
