/** exp and log of polynomials, and the conditions under which logs are read. */
import Fraction from 'fraction.js';
import { call, exp, type Formula, log, number, sum } from '../expression/formula.js';
import { NowhereDefined } from './context.js';
import { content, overCommonDenominator } from './powers.js';
import type { Session } from './session.js';
import { isPositive } from './signs.js';
import {
  addAll,
  atom,
  type Factor,
  isConstant,
  onlyTerm,
  type Polynomial,
  polynomialFormula,
  polynomialOf,
  scale,
} from './term.js';
import { timesAll } from './tidy.js';

/** `exp(sum of c m)` as the product of `exp(m)^c`. */
export function exponential(argument: Polynomial, session: Session): Polynomial {
  const parts = [...argument].map(([, term]) => {
    const unit = polynomialOf([{ ...term, coefficient: new Fraction(1) }]);
    const [factor] = [...term.factors.values()];
    const logarithm =
      term.factors.size === 1 && term.bounds.length === 0 && factor?.exponent.equals(1)
        ? factor.base
        : undefined;
    if (logarithm?.kind === 'call' && logarithm.name === 'log') {
      const inside = logarithm.args[0] as Formula;
      const even = term.coefficient.d === 1n && term.coefficient.n % 2n === 0n;
      if (even || isPositive(inside, session))
        return session.normalise({
          kind: 'power',
          base: inside,
          exponent: number(term.coefficient),
        });
    }
    return atom(exp(polynomialFormula(unit)), term.coefficient);
  });
  return timesAll(parts, session);
}

/**
 * The logarithm of the absolute value, which is the logarithm wherever that has a value. Products
 * and powers are taken apart; a logarithm of a sum keeps its content outside.
 */
export function logarithm(argument: Polynomial, session: Session): Polynomial {
  if (argument.size === 0) throw new NowhereDefined('log(0)');
  const { numerator, denominators } = overCommonDenominator(argument, session);
  if (numerator.size === 0) throw new NowhereDefined('log(0)');
  const { common, primitive } = content(numerator);
  const parts: Polynomial[] = [logOfNumber(common.coefficient)];
  for (const part of denominators)
    parts.push(scale(logarithm(session.normalise(part.base), session), part.exponent.neg()));
  for (const factor of common.factors.values()) parts.push(logOfFactor(factor, session));
  if (!isConstant(primitive)) {
    const term = onlyTerm(primitive);
    parts.push(
      term && term.bounds.length === 0
        ? addAll([...term.factors.values()].map((factor) => logOfFactor(factor, session)))
        : atom(log(polynomialFormula(primitive))),
    );
  }
  return addAll(parts);
}

const LARGEST_PRIME = 1000n;

function logOfNumber(value: Fraction): Polynomial {
  const parts: Polynomial[] = [];
  const takeApart = (whole: bigint, sign: number): void => {
    let rest = whole;
    for (let prime = 2n; prime <= LARGEST_PRIME && prime * prime <= rest; prime += 1n)
      while (rest % prime === 0n) {
        rest /= prime;
        parts.push(scale(atom(log(number(prime))), sign));
      }
    if (rest > 1n) parts.push(scale(atom(log(number(rest))), sign));
  };
  takeApart(value.n, 1);
  takeApart(value.d, -1);
  return addAll([polynomialOf([]), ...parts]);
}

function logOfFactor(factor: Factor, session: Session): Polynomial {
  return scale(logOfAtom(factor.base, session), factor.exponent);
}

function logOfAtom(base: Formula, session: Session): Polynomial {
  if (base.kind === 'call' && base.name === 'exp')
    return session.normalise(base.args[0] as Formula);
  if (base.kind === 'number') return logOfNumber(base.value);
  if (base.kind === 'product' && base.where.length === 0 && base.bounds)
    return session.normalise(sum(base.index, base.bounds, log(base.body)));
  return atom(call('log', [base]));
}
