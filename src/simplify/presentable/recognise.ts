/** Sigmoid, tanh and softmax recognised where they are written out. */
import type Fraction from 'fraction.js';
import {
  call,
  type Formula,
  family,
  multiply,
  negate,
  number,
  one,
  power,
  subtract,
} from '../../expression/formula.js';
import { freeNames, substitute } from '../../expression/walk.js';
import { canonicalKey } from '../canonical-key.js';
import { startsNegative } from '../cost.js';
import { negatedSum } from './arithmetic.js';
import { bindingsBetween } from './instances.js';
import type { PresentLaw } from './law.js';
import { monomial, monomialFormula, type Part } from './monomial.js';

const isExp = (formula: Formula): formula is Extract<Formula, { kind: 'call' }> =>
  formula.kind === 'call' && formula.name === 'exp' && formula.slots.length === 0;

const argument = (formula: Formula): Formula =>
  (formula as Extract<Formula, { kind: 'call' }>).args[0] as Formula;

/** `u` of `1 + exp(u)`. */
function softplusArgument(formula: Formula): Formula | undefined {
  if (formula.kind !== 'add' || formula.terms.length !== 2) return undefined;
  const constant = formula.terms.find((term) => term.kind === 'number' && term.value.equals(1));
  const exponential = formula.terms.find(isExp);
  return constant && exponential ? argument(exponential) : undefined;
}

const sigmoid = (u: Formula): Formula => call('sigmoid', [u]);

const tidyNegation = (u: Formula): Formula => (u.kind === 'add' ? negatedSum(u) : negate(u));

const sigmoids: PresentLaw = {
  name: 'recognise-sigmoid',
  because: '1/(1 + e^(-z)) is sigmoid(z)',
  level: 'main',
  apply: (formula) => {
    if (formula.kind !== 'power' || formula.exponent.kind !== 'number') return undefined;
    if (formula.exponent.value.compare(0) >= 0) return undefined;
    const u = softplusArgument(formula.base);
    return u && power(sigmoid(tidyNegation(u)), number(formula.exponent.value.neg()));
  },
};

const isSigmoid = (part: Part): boolean =>
  part.base.kind === 'call' && part.base.name === 'sigmoid';

/** `e^(-z) sigmoid(z)` is `1 - sigmoid(z)`; `e^z sigmoid(-z)` is `sigmoid(z)`. */
const sigmoidTimesExp: PresentLaw = {
  name: 'sigmoid-turned',
  because: '1 - sigmoid(z) is sigmoid(-z)',
  level: 'main',
  apply: (formula) => {
    if (formula.kind !== 'multiply') return undefined;
    const value = monomial(formula);
    for (const part of value.parts) {
      if (!isSigmoid(part) || part.exponent.compare(1) < 0) continue;
      const u = argument(part.base);
      const minus = tidyNegation(u);
      const exponential = value.parts.find(
        (other) =>
          isExp(other.base) &&
          other.exponent.compare(1) >= 0 &&
          canonicalKey(argument(other.base)) === canonicalKey(minus),
      );
      if (exponential) {
        const flipped = startsNegative(u) ? sigmoid(minus) : subtract(one, sigmoid(u));
        return rebuilt(value.coefficient, value.parts, [part, exponential], flipped);
      }
      if (!startsNegative(u)) {
        const other = value.parts.find(
          (next) => isSigmoid(next) && canonicalKey(argument(next.base)) === canonicalKey(minus),
        );
        if (other) {
          const parts = value.parts.map((next) =>
            next === other ? { ...next, base: subtract(one, sigmoid(u)), key: '' } : next,
          );
          return monomialFormula({ coefficient: value.coefficient, parts });
        }
      }
    }
    return undefined;
  },
};

/** The product with one power of each of the parts replaced by a formula, placed after the first. */
function rebuilt(
  coefficient: Fraction,
  parts: readonly Part[],
  used: readonly Part[],
  replacement: Formula,
): Formula {
  const factors = parts.flatMap((part) => {
    const own = used.includes(part) ? part.exponent.sub(1) : part.exponent;
    const rest = own.equals(0) ? [] : [power(part.base, number(own))];
    return part === used[0] ? [...rest, replacement] : rest;
  });
  return multiply(number(coefficient), ...factors);
}

/** `exp(z_i) / sum_j exp(z_j)`. */
const softmaxes: PresentLaw = {
  name: 'recognise-softmax',
  because: 'e^(z_i)/sum_j e^(z_j) is softmax(z)_i',
  level: 'main',
  apply: (formula) => {
    if (formula.kind !== 'multiply') return undefined;
    const value = monomial(formula);
    for (const part of value.parts) {
      const { base } = part;
      if (base.kind !== 'sum' || !base.bounds || base.where.length > 0) continue;
      if (part.exponent.compare(-1) > 0 || part.exponent.d !== 1n || !isExp(base.body)) continue;
      const binder = { index: base.index, lower: base.bounds.lower, upper: base.bounds.upper };
      for (const other of value.parts) {
        if (!isExp(other.base) || other.exponent.compare(1) < 0) continue;
        const at = entryOf(argument(base.body), base.index, argument(other.base));
        if (!at) continue;
        const replacement = family('softmax', [binder], argument(base.body), [at]);
        const parts = value.parts.map((next) =>
          next === part ? { ...next, exponent: next.exponent.add(1) } : next,
        );
        const used = parts.find((next) => next.key === other.key) as Part;
        return rebuilt(
          value.coefficient,
          parts.filter((next) => !next.exponent.equals(0)),
          [used],
          replacement,
        );
      }
    }
    return undefined;
  },
};

/** The index at which the entry `body` (in `index`) is the formula. */
function entryOf(body: Formula, index: string, formula: Formula): Formula | undefined {
  if (!freeNames(body).has(index)) return undefined;
  const variables = new Map([[index, undefined]]);
  for (const binding of bindingsBetween(body, formula, variables)) {
    const at = binding.get(index);
    if (at && canonicalKey(substitute(body, new Map([[index, at]]))) === canonicalKey(formula))
      return at;
  }
  return undefined;
}

/** `1/cosh^2` and `sech^2` are written as `1 - tanh^2`; so is `4/(e^z + e^-z)^2`. */
const hyperbolic: PresentLaw = {
  name: 'recognise-tanh',
  because: '1/cosh(z)^2 is 1 - tanh(z)^2',
  level: 'main',
  apply: (formula) => {
    if (formula.kind !== 'power' || formula.exponent.kind !== 'number') return undefined;
    const { base, exponent } = formula;
    if (base.kind === 'call' && base.slots.length === 0) {
      const [u] = base.args;
      const square =
        (base.name === 'cosh' && exponent.value.equals(-2)) ||
        (base.name === 'sech' && exponent.value.equals(2));
      if (square && u) return subtract(one, power(call('tanh', [u]), number(2)));
    }
    if (exponent.value.equals(-2) || exponent.value.equals(-1)) {
      const u = oppositeExponentials(base, 1);
      if (u && exponent.value.equals(-2))
        return multiply(number('1/4'), subtract(one, power(call('tanh', [u]), number(2))));
    }
    return undefined;
  },
};

/** `(e^z - e^-z)/(e^z + e^-z)`. */
const tanhQuotient: PresentLaw = {
  name: 'recognise-tanh-quotient',
  because: '(e^z - e^(-z))/(e^z + e^(-z)) is tanh(z)',
  level: 'main',
  apply: (formula) => {
    if (formula.kind !== 'multiply') return undefined;
    const value = monomial(formula);
    for (const part of value.parts) {
      if (part.exponent.compare(-1) > 0) continue;
      const below = oppositeExponentials(part.base, 1);
      if (!below) continue;
      for (const other of value.parts) {
        const above = oppositeExponentials(other.base, -1);
        if (!above || other.exponent.compare(1) < 0) continue;
        const same = canonicalKey(above) === canonicalKey(below);
        if (!same && canonicalKey(tidyNegation(above)) !== canonicalKey(below)) continue;
        const parts = value.parts.map((next) =>
          next === part ? { ...next, exponent: next.exponent.add(1) } : next,
        );
        const used = parts.find((next) => next.key === other.key) as Part;
        return rebuilt(
          value.coefficient,
          parts.filter((next) => !next.exponent.equals(0)),
          [used],
          call('tanh', [above]),
        );
      }
    }
    return undefined;
  },
};

/** `u` of `e^u + sign e^-u`. */
function oppositeExponentials(formula: Formula, sign: 1 | -1): Formula | undefined {
  if (formula.kind !== 'add' || formula.terms.length !== 2) return undefined;
  const [first, second] = formula.terms.map(monomial);
  if (first?.parts.length !== 1 || second?.parts.length !== 1) return undefined;
  const [left] = first.parts;
  const [right] = second.parts;
  if (!left || !right || !isExp(left.base) || !isExp(right.base)) return undefined;
  if (!left.exponent.equals(1) || !right.exponent.equals(1)) return undefined;
  const opposite =
    canonicalKey(tidyNegation(argument(left.base))) === canonicalKey(argument(right.base));
  if (!opposite) return undefined;
  if (first.coefficient.equals(1) && second.coefficient.equals(sign)) return argument(left.base);
  if (sign === -1 && first.coefficient.equals(-1) && second.coefficient.equals(1))
    return argument(right.base);
  return undefined;
}

export const recognitionLaws: readonly PresentLaw[] = [
  sigmoids,
  sigmoidTimesExp,
  softmaxes,
  tanhQuotient,
  hyperbolic,
];
