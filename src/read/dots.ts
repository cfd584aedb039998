/**
 * Written-out sums and products: `w_2 w_3 ... w_L` is the product whose pattern the written terms
 * fix. The terms on the two sides of the dots are anti-unified: only indices, exponents and whole
 * numbers may differ, all by the same amount up or down. Patterns of one, two or three terms are tried.
 * A pattern must be certain: a term that looks like the others and does not fit makes it none.
 */
import { type Affine, affineOf, combine, formulaOf, isZeroForm } from '../expression/affine.js';
import { type Formula, one, rawAdd, rawMultiply, rawPower } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { children, mapChildren } from '../expression/walk.js';
import {
  bounded,
  type DotsNames,
  type Fit,
  type Kind,
  numberForm,
  type Pattern,
} from './dots-bounds.js';
import { directionOf, type IsSize } from './dots-direction.js';
import { fitAlternating, isNegative, withoutSign } from './dots-signs.js';
import { ReadError } from './problem.js';
import { sameTerm } from './same-term.js';
import type { Token } from './token.js';

/** The dots themselves. */
export interface Dots {
  readonly kind: 'dots';
  readonly token: Token;
  /** In a sum, the sign before them. */
  readonly negative: boolean;
}

/** Longest pattern tried. */
const LONGEST_PERIOD = 3;

export const resolveProductDots = (
  factors: readonly (Formula | Dots)[],
  names: DotsNames,
): Formula => rawMultiply(resolve('product', factors, names));

export const resolveSumDots = (terms: readonly (Formula | Dots)[], names: DotsNames): Formula =>
  rawAdd(resolve('sum', terms, names));

function resolve(kind: Kind, items: readonly (Formula | Dots)[], names: DotsNames): Formula[] {
  let rest = items;
  const done: Formula[] = [];
  for (;;) {
    const at = rest.findIndex((item) => item.kind === 'dots');
    if (at < 0) return [...done, ...(rest as Formula[])];
    const before = [...done, ...rest.slice(0, at)] as Formula[];
    const after = rest.slice(at + 1);
    const dots = rest[at] as Dots;
    const next = after.findIndex((item) => item.kind === 'dots');
    const until = (next < 0 ? after : after.slice(0, next)) as Formula[];
    const found = fitDots(kind, before, until, dots, names);
    done.length = 0;
    done.push(...found.before, found.formula);
    rest = [...found.after, ...(next < 0 ? [] : after.slice(next))];
  }
}

function fitDots(
  kind: Kind,
  before: readonly Formula[],
  after: readonly Formula[],
  dots: Dots,
  names: DotsNames,
): Fit {
  const fitted = (terms: readonly Formula[], following: readonly Formula[]): readonly Fit[] =>
    [...new Array(LONGEST_PERIOD).keys()].flatMap((shorter) => {
      const found = fitPeriod(kind, terms, following, shorter + 1, names);
      return found ? [found] : [];
    });
  const fits =
    kind === 'sum' && isNegative(before.at(-1)) !== dots.negative
      ? fitAlternating(before, after, dots.negative, fitted)
      : fitted(before, after);
  const [only] = fits;
  if (fits.length === 1 && only) return only;
  const word = kind === 'sum' ? 'sum' : 'prod';
  throw new ReadError(
    dots.token,
    before.length === 0
      ? `nothing stands before "...": expected the first ${kind === 'sum' ? 'term' : 'factor'}; or write it with "${word}"`
      : after.length === 0
        ? `nothing stands behind "...": expected the last ${kind === 'sum' ? 'term' : 'factor'}; or write it with "${word}"`
        : fits.length === 0
          ? `the terms beside "..." do not show a pattern: expected terms that differ in their indices only, all by the same amount; write it with "${word}"`
          : `the terms beside "..." fit more than one pattern; write it with "${word}"`,
  );
}

function fitPeriod(
  kind: Kind,
  before: readonly Formula[],
  after: readonly Formula[],
  period: number,
  names: DotsNames,
): Fit | undefined {
  // The last written group may be cut short by the dots: `w_2 s_2 w_3 ... w_L s_L`.
  for (let cut = 0; cut < period; cut += 1) {
    const end = before.length - cut;
    if (end < period) continue;
    const left = before.slice(end - period, end);
    for (let skip = 0; skip < period; skip += 1) {
      if (skip > 0 && cut === 0) continue;
      const right = after.slice(0, period);
      if (right.length < period) continue;
      const found = match(left, right);
      if (!found || isPeriodic(left, found.pattern)) continue;
      return build(kind, before, after, end, cut, found, names);
    }
  }
  return undefined;
}

/** Whether the terms of a group repeat a shorter pattern. */
function isPeriodic(group: readonly Formula[], pattern: Pattern): boolean {
  if (group.length === 1) return false;
  return (
    group.every(
      (term) =>
        match([group[0] as Formula], [term]) !== undefined || same(group[0] as Formula, term),
    ) && pattern.period > 1
  );
}

interface Matched {
  readonly pattern: Pattern;
  /** Last index minus first. */
  readonly difference: Affine;
}

/** The common pattern of two groups, if they differ in indices only and all by the same amount. */
function match(left: readonly Formula[], right: readonly Formula[]): Matched | undefined {
  const state: { difference: Affine | undefined; first: Affine | undefined } = {
    difference: undefined,
    first: undefined,
  };
  for (const [place, term] of left.entries())
    if (
      !compareTerms(
        asPower(term, right[place] as Formula),
        asPower(right[place] as Formula, term),
        state,
        'value',
      )
    )
      return undefined;
  const { difference, first } = state;
  if (!difference || !first) return undefined;
  const group = left.map((term, place) => asPower(term, right[place] as Formula));
  const others = right.map((term, place) => asPower(term, left[place] as Formula));
  return {
    difference,
    pattern: {
      period: left.length,
      first,
      at: (index) => {
        const shift = combine(index, first, -1);
        return group.map((term, place) =>
          shifted(term, others[place] as Formula, { shift, difference }, 'value'),
        );
      },
    },
  };
}

/** `w` beside `w^n` is `w^1`. */
function asPower(term: Formula, other: Formula): Formula {
  if (other.kind === 'power' && term.kind !== 'power' && same(other.base, term))
    return rawPower(term, one);
  if (
    other.kind === 'multiply' &&
    term.kind === 'multiply' &&
    other.factors.length === term.factors.length
  )
    return rawMultiply(
      term.factors.map((factor, place) => asPower(factor, other.factors[place] as Formula)),
    );
  return term;
}

type Position = 'value' | 'index';

function compareTerms(
  left: Formula,
  right: Formula,
  state: { difference: Affine | undefined; first: Affine | undefined },
  position: Position,
): boolean {
  if (same(left, right)) return true;
  if (position === 'index') {
    const from = affineOf(left);
    const to = affineOf(right);
    if (!from || !to) return false;
    return goesOn(from, to, state);
  }
  const number = countingNumber(left, right);
  if (number) return goesOn(number.from, number.to, state);
  if (left.kind !== right.kind || !sameHead(left, right)) return false;
  const ours = children(left);
  const theirs = children(right);
  if (ours.length !== theirs.length) return false;
  return ours.every((part, place) =>
    compareTerms(part, theirs[place] as Formula, state, positionOf(left, place)),
  );
}

/** The same amount as at the places before, up or down. */
function goesOn(
  from: Affine,
  to: Affine,
  state: { difference: Affine | undefined; first: Affine | undefined },
): boolean {
  const difference = combine(to, from, -1);
  if (state.difference === undefined) {
    state.difference = difference;
    state.first = from;
    return true;
  }
  return [1, -1].some((way) => isZeroForm(combine(difference, state.difference as Affine, -way)));
}

/** `1` beside `n`, `2` beside `5`: whole numbers that count. */
function countingNumber(
  left: Formula,
  right: Formula,
): { readonly from: Affine; readonly to: Affine } | undefined {
  const whole = [left, right].filter((part) => part.kind === 'number' && part.value.d === 1n);
  const counts = (part: Formula): boolean =>
    whole.includes(part) ||
    (part.kind === 'symbol' && part.indices.length === 0) ||
    (part.kind === 'add' && part.terms.every(counts));
  if (whole.length === 0 || !counts(left) || !counts(right)) return undefined;
  const from = affineOf(left);
  const to = affineOf(right);
  return from && to && { from, to };
}

function positionOf(formula: Formula, place: number): Position {
  if (formula.kind === 'symbol') return 'index';
  if (formula.kind === 'power') return place === 1 ? 'index' : 'value';
  if (formula.kind === 'call') return place < formula.indices.length ? 'index' : 'value';
  if (formula.kind === 'delta') return 'index';
  if (formula.kind === 'operation' && formula.name === 'entry')
    return place > 0 ? 'index' : 'value';
  return 'value';
}

function sameHead(left: Formula, right: Formula): boolean {
  switch (left.kind) {
    case 'symbol':
      return right.kind === 'symbol' && left.name === right.name;
    case 'call':
      return (
        right.kind === 'call' &&
        left.name === right.name &&
        left.indices.length === right.indices.length &&
        left.slots.length === right.slots.length &&
        left.slots.every((slot, place) => slot.argument === right.slots[place]?.argument)
      );
    case 'operation':
      return right.kind === 'operation' && left.name === right.name;
    case 'add':
    case 'multiply':
    case 'power':
    case 'derivative':
    case 'delta':
      return true;
    default:
      return false;
  }
}

/** How far from the first group, and how far the last one is. */
interface Shift {
  readonly shift: Affine;
  readonly difference: Affine;
}

/** A term with those index positions shifted in which it differs from another. */
function shifted(term: Formula, other: Formula, by: Shift, position: Position): Formula {
  if (same(term, other)) return term;
  const counted =
    position === 'index'
      ? { from: affineOf(term), to: affineOf(other) }
      : countingNumber(term, other);
  if (counted) {
    const { from, to } = counted;
    if (!from || !to) return term;
    const isUpward = isZeroForm(combine(combine(to, from, -1), by.difference, -1));
    return formulaOf(combine(from, by.shift, isUpward ? 1 : -1));
  }
  const theirs = children(other);
  let place = -1;
  return mapChildren(term, (part) => {
    place += 1;
    return shifted(part, theirs[place] ?? part, by, positionOf(term, place));
  });
}

function build(
  kind: Kind,
  before: readonly Formula[],
  after: readonly Formula[],
  end: number,
  cut: number,
  { pattern, difference }: Matched,
  names: DotsNames,
): Fit | undefined {
  const { period } = pattern;
  const groupAt = (steps: number, from: Affine) => pattern.at(combine(from, numberForm(steps), 1));
  const earlier = end - 2 * period >= 0 ? before.slice(end - 2 * period, end - period) : [];
  const step = stepOf(earlier, pattern, difference, groupAt, names.isSize);
  if (step === undefined) return undefined;
  const tail = before.slice(end);
  const next = groupAt(step, pattern.first);
  if (!tail.every((term, place) => sameTerm(term, next[place] as Formula))) return undefined;
  if (cut !== tail.length) return undefined;
  // Absorb the written groups before, and those after.
  let start = end - period;
  let first = pattern.first;
  while (start - period >= 0) {
    const previous = combine(first, numberForm(-step), 1);
    const group = pattern.at(previous);
    const written = before.slice(start - period, start);
    if (!written.every((term, place) => sameTerm(term, group[place] as Formula))) break;
    start -= period;
    first = previous;
  }
  let used = period;
  let last = combine(pattern.first, difference, 1);
  for (;;) {
    const following = combine(last, numberForm(step), 1);
    const group = pattern.at(following);
    const written = after.slice(used, used + period);
    if (
      written.length < period ||
      !written.every((term, place) => sameTerm(term, group[place] as Formula))
    )
      break;
    used += period;
    last = following;
  }
  const head = before.slice(0, start);
  const isOnly = start === end - period;
  if (isOutOfLine(head.slice(-period), before.slice(start, start + period), isOnly))
    return undefined;
  const formula = bounded(kind, pattern, first, last, step, [...before, ...after], names);
  return formula && { before: head, formula, after: after.slice(used) };
}

/**
 * Whether the group before the first one of the pattern looks like it without being of it: another
 * number as index (`a_1` before `a_2 + a_4`), or, where only one is written, another sign.
 */
function isOutOfLine(
  left: readonly Formula[],
  right: readonly Formula[],
  isOnly: boolean,
): boolean {
  if (left.length < right.length) return false;
  const byNumber = (found: Matched | undefined) => found?.difference.parts.size === 0;
  if (byNumber(match(left, right))) return true;
  return isOnly && byNumber(match(left.map(withoutSign), right.map(withoutSign)));
}

/** How the index goes on from one group to the next: told by two written groups, else by the ends. */
function stepOf(
  earlier: readonly Formula[],
  pattern: Pattern,
  difference: Affine,
  groupAt: (steps: number, from: Affine) => readonly Formula[],
  isSize: IsSize,
): number | undefined {
  if (earlier.length > 0)
    for (const step of [1, -1, 2, -2, 3, -3]) {
      const group = groupAt(-step, pattern.first);
      if (earlier.every((term, place) => sameTerm(term, group[place] as Formula))) return step;
    }
  return directionOf(pattern.first, combine(pattern.first, difference, 1), isSize);
}
