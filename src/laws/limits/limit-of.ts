/** Limits of a formula in one name, with their steps. */
import {
  add,
  type Formula,
  infinity,
  isNumber,
  multiply,
  negate,
  one,
  symbol,
} from '../../expression/formula.js';
import { same } from '../../expression/same.js';
import { Unsupported } from '../../expression/unsupported.js';
import { freeNames, mapChildren, substitute } from '../../expression/walk.js';
import { append, begin, stepBy } from '../../rewrite/derivation.js';
import type { Law, LawContext, LimitSought } from '../../rewrite/law.js';
import type { Derivation } from '../../rewrite/step.js';
import { tidy, tidyLaw } from '../tidy.js';
import { Asymptotics } from './asymptotics.js';
import { coefficientOf, formulaOf, rational, signOf } from './coefficient.js';
import { compareGrowth, powerOfT, unit } from './monomial.js';
import { asSquares, asThemselves } from './positive.js';
import { constantly, exactly, finalSign, type Series, sumOf } from './series.js';

const noNames: ReadonlySet<string> = new Set();

/** From which side a finite place is approached. */
export type Side = 'left' | 'right' | 'both';

/**
 * The limit of a core formula as a name goes to a number, infinity or minus infinity. All other
 * names are constants, of unknown sign unless `options.positive` has them. The last line is the limit: a formula without the variable, or `infinity`
 * with a sign.
 *
 * @throws Unsupported where no law covers it, where the limit depends on the sign of a constant,
 *   where the two sides differ, and where there is no limit that these laws can see
 */
export function limitOf(
  formula: Formula,
  variable: string,
  to: Formula,
  side: Side = 'both',
  options: LawContext = {},
): Derivation {
  const context: LawContext = { ...options, limit: { variable, to, side } };
  const start = begin(formula);
  const whole = stepBy(limitLaw, formula, [], { because: reason(to), level: 'main' }, context);
  if (!whole) return start;
  const because = 'each part goes to its own limit';
  const parts = stepBy(partsLaw, formula, [], { because, level: 'main' }, context);
  if (!parts) return append(start, whole);
  if (same(parts.after, whole.after)) return append(start, parts);
  const telling = { because: 'numbers worked out', level: 'main' } as const;
  const tidied = stepBy(tidyLaw, parts.after, [], telling, context);
  return tidied && same(tidied.after, whole.after)
    ? append(start, parts, tidied)
    : append(start, whole);
}

function reason(to: Formula): string {
  const far = to === infinity || to.kind !== 'number';
  return far
    ? 'the largest terms decide: exponentials before powers, powers before logarithms'
    : 'the first terms of the series at that place decide';
}

/** How the variable goes: t goes to infinity. */
function ways(sought: LimitSought): readonly Series[] {
  const t = (sign: 1 | -1): Series => exactly(rational(sign), powerOfT(1));
  if (same(sought.to, infinity)) return [t(1)];
  if (same(sought.to, negate(infinity))) return [t(-1)];
  const beside = (sign: 1 | -1): Series =>
    sumOf(constantly(sought.to), exactly(rational(sign), powerOfT(-1)));
  switch (sought.side) {
    case 'right':
      return [beside(1)];
    case 'left':
      return [beside(-1)];
    case 'both':
      return [beside(1), beside(-1)];
  }
}

/** What a series goes to. */
function limitOfSeries(series: Series, formula: Formula): Formula {
  const [first] = series.terms;
  if (!first) {
    if (!series.rest || compareGrowth(series.rest, unit) <= 0) return formulaOf(rational(0));
    throw new Unsupported('it does not settle, as far as these laws can see', formula);
  }
  const growth = compareGrowth(first.monomial, unit);
  if (growth < 0) return formulaOf(rational(0));
  if (growth === 0) return formulaOf(first.coefficient);
  return finalSign(series) > 0 ? infinity : negate(infinity);
}

function value(formula: Formula, sought: LimitSought, context: LawContext): Formula {
  const squares = asSquares(formula, context.positive ?? noNames);
  const [found, ...others] = ways(sought).map((way) => {
    const series = new Asymptotics(sought.variable, way, context).of(squares);
    return asThemselves(limitOfSeries(series, formula));
  }) as [Formula, ...Formula[]];
  for (const other of others)
    if (!same(found, other) && !sameNumber(found, other))
      throw new Unsupported('the limits from the two sides differ; ask for one side', formula);
  return found;
}

const sameNumber = (left: Formula, right: Formula): boolean =>
  ![left, right].some((side) => side.kind === 'constant') &&
  signOf(coefficientOf(add(left, negate(right)))) === 0;

/** A formula becomes its limit. */
export const limitLaw: Law = {
  name: 'limit',
  statement: 'u -> its limit, by the sizes of its parts',
  example: multiply(symbol('x'), add(one, symbol('x'))),
  exampleContext: { limit: { variable: 'x', to: infinity, side: 'both' } },
  apply(formula, context) {
    if (!context.limit) return undefined;
    const after = value(formula, context.limit, context);
    return { after, bindings: bindingsOf(context.limit), assumes: [] };
  },
};

const bindingsOf = (sought: LimitSought): ReadonlyMap<string, Formula> =>
  new Map([
    ['x', symbol(sought.variable)],
    ['a', sought.to],
  ]);

/**
 * Each function in a formula becomes its own limit, where it has a finite one; and the variable the
 * place it goes to, if that is finite. Applies only where nothing of the variable is left.
 */
export const partsLaw: Law = {
  name: 'limit-of-parts',
  statement: 'the limit of a sum or product is that of the limits',
  example: add(one, symbol('x')),
  exampleContext: { limit: { variable: 'x', to: one, side: 'both' } },
  apply(formula, context) {
    if (!context.limit) return undefined;
    const sought = context.limit;
    const after = withLimits(formula, sought, context);
    if (!after || same(after, formula) || !isDefined(after)) return undefined;
    return { after, bindings: bindingsOf(sought), assumes: [] };
  },
};

function withLimits(
  formula: Formula,
  sought: LimitSought,
  context: LawContext,
): Formula | undefined {
  const finitePlace = sought.to.kind === 'number';
  const visit = (part: Formula): Formula => {
    if (!freeNames(part).has(sought.variable)) return part;
    if (part.kind !== 'call') return mapChildren(part, visit);
    return finiteLimit(part, sought, context) ?? part;
  };
  const replaced = visit(formula);
  const after = finitePlace
    ? substitute(replaced, new Map([[sought.variable, sought.to]]))
    : replaced;
  return freeNames(after).has(sought.variable) ? undefined : after;
}

/** The limit of a part if it has a finite one; a whole may settle though a part of it does not. */
function finiteLimit(part: Formula, sought: LimitSought, context: LawContext): Formula | undefined {
  try {
    const limit = value(part, sought, context);
    return isInfinite(limit) ? undefined : limit;
  } catch (error) {
    if (error instanceof Unsupported) return undefined;
    throw error;
  }
}

const isInfinite = (formula: Formula): boolean =>
  same(formula, infinity) || same(formula, negate(infinity));

/** Whether no zero stands below a fraction line once numbers are worked out. */
function isDefined(formula: Formula): boolean {
  const tidied = tidy(formula);
  const visit = (part: Formula): boolean => {
    if (part.kind === 'power' && isNumber(part.base, 0)) return false;
    let fine = true;
    mapChildren(part, (child) => {
      fine &&= visit(child);
      return child;
    });
    return fine;
  };
  return visit(tidied);
}
