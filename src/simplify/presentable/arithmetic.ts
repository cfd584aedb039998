/** Numbers, powers and like terms. */
import Fraction from 'fraction.js';
import {
  add,
  exp,
  type Formula,
  multiply,
  negate,
  number,
  power,
  zero,
} from '../../expression/formula.js';
import { same } from '../../expression/same.js';
import { canonicalKey } from '../canonical-key.js';
import type { PresentLaw } from './law.js';
import { monomial, monomialFormula, monomialKey, type Part } from './monomial.js';

const changed = (before: Formula, after: Formula): Formula | undefined =>
  same(before, after) ? undefined : after;

const numbers: PresentLaw = {
  name: 'numbers',
  because: 'the numbers are worked out',
  level: 'detail',
  apply: (formula) => {
    switch (formula.kind) {
      case 'add':
        return changed(formula, add(...formula.terms));
      case 'multiply':
        return changed(formula, multiply(...formula.factors));
      case 'power': {
        if (formula.base.kind === 'number' && formula.base.value.equals(0)) {
          const positive =
            formula.exponent.kind === 'number' && formula.exponent.value.compare(0) > 0;
          return positive ? zero : undefined;
        }
        return changed(formula, power(formula.base, formula.exponent));
      }
      default:
        return undefined;
    }
  },
};

const powersOfProducts: PresentLaw = {
  name: 'power-over-factors',
  because: 'a power of a product is the product of the powers',
  level: 'detail',
  apply: (formula) => {
    if (formula.kind !== 'power' || formula.base.kind !== 'multiply') return undefined;
    const { exponent } = formula;
    if (exponent.kind !== 'number' || exponent.value.d !== 1n) return undefined;
    return multiply(...formula.base.factors.map((factor) => power(factor, exponent)));
  },
};

/** `(a - b)` and `(b - a)` are one base up to sign; so are `exp(u)` and `exp(-u)` up to inversion. */
function mergedRelatives(parts: readonly Part[]): { parts: Part[]; sign: number } | undefined {
  for (const [at, part] of parts.entries()) {
    if (part.base.kind === 'add' && part.exponent.d === 1n) {
      const key = canonicalKey(negatedSum(part.base));
      const other = parts.findIndex((next, place) => place > at && next.key === key);
      const second = parts[other];
      if (second && second.exponent.d === 1n) {
        const odd = second.exponent.n % 2n !== 0n;
        return merge(parts, at, other, part.exponent.add(second.exponent), odd ? -1 : 1);
      }
    }
    if (part.base.kind === 'call' && part.base.name === 'exp') {
      const key = canonicalKey(exp(negate(part.base.args[0] as Formula)));
      const other = parts.findIndex((next, place) => place > at && next.key === key);
      const second = parts[other];
      if (second) return merge(parts, at, other, part.exponent.sub(second.exponent), 1);
    }
  }
  return undefined;
}

const merge = (
  parts: readonly Part[],
  at: number,
  other: number,
  exponent: Fraction,
  sign: number,
): { parts: Part[]; sign: number } => ({
  parts: parts.flatMap((part, place) =>
    place === other ? [] : place === at ? [{ ...part, exponent }] : [part],
  ),
  sign,
});

/** Minus a sum, term by term. */
export const negatedSum = (formula: Formula): Formula =>
  formula.kind === 'add' ? add(...formula.terms.map((term) => negate(term))) : negate(formula);

const collectPowers: PresentLaw = {
  name: 'collect-powers',
  because: 'equal factors are collected and cancelled',
  level: 'detail',
  apply: (formula) => {
    if (formula.kind !== 'multiply') return undefined;
    const value = monomial(formula);
    const idempotent = value.parts.map((part) =>
      (part.base.kind === 'indicator' || part.base.kind === 'delta') && part.exponent.compare(1) > 0
        ? { ...part, exponent: new Fraction(1) }
        : part,
    );
    const related = mergedRelatives(idempotent);
    const parts = related?.parts ?? idempotent;
    const coefficient = value.coefficient.mul(related?.sign ?? 1);
    return changed(formula, monomialFormula({ coefficient, parts }));
  },
};

const likeTerms: PresentLaw = {
  name: 'like-terms',
  because: 'like terms are added',
  level: 'detail',
  apply: (formula) => {
    if (formula.kind !== 'add') return undefined;
    const kept: { key: string; term: Formula; coefficient: Fraction; merged: boolean }[] = [];
    for (const term of formula.terms) {
      const value = monomial(term);
      const key = monomialKey(value);
      const before = kept.find((entry) => entry.key === key);
      if (before) {
        before.coefficient = before.coefficient.add(value.coefficient);
        before.merged = true;
      } else kept.push({ key, term, coefficient: value.coefficient, merged: false });
    }
    if (!kept.some((entry) => entry.merged)) return undefined;
    return add(
      ...kept.map((entry) =>
        entry.merged
          ? monomialFormula({ ...monomial(entry.term), coefficient: entry.coefficient })
          : entry.term,
      ),
    );
  },
};

/** A power of a power with whole exponents, or a square root squared. */
const powersOfPowers: PresentLaw = {
  name: 'exponents-multiplied',
  because: 'exponents are multiplied',
  level: 'detail',
  apply: (formula) => {
    if (formula.kind !== 'power' || formula.exponent.kind !== 'number') return undefined;
    const { base, exponent } = formula;
    if (exponent.value.d !== 1n) return undefined;
    if (base.kind === 'power' && base.exponent.kind === 'number')
      return power(base.base, number(base.exponent.value.mul(exponent.value)));
    if (base.kind === 'call' && base.name === 'sqrt' && exponent.value.n % 2n === 0n)
      return power(base.args[0] as Formula, number(exponent.value.div(2)));
    if ((base.kind === 'indicator' || base.kind === 'delta') && exponent.value.compare(1) > 0)
      return base;
    if (base.kind === 'call' && base.name === 'exp' && exponent.value.equals(-1))
      return exp(negatedSum(base.args[0] as Formula));
    return undefined;
  },
};

export const arithmeticLaws: readonly PresentLaw[] = [
  numbers,
  powersOfPowers,
  powersOfProducts,
  collectPowers,
  likeTerms,
];
