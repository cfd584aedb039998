/** Written-out sums whose signs alternate: `a_1 - a_2 + a_3 - ... + (-1)^(n+1) a_n`. */
import { type Affine, affineOf, combine } from '../expression/affine.js';
import {
  bound,
  type Formula,
  number,
  one,
  rawAdd,
  rawMultiply,
  rawPower,
  symbol,
} from '../expression/formula.js';
import { substitute } from '../expression/walk.js';
import type { Fit } from './dots-bounds.js';
import { negated } from './negation.js';
import { sameTerm } from './same-term.js';

/** Whether a term is written with a minus. */
export const isNegative = (term: Formula | undefined): boolean =>
  term !== undefined &&
  ((term.kind === 'number' && term.value.s < 0n) ||
    (term.kind === 'multiply' && term.factors[0] !== undefined && isNegative(term.factors[0])));

export const withoutSign = (term: Formula): Formula => (isNegative(term) ? negated(term) : term);

/** The last term without its sign, and the sign: a plain one, or an exponent of -1. */
function lastTerm(term: Formula): { readonly term: Formula; readonly sign: Affine } | undefined {
  const bare = withoutSign(term);
  const turns = bare.kind === 'multiply' ? bare.factors[0] : undefined;
  const own = affineOf(number(isNegative(term) ? 1 : 0)) as Affine;
  if (bare.kind !== 'multiply' || turns?.kind !== 'power' || !isMinusOne(turns.base))
    return { term: bare, sign: own };
  const exponent = affineOf(turns.exponent);
  const rest = bare.factors.slice(1);
  return exponent && { term: rawMultiply(rest), sign: combine(exponent, own, 1) };
}

const isMinusOne = (formula: Formula): boolean =>
  formula.kind === 'number' && formula.value.equals(-1);

/**
 * The sum with (-1)^i in it, if two written terms alternate and the last one has the sign that this
 * gives it: a number of terms must be known, or the sign written as a power of -1.
 */
export function fitAlternating(
  before: readonly Formula[],
  after: readonly Formula[],
  isDotsNegative: boolean,
  fitted: (before: readonly Formula[], after: readonly Formula[]) => readonly Fit[],
): readonly Fit[] {
  let start = before.length;
  let next = isDotsNegative;
  while (start > 0 && isNegative(before[start - 1]) !== next) {
    next = !next;
    start -= 1;
  }
  const written = before.slice(start);
  const last = after[0] && lastTerm(after[0]);
  if (written.length < 2 || !last) return [];
  const fits = fitted(written.map(withoutSign), [last.term, ...after.slice(1)]);
  return fits.flatMap((found) => {
    const { formula } = found;
    if (found.before.length > 0 || formula.kind !== 'sum' || !formula.bounds) return [];
    const { index, body, bounds } = formula;
    const { lower, upper } = bounds;
    const first = written[0] as Formula;
    const isUpward = sameTerm(withoutSign(first), substitute(body, new Map([[index, lower]])));
    if (!isUpward || lower.kind !== 'number') return [];
    const odd = lower.value
      .add(isNegative(first) ? 1 : 0)
      .mod(2)
      .equals(0)
      ? 0
      : 1;
    const top = affineOf(upper);
    if (!top || !isEven(combine(combine(top, affineOf(number(odd)) as Affine, 1), last.sign, -1)))
      return [];
    const exponent = rawAdd([symbol(index), ...(odd === 1 ? [one] : [])]);
    const signed = rawMultiply([rawPower(number(-1), exponent), body]);
    return [
      { ...found, before: before.slice(0, start), formula: bound('sum', index, bounds, signed) },
    ];
  });
}

const isEven = ({ constant, parts }: Affine): boolean =>
  [constant, ...[...parts.values()].map((part) => part.coefficient)].every((value) =>
    value.mod(2).equals(0),
  );
