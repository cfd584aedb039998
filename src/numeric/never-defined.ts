/** Formulas that have a number at no point: a division by zero, the logarithm of zero and the like. */
import { type Formula, zero } from '../expression/formula.js';
import { children } from '../expression/walk.js';
import { headsOf } from '../network/heads.js';
import type { Network } from '../network/network.js';
import { boundsOf, type Interval } from './never-on.js';

/** Definitions that are followed. */
const MOST_DEFINITIONS = 40;
/** What rounding may add to a bound. */
const ROUNDING = 1e-12;

/** Parts that may not be worked out at all: a range may be empty, another case may apply. */
const MAY_BE_SKIPPED: ReadonlySet<Formula['kind']> = new Set([
  'sum',
  'product',
  'cases',
  'derivative',
  'family',
  'array',
  'indicator',
  'operation',
]);

/** The part of a formula, or of what it is defined by, that has a number nowhere. */
export function undefinedPart(formula: Formula, network: Network): Formula | undefined {
  const names = new Set<string>();
  const seen = new Set<Formula>([formula]);
  for (const part of seen) {
    if (MAY_BE_SKIPPED.has(part.kind)) continue;
    if (part.kind === 'symbol') {
      const [only, ...others] = headsOf(network.definitions).of(part.name);
      const isGeneral = only && others.length === 0 && only.where.length === 0;
      if (isGeneral && names.size < MOST_DEFINITIONS && !names.has(part.name)) {
        names.add(part.name);
        seen.add(only.right);
      }
      continue;
    }
    if (isNeverDefined(part, network)) return part;
    for (const child of children(part)) seen.add(child);
  }
  return undefined;
}

function isNeverDefined(part: Formula, network: Network): boolean {
  const bounds = (inner: Formula): Interval => boundsOf(inner, zero, network);
  if (part.kind === 'power') {
    if (part.exponent.kind !== 'number') return false;
    const { low, high } = bounds(part.base);
    if (part.exponent.value.compare(0) < 0 && low === 0 && high === 0) return true;
    return part.exponent.value.d % 2n === 0n && high < -ROUNDING;
  }
  if (part.kind !== 'call' || part.slots.length > 0 || network.functions.has(part.name))
    return false;
  const [argument] = part.args;
  if (!argument || argument.kind === 'array') return false;
  const { low, high } = bounds(argument);
  switch (part.name) {
    case 'log':
    case 'log2':
    case 'log10':
      return high <= 0;
    case 'log1p':
      return high <= -1;
    case 'sqrt':
      return high < -ROUNDING;
    case 'asin':
    case 'acos':
      return low > 1 + ROUNDING || high < -1 - ROUNDING;
    case 'atanh':
      return low >= 1 || high <= -1;
    case 'acosh':
      return high < 1 - ROUNDING;
    case 'coth':
    case 'csch':
    case 'acsch':
      return low === 0 && high === 0;
    case 'tan':
    case 'sec':
      return low === high && isWhole(low / Math.PI - 1 / 2);
    case 'cot':
    case 'csc':
      return low === high && isWhole(low / Math.PI);
    default:
      return false;
  }
}

const isWhole = (value: number): boolean => Math.abs(value - Math.round(value)) < ROUNDING;
