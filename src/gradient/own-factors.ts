/** A product that holds all factors of another one, written as that one times the rest. */
import {
  type Formula,
  multiply,
  type NumberFormula,
  number,
  power,
} from '../expression/formula.js';
import { structureKey } from '../expression/same.js';

interface Powers {
  readonly coefficient: NumberFormula['value'];
  /** Exponents by the bases, in the order of writing. */
  readonly bases: ReadonlyMap<string, readonly [base: Formula, exponent: NumberFormula['value']]>;
}

/** The factors of a product as powers of their bases; `undefined` if it is no product of them. */
function powersOf(formula: Formula): Powers {
  let coefficient = number(1).value;
  const bases = new Map<string, readonly [Formula, NumberFormula['value']]>();
  for (const factor of formula.kind === 'multiply' ? formula.factors : [formula]) {
    if (factor.kind === 'number') {
      coefficient = coefficient.mul(factor.value);
      continue;
    }
    const isPower = factor.kind === 'power' && factor.exponent.kind === 'number';
    const base = isPower ? factor.base : factor;
    const exponent =
      factor.kind === 'power' && factor.exponent.kind === 'number'
        ? factor.exponent.value
        : number(1).value;
    const key = structureKey(base);
    bases.set(key, [base, exponent.add(bases.get(key)?.[1] ?? number(0).value)]);
  }
  return { coefficient, bases };
}

/** A name is given only to what a reader sees as one thing: a function's value or a sum is in it. */
const isTelling = ([base, exponent]: readonly [Formula, NumberFormula['value']]): boolean =>
  exponent.s > 0n &&
  (base.kind === 'call' ||
    base.kind === 'family' ||
    base.kind === 'sum' ||
    base.kind === 'product');

/**
 * `2 k exp(u) x` is `2 y x` where `y = k exp(u)`: the formula with the factors of `right` replaced by
 * `own`; `undefined` where some are missing, or `right` is nothing but names.
 */
export function inOwnFactors(formula: Formula, right: Formula, own: Formula): Formula | undefined {
  if (formula.kind !== 'multiply' || right.kind !== 'multiply') return undefined;
  const wanted = powersOf(right);
  if (![...wanted.bases.values()].some(isTelling)) return undefined;
  const met = powersOf(formula);
  const rest = new Map(met.bases);
  for (const [key, [base, exponent]] of wanted.bases) {
    const there = rest.get(key)?.[1];
    const left = there?.sub(exponent);
    if (!there || !left || there.s !== exponent.s || there.abs().compare(exponent.abs()) < 0)
      return undefined;
    rest.set(key, [base, left]);
  }
  const factors = [...rest.values()].map(([base, exponent]) => power(base, number(exponent)));
  return multiply(number(met.coefficient.div(wanted.coefficient)), own, ...factors);
}
