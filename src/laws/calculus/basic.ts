/** Derivatives of constants, the symbol itself, sums, products, quotients and powers. */
import {
  add,
  compare,
  delta,
  type Formula,
  isNumber,
  log,
  minusOne,
  multiply,
  negate,
  number,
  one,
  power,
  type SymbolFormula,
  symbol,
  zero,
} from '../../expression/formula.js';
import { same } from '../../expression/same.js';
import { Unsupported } from '../../expression/unsupported.js';
import type { DerivativeRow } from './row.js';

const x = symbol('x');
const [i, j] = [symbol('i'), symbol('j')];
const sine = (of: Formula): Formula => ({
  kind: 'call',
  name: 'sin',
  indices: [],
  args: [of],
  slots: [],
});

/** Delta of two indices, decided where they are the same formula or two numbers. */
function decidedDelta(left: Formula, right: Formula): Formula {
  if (same(left, right)) return one;
  return left.kind === 'number' && right.kind === 'number' ? zero : delta(left, right);
}

const constant: DerivativeRow = {
  name: 'constant',
  statement: 'd/dx c = 0',
  example: [symbol('c'), x],
  level: 'detail',
  take: (of, { by, depends }) =>
    depends.on(of)
      ? undefined
      : {
          after: zero,
          because: 'it does not change with the variable',
          bindings: { c: of, x: by },
        },
};

/** d x[e] / d x[i]: one entry of a family by another is a product of deltas. */
function entryByEntry(of: SymbolFormula, by: SymbolFormula): Formula {
  if (of.indices.length !== by.indices.length)
    throw new Unsupported(
      `${of.name} has ${of.indices.length} indices here and ${by.indices.length} in the variable; write all of them in both`,
      of,
    );
  return multiply(
    ...of.indices.map((index, place) => decidedDelta(index, by.indices[place] as Formula)),
  );
}

const self: DerivativeRow = {
  name: 'same-entry',
  statement: 'd x_i / d x_j = delta(i, j)',
  example: [symbol('x', [i]), symbol('x', [j])],
  level: 'detail',
  take(of, { by }) {
    if (of.kind !== 'symbol' || of.name !== by.name) return undefined;
    const after = entryByEntry(of, by);
    const because = isNumber(after, 1)
      ? 'the derivative of a variable by itself is 1'
      : 'an entry changes with the variable only if it is that same entry';
    return { after, because, bindings: { u: of, x: by } };
  },
};

const sum: DerivativeRow = {
  name: 'sum-rule',
  statement: 'd/dx (u + v) = du/dx + dv/dx',
  example: [add(power(x, number(2)), sine(x)), x],
  level: 'detail',
  take(of, { by, depends, inner }) {
    if (of.kind !== 'add') return undefined;
    const changing = of.terms.filter((term) => depends.on(term));
    return {
      after: add(...changing.map(inner)),
      because:
        changing.length > 1
          ? 'the derivative of a sum is the sum of the derivatives'
          : 'terms that do not change with the variable drop out',
      bindings: { u: of, x: by },
    };
  },
};

const constantFactor: DerivativeRow = {
  name: 'constant-factor',
  statement: 'd/dx (c u) = c du/dx',
  example: [multiply(symbol('c'), power(x, number(2))), x],
  level: 'detail',
  take(of, { by, depends, inner }) {
    if (of.kind !== 'multiply') return undefined;
    if (of.factors.filter((factor) => depends.on(factor)).length !== 1) return undefined;
    return {
      after: multiply(...of.factors.map((factor) => (depends.on(factor) ? inner(factor) : factor))),
      because: 'constant factors stay',
      bindings: { u: of, x: by },
    };
  },
};

const product: DerivativeRow = {
  name: 'product-rule',
  statement: 'd/dx (u v) = du/dx v + u dv/dx',
  example: [multiply(power(x, number(2)), sine(x)), x],
  level: 'main',
  take(of, { by, depends, inner }) {
    if (of.kind !== 'multiply') return undefined;
    const terms = of.factors.flatMap((factor, place) =>
      depends.on(factor)
        ? [multiply(...of.factors.map((other, at) => (at === place ? inner(other) : other)))]
        : [],
    );
    return {
      after: add(...terms),
      because: 'product rule: each factor that changes is differentiated once, the others stay',
      bindings: { u: of, x: by },
    };
  },
};

const powerRule: DerivativeRow = {
  name: 'power-rule',
  statement: 'd/dx u^n = n u^(n - 1) du/dx',
  example: [power(sine(x), number(3)), x],
  level: 'main',
  take(of, { by, depends, inner }) {
    if (of.kind !== 'power' || depends.on(of.exponent)) return undefined;
    const { base, exponent } = of;
    return {
      after: multiply(exponent, power(base, add(exponent, minusOne)), inner(base)),
      because: same(base, by)
        ? 'power rule'
        : 'power rule, times the derivative of the base (chain rule)',
      bindings: { u: base, n: exponent, x: by },
    };
  },
};

const positive = (base: Formula) =>
  base.kind === 'number' && base.value.compare(0) > 0 ? [] : [compare(base, '>', zero)];

const exponential: DerivativeRow = {
  name: 'exponent-rule',
  statement: 'd/dx a^v = a^v log(a) dv/dx',
  example: [power(symbol('a'), sine(x)), x],
  level: 'main',
  take(of, { by, depends, inner }) {
    if (of.kind !== 'power' || depends.on(of.base)) return undefined;
    return {
      after: multiply(of, log(of.base), inner(of.exponent)),
      because: 'a power with a constant base is that power times the logarithm of the base',
      bindings: { a: of.base, v: of.exponent, x: by },
      assumes: positive(of.base),
    };
  },
};

const generalPower: DerivativeRow = {
  name: 'general-power-rule',
  statement: 'd/dx u^v = u^v (dv/dx log(u) + v/u du/dx)',
  example: [power(x, sine(x)), x],
  level: 'main',
  take(of, { by, inner }) {
    if (of.kind !== 'power') return undefined;
    const { base, exponent } = of;
    const change = add(
      multiply(inner(exponent), log(base)),
      multiply(exponent, power(base, minusOne), inner(base)),
    );
    return {
      after: multiply(of, change),
      because: 'u^v = exp(v log(u)), differentiated by the chain and product rules.',
      bindings: { u: base, v: exponent, x: by },
      assumes: positive(base),
    };
  },
};

/**
 * Not used on the way to an answer, since one fraction hides the factors that have names; it is
 * here for hand-written lines.
 */
export const quotient: DerivativeRow = {
  name: 'quotient-rule',
  statement: 'd/dx (u/v) = (du/dx v - u dv/dx)/v^2',
  example: [multiply(sine(x), power(add(one, power(x, number(2))), minusOne)), x],
  level: 'main',
  take(of, { by, inner }) {
    if (of.kind !== 'multiply') return undefined;
    const below = of.factors.filter(
      (factor) => factor.kind === 'power' && isNumber(factor.exponent, -1),
    );
    const [only] = below;
    if (below.length !== 1 || only?.kind !== 'power') return undefined;
    const v = only.base;
    const u = multiply(...of.factors.filter((factor) => factor !== only));
    return {
      after: multiply(
        add(multiply(inner(u), v), negate(multiply(u, inner(v)))),
        power(v, number(-2)),
      ),
      because: 'quotient rule',
      bindings: { u, v, x: by },
    };
  },
};

/** In the order in which they are tried. */
export const basicRows: readonly DerivativeRow[] = [
  constant,
  self,
  sum,
  constantFactor,
  product,
  powerRule,
  exponential,
  generalPower,
];
