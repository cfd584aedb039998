/** Summing a polynomial over an index: deltas collapse, indicators narrow, constants count. */
import {
  add,
  type Bounds,
  compare,
  type Formula,
  minusOne,
  number,
  one,
  subtract,
  symbol,
} from '../expression/formula.js';
import { freeNames } from '../expression/walk.js';
import { affine, asInteger, difference, solveFor, tidyIndex } from './affine.js';
import { isAtMost, isNonNegative } from './ranges.js';
import type { Session } from './session.js';
import { addAll, constant, namesIn, type Polynomial, polynomialOf, type Term } from './term.js';
import { substituteNormal, times } from './tidy.js';

/** `sum over index of body`, where the index is a name nobody else uses. */
export function sumOver(
  body: Polynomial,
  index: string,
  bounds: Bounds,
  session: Session,
): Polynomial {
  const length = asInteger(add(subtract(bounds.upper, bounds.lower), one));
  if (length !== undefined && length <= 0) return constant(0);
  if (length !== undefined && length <= session.unrollLimit)
    return writtenOut(body, index, bounds, length, session);
  return session.checked(
    addAll([...body.values()].map((term) => sumTerm(term, index, bounds, session))),
  );
}

const writtenOut = (
  body: Polynomial,
  index: string,
  bounds: Bounds,
  length: number,
  session: Session,
): Polynomial =>
  addAll(
    Array.from({ length }, (_, at) => {
      const value = tidyIndex(add(bounds.lower, number(at)));
      const replacement = new Map([[index, value]]);
      return addAll([...body.values()].map((term) => substituteNormal(term, replacement, session)));
    }),
  );

function sumTerm(term: Term, index: string, bounds: Bounds, session: Session): Polynomial {
  session.spend();
  const collapsed = collapseDelta(term, index, bounds, session);
  if (collapsed) return collapsed;
  const narrowed = narrow(term, index, bounds, session);
  if (narrowed) return sumTerm(narrowed.term, index, narrowed.bounds, session);
  if (!namesIn(term).has(index)) {
    const length = tidyIndex(add(subtract(bounds.upper, bounds.lower), one));
    if (isNonNegative(affine(length), session.knowledge))
      return times(polynomialOf([term]), session.normalise(length), session);
  }
  return fromOne(term, index, bounds, session);
}

/** `sum_i delta(i, k) x_i` is `x_k` if k lies in the range: known, assumed, or as indicators. */
function collapseDelta(
  term: Term,
  index: string,
  bounds: Bounds,
  session: Session,
): Polynomial | undefined {
  for (const [key, factor] of term.factors) {
    if (factor.base.kind !== 'delta' || factor.exponent.compare(0) <= 0) continue;
    const value = solveFor(difference(factor.base.left, factor.base.right), index);
    if (!value || freeNames(value).has(index)) continue;
    const factors = new Map(term.factors);
    factors.delete(key);
    const rest = substituteNormal({ ...term, factors }, new Map([[index, value]]), session);
    return times(rest, withinRange(value, bounds, session), session);
  }
  return undefined;
}

/** 1 where an index lies in a range: as a number if that is known, else as indicators. */
export function withinRange(value: Formula, bounds: Bounds, session: Session): Polynomial {
  let result = constant(1);
  for (const [low, high] of [
    [bounds.lower, value],
    [value, bounds.upper],
  ] as const) {
    if (isAtMost(low, high, session.knowledge)) continue;
    const unknown = value.kind === 'symbol' && !session.isWhole(value.name);
    const condition = compare(low, '<=', high);
    if (unknown)
      session.assume(`range ${JSON.stringify(String(session.conditions.size))}`, condition);
    else result = times(result, session.normalise({ kind: 'indicator', when: condition }), session);
  }
  return result;
}

/** An indicator on the index itself becomes an end of the range. */
function narrow(
  term: Term,
  index: string,
  bounds: Bounds,
  session: Session,
): { term: Term; bounds: Bounds } | undefined {
  for (const [key, factor] of term.factors) {
    if (factor.base.kind !== 'indicator' || factor.base.when.kind !== 'compare') continue;
    if (factor.base.when.relation !== '>') continue;
    const inside = affine(factor.base.when.left);
    const own = [...inside.parts.values()].find(
      (part) => part.atom.kind === 'symbol' && part.atom.name === index,
    );
    if (!own?.coefficient.abs().equals(1)) continue;
    const whole = [...inside.parts.values()].every(
      (part) =>
        part.coefficient.d === 1n && part.atom.kind === 'symbol' && session.isWhole(part.atom.name),
    );
    if (!whole || inside.constant.d !== 1n) continue;
    const end = solveFor(inside, index);
    if (!end || freeNames(end).has(index)) continue;
    const upward = own.coefficient.compare(0) > 0;
    const limit = tidyIndex(add(end, upward ? one : minusOne));
    const next = upward
      ? tighter(bounds.lower, limit, (left, right) => isAtMost(left, right, session.knowledge))
      : tighter(bounds.upper, limit, (left, right) => isAtMost(right, left, session.knowledge));
    if (!next) continue;
    const factors = new Map(term.factors);
    factors.delete(key);
    return {
      term: { ...term, factors },
      bounds: upward ? { ...bounds, lower: next } : { ...bounds, upper: next },
    };
  }
  return undefined;
}

const tighter = (
  old: Formula,
  limit: Formula,
  atMost: (left: Formula, right: Formula) => boolean,
): Formula | undefined => (atMost(old, limit) ? limit : atMost(limit, old) ? old : undefined);

/** The term with a range that starts at 1. */
function fromOne(term: Term, index: string, bounds: Bounds, session: Session): Polynomial {
  const offset = tidyIndex(subtract(bounds.lower, one));
  const upper = tidyIndex(subtract(bounds.upper, offset));
  const still = offset.kind === 'number' && offset.value.equals(0);
  const range = { index, lower: one, upper };
  if (session.options.ends === 'aligned') {
    const aligned = alignedEnds(term, index, bounds, session);
    if (aligned) return aligned;
  }
  if (still) return polynomialOf([{ ...term, bounds: [...term.bounds, range] }]);
  const shifted = substituteNormal(
    term,
    new Map([[index, tidyIndex(add(symbol(index), offset))]]),
    session,
  );
  return polynomialOf(
    [...shifted.values()].map((part) => ({ ...part, bounds: [...part.bounds, range] })),
  );
}

/** Entries split off at one end, at most. */
const SPLIT_LIMIT = 8;

/** The numeric part of an end, and the end without it. */
export function splitEnd(end: Formula): { readonly rest: Formula; readonly number: number } {
  const value = affine(end);
  const whole = value.constant.d === 1n ? value.constant.valueOf() : 0;
  return { rest: tidyIndex(subtract(end, number(whole))), number: whole };
}

/**
 * `sum_{i=s+a}^{t+b}` as `sum_{i=s+1}^{t}` and the entries at the ends. Needs `t+b >= s+a-1` and
 * `t >= s`; both must follow from what is known, since an empty range makes them false.
 */
function alignedEnds(
  term: Term,
  index: string,
  bounds: Bounds,
  session: Session,
): Polynomial | undefined {
  const low = splitEnd(bounds.lower);
  const high = splitEnd(bounds.upper);
  if (asInteger(high.rest) !== undefined) return undefined;
  if (low.number === 1 && high.number === 0) return undefined;
  if (Math.abs(low.number - 1) > SPLIT_LIMIT || Math.abs(high.number) > SPLIT_LIMIT)
    return undefined;
  const span = subtract(bounds.upper, subtract(bounds.lower, one));
  const core = subtract(high.rest, low.rest);
  if (!isNonNegative(affine(span), session.knowledge)) return undefined;
  if (!isNonNegative(affine(core), session.knowledge)) return undefined;
  noteNotEmpty(bounds, session);
  const at = (value: Formula, sign: number): Polynomial =>
    substituteNormal(
      { ...term, coefficient: term.coefficient.mul(sign) },
      new Map([[index, tidyIndex(value)]]),
      session,
    );
  const parts: Polynomial[] = [];
  for (let k = low.number; k < 1; k += 1) parts.push(at(add(low.rest, number(k)), 1));
  for (let k = 1; k < low.number; k += 1) parts.push(at(add(low.rest, number(k)), -1));
  for (let k = 1; k <= high.number; k += 1) parts.push(at(add(high.rest, number(k)), 1));
  for (let k = 0; k > high.number; k -= 1) parts.push(at(add(high.rest, number(k)), -1));
  const main = sumTerm(
    term,
    index,
    { lower: tidyIndex(add(low.rest, one)), upper: high.rest },
    session,
  );
  return addAll([main, ...parts]);
}

/** Records that a range is not empty (or just empty), when a result rests on it. */
export function noteNotEmpty(bounds: Bounds, session: Session): void {
  const condition = compare(bounds.upper, '>=', tidyIndex(subtract(bounds.lower, one)));
  session.assume(`range ${JSON.stringify(session.conditions.size)}`, condition);
}
