/** Sums and products over ranges of a known number of entries, written out. */
import {
  add,
  type Condition,
  type Formula,
  multiply,
  number,
  one,
  symbol,
  zero,
} from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { mapChildren, mapCondition, rewriteUp, substitute } from '../expression/walk.js';
import { tidy } from '../laws/tidy.js';
import type { Network } from '../network/network.js';

/** Ranges longer than this are not written out. */
export const LONGEST_RANGE = 40;

type Sizes = Pick<Network, 'sizes'>;

/** A bound or index as a whole number, with the sizes that the sheet fixes. */
export function wholeNumber(formula: Formula, network: Sizes): number | undefined {
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

/**
 * Whether a condition between whole numbers holds; `undefined` if it mentions anything else.
 */
function decided(condition: Condition, network: Sizes): boolean | undefined {
  if (condition.kind === 'member') return undefined;
  if (condition.kind !== 'compare') {
    const parts = condition.parts.map((part) => decided(part, network));
    const deciding = condition.kind === 'or';
    if (parts.includes(deciding)) return deciding;
    return parts.includes(undefined) ? undefined : !deciding;
  }
  const left = wholeNumber(condition.left, network);
  const right = wholeNumber(condition.right, network);
  if (left === undefined || right === undefined) return undefined;
  switch (condition.relation) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/**
 * The formula with every sum and product of known, short range written out, deltas and indicators
 * between whole numbers decided, and indices worked out (`z_(1 + 1)` is `z_2`, `f_L` is `f_3` where
 * L is 3). Ranges that are symbolic or longer than {@link LONGEST_RANGE} stay.
 */
export function writtenOutSums(formula: Formula, network: Sizes): Formula {
  const visit = (part: Formula): Formula => {
    if (part.kind !== 'sum' && part.kind !== 'product') return mapChildren(part, visit);
    const values = rangeOf(part.bounds, network);
    if (values === undefined) return mapChildren(part, visit);
    const entries: Formula[] = [];
    for (const value of values) {
      const here = new Map([[part.index, number(value)]]);
      const conditions = part.where.map((condition) =>
        decided(
          mapCondition(condition, (inner) => substitute(inner, here)),
          network,
        ),
      );
      if (conditions.includes(undefined)) return mapChildren(part, visit);
      if (!conditions.includes(false)) entries.push(visit(substitute(part.body, here)));
    }
    return part.kind === 'sum' ? add(...entries) : multiply(...entries);
  };
  return worked(visit(formula), network);
}

function rangeOf(
  bounds: { readonly lower: Formula; readonly upper: Formula } | undefined,
  network: Sizes,
): readonly number[] | undefined {
  const lower = bounds && wholeNumber(bounds.lower, network);
  const upper = bounds && wholeNumber(bounds.upper, network);
  if (lower === undefined || upper === undefined || upper - lower >= LONGEST_RANGE)
    return undefined;
  return Array.from({ length: Math.max(0, upper - lower + 1) }, (_, place) => lower + place);
}

/** Indices, deltas and indicators worked out where they are numbers; products that vanish go. */
const worked = (formula: Formula, network: Sizes): Formula =>
  rewriteUp(formula, (part) => {
    switch (part.kind) {
      case 'symbol':
        return part.indices.length === 0
          ? part
          : symbol(
              part.name,
              part.indices.map((index) => {
                const value = wholeNumber(index, network);
                return value === undefined ? tidy(index) : number(value);
              }),
            );
      case 'delta': {
        const [left, right] = [wholeNumber(part.left, network), wholeNumber(part.right, network)];
        if (left === undefined || right === undefined) return part;
        return left === right ? one : zero;
      }
      case 'indicator': {
        const holds = decided(part.when, network);
        return holds === undefined ? part : holds ? one : zero;
      }
      case 'multiply':
        return multiply(...part.factors);
      case 'add':
        return add(...part.terms);
      default:
        return part;
    }
  });
