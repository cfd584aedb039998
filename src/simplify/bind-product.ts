/** Bounded products: split over factors, constants to a power, exp of a sum, ends aligned. */
import type Fraction from 'fraction.js';
import {
  add,
  type Bounds,
  type Condition,
  call,
  type Formula,
  number,
  one,
  power,
  product,
  subtract,
  sum,
  symbol,
} from '../expression/formula.js';
import { freeNames, mapChildren, substitute } from '../expression/walk.js';
import { affine, asInteger, tidyIndex } from './affine.js';
import { noteNotEmpty, splitEnd } from './bind-sum.js';
import { isNonNegative } from './ranges.js';
import type { Session } from './session.js';
import {
  atom,
  constant,
  isConstant,
  onlyTerm,
  type Polynomial,
  polynomialFormula,
  polynomialOf,
} from './term.js';
import { timesAll } from './tidy.js';

/** `product over index of body`, where the index is a name nobody else uses. */
export function productOver(
  body: Polynomial,
  index: string,
  bounds: Bounds,
  where: readonly Condition[],
  session: Session,
): Polynomial {
  const length = asInteger(add(subtract(bounds.upper, bounds.lower), one));
  if (length !== undefined && length <= 0) return constant(1);
  if (where.length > 0) return atom(product(index, bounds, polynomialFormula(body), where));
  if (length !== undefined && length <= session.unrollLimit)
    return timesAll(
      Array.from({ length }, (_, at) =>
        session.normalise(
          substitute(
            polynomialFormula(body),
            new Map([[index, tidyIndex(add(bounds.lower, number(at)))]]),
          ),
        ),
      ),
      session,
    );
  const term = onlyTerm(body);
  if (!term || term.bounds.length > 0)
    return oneProduct(polynomialFormula(body), index, bounds, session);
  const count = tidyIndex(add(subtract(bounds.upper, bounds.lower), one));
  const parts: Polynomial[] = [];
  if (!term.coefficient.equals(1))
    parts.push(session.normalise(power(number(term.coefficient), count)));
  for (const factor of term.factors.values()) {
    if (!freeNames(factor.base).has(index)) {
      const exponent = tidyIndex({ kind: 'multiply', factors: [number(factor.exponent), count] });
      parts.push(session.normalise(power(factor.base, exponent)));
    } else if (factor.base.kind === 'call' && factor.base.name === 'exp') {
      const argument = factor.base.args[0] as Formula;
      const total = sum(index, bounds, argument);
      parts.push(
        session.normalise(
          call('exp', [{ kind: 'multiply', factors: [number(factor.exponent), total] }]),
        ),
      );
    } else parts.push(raised(oneProduct(factor.base, index, bounds, session), factor.exponent));
  }
  return timesAll(parts, session);
}

/** A monomial to a rational power. */
function raised(value: Polynomial, exponent: Fraction): Polynomial {
  if (exponent.equals(1) || isConstant(value)) return value;
  const term = onlyTerm(value);
  if (!term) return atom(polynomialFormula(value), exponent);
  const factors = new Map(
    [...term.factors].map(([key, factor]) => [
      key,
      { base: factor.base, exponent: factor.exponent.mul(exponent) },
    ]),
  );
  return polynomialOf([{ ...term, factors }]);
}

/** The product of one atom or sum over a symbolic range, ends aligned if asked. */
function oneProduct(body: Formula, index: string, bounds: Bounds, session: Session): Polynomial {
  const low = splitEnd(bounds.lower);
  const high = splitEnd(bounds.upper);
  const aligned =
    session.options.ends === 'aligned' &&
    asInteger(high.rest) === undefined &&
    !(low.number === 1 && high.number === 0) &&
    Math.abs(low.number - 1) <= 8 &&
    Math.abs(high.number) <= 8 &&
    isNonNegative(affine(subtract(bounds.upper, subtract(bounds.lower, one))), session.knowledge) &&
    isNonNegative(affine(subtract(high.rest, low.rest)), session.knowledge);
  if (!aligned) return fromOne(body, index, bounds);
  noteNotEmpty(bounds, session);
  const at = (value: Formula, exponent: number): Polynomial =>
    session.normalise(
      power(substitute(body, new Map([[index, tidyIndex(value)]])), number(exponent)),
    );
  const parts: Polynomial[] = [];
  for (let k = low.number; k < 1; k += 1) parts.push(at(add(low.rest, number(k)), 1));
  for (let k = 1; k < low.number; k += 1) parts.push(at(add(low.rest, number(k)), -1));
  for (let k = 1; k <= high.number; k += 1) parts.push(at(add(high.rest, number(k)), 1));
  for (let k = 0; k > high.number; k -= 1) parts.push(at(add(high.rest, number(k)), -1));
  const main = fromOne(body, index, { lower: tidyIndex(add(low.rest, one)), upper: high.rest });
  return timesAll([main, ...parts], session);
}

/** The atom of a product whose range starts at 1. */
function fromOne(body: Formula, index: string, bounds: Bounds): Polynomial {
  const offset = tidyIndex(subtract(bounds.lower, one));
  const upper = tidyIndex(subtract(bounds.upper, offset));
  const shifted = substitute(body, new Map([[index, add(symbol(index), offset)]]));
  const tidied = tidyAll(shifted);
  return atom(product(index, { lower: one, upper }, tidied));
}

const tidyAll = (formula: Formula): Formula => {
  if (formula.kind === 'symbol')
    return { ...formula, indices: formula.indices.map((part) => tidyIndex(part)) };
  return mapChildren(formula, tidyAll);
};
