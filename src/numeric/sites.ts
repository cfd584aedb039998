/**
 * Sites: where a formula changes its branch, at conditions, kinks, the largest of several numbers,
 * and even powers below a root. Each says of a difference of two formulas that its sign decides.
 */
import Fraction from 'fraction.js';
import { type AffinePart, combine, linear, scaled } from '../expression/affine.js';
import {
  type CallFormula,
  type Condition,
  type FamilyFormula,
  type Formula,
  number,
  type PowerFormula,
} from '../expression/formula.js';
import { functionNamed } from '../expression/functions.js';
import { structureKey } from '../expression/same.js';
import { KINKED_AT_ZERO } from './kinks.js';

/** The side of a site on which a point lies: `left > right` or `left < right`. */
export type Side = 1 | -1;

export interface Site {
  /** The same for differences that are multiples of one another. */
  readonly key: string;
  readonly left: Formula;
  readonly right: Formula;
  /** How the difference is oriented in the key: -1 where the key means `right - left`. */
  readonly orientation: Side;
  /** Whether both sides must have been seen for the numbers to say anything. */
  readonly required: boolean;
}

/** What may change its branch by itself. */
export type Branching = Condition | CallFormula | FamilyFormula | PowerFormula;

/** Kinked in the value or the slope at 0 without being listed as kinks of the table. */
const SPLIT_AT_ZERO: ReadonlySet<string> = new Set([...KINKED_AT_ZERO, 'softsign']);

const known = new WeakMap<Branching, readonly Site[]>();
const noSites: readonly Site[] = [];

/** The sites of a comparison, a call, a family or a power itself, not of what is inside it. */
export function sitesAt(part: Branching): readonly Site[] {
  const remembered = known.get(part);
  if (remembered) return remembered;
  const made = sitesMade(part);
  known.set(part, made);
  return made;
}

function sitesMade(part: Branching): readonly Site[] {
  switch (part.kind) {
    case 'compare':
      // Where two numbers are equal is no side of its own: points on it are chosen, not drawn.
      return part.relation === '=' || part.relation === '!='
        ? noSites
        : [siteOf(part.left, part.right, true)];
    case 'call': {
      const [first, second] = part.args;
      if (!first || first.kind === 'array') return noSites;
      if (part.name === 'max' || part.name === 'min')
        return second ? [siteOf(first, second, true)] : noSites;
      const kinks = SPLIT_AT_ZERO.has(part.name) ? [0] : (functionNamed(part.name)?.kinks ?? []);
      return kinks.map((kink) => siteOf(first, number(kink), true));
    }
    case 'family':
      return part.name === 'max' || part.name === 'min'
        ? [{ ...siteOf(part, number(0), true), key: `first of ${structureKey(part)}` }]
        : noSites;
    case 'power': {
      const { base, exponent } = part;
      const even =
        exponent.kind === 'number' && exponent.value.d === 1n && exponent.value.n % 2n === 0n;
      return even && base.kind !== 'number' ? [siteOf(base, number(0), false)] : noSites;
    }
    default:
      return noSites;
  }
}

function siteOf(left: Formula, right: Formula, required: boolean): Site {
  const form = combine(linear(left, structureKey), linear(right, structureKey), -1);
  const names = [...form.parts.keys()].sort();
  const [first] = names;
  const leading =
    first === undefined ? form.constant : (form.parts.get(first) as AffinePart).coefficient;
  const orientation: Side = leading.compare(0) < 0 ? -1 : 1;
  const unit = leading.equals(0) ? new Fraction(1) : leading.inverse();
  const plain = scaled(form, unit);
  const key = [
    ...names.map(
      (name) => `${(plain.parts.get(name) as AffinePart).coefficient.toFraction()} ${name}`,
    ),
    plain.constant.toFraction(),
  ].join(' + ');
  return { key, left, right, orientation, required };
}

/** The name of a site in a machine. */
export const placeOf = (context: string, site: Site): string => `${context}|${site.key}`;

/** The context inside a call of a defined function. */
export const contextOf = (context: string, call: CallFormula): string =>
  `${context}>${structureKey(call)}`;
