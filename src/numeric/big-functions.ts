/** Known functions in 64 digits, written apart from the table of functions and from the tape. */
import type { Decimal } from 'decimal.js';

type Big = Decimal;
/** Makes a number of 64 digits. */
export type MakeBig = (value: number | string) => Big;

type Row = (make: MakeBig, u: Big, v: Big) => Big;

const sigmoid = (make: MakeBig, u: Big): Big => make(1).div(make(1).plus(u.neg().exp()));
const softplus = (make: MakeBig, u: Big): Big => make(1).plus(u.exp()).ln();
// What is not a number on either side is not one in the result.
const least = (u: Big, v: Big): Big => (u.isNaN() || u.lt(v) ? u : v);
const most = (u: Big, v: Big): Big => (u.isNaN() || u.gt(v) ? u : v);
const sign = (make: MakeBig, u: Big): Big => make(u.gt(0) ? 1 : u.lt(0) ? -1 : 0);
const piOf = (make: MakeBig): Big => make(-1).acos();

/** Terms of the series of erf; enough for |u| <= 8 in 168 digits. */
const SERIES_TERMS = 800;

/** erf by its series (DLMF 7.6.2), and 1 far out, where the rest is below 1e-28. */
function erf(make: MakeBig, u: Big): Big {
  if (u.abs().gt(8)) return sign(make, u);
  const square = u.times(u);
  let term = u;
  let total = u;
  for (let n = 1; n < SERIES_TERMS; n += 1) {
    term = term
      .times(square)
      .times(2)
      .div(2 * n + 1);
    const before = total;
    total = total.plus(term);
    if (total.eq(before)) break;
  }
  return total.times(2).times(square.neg().exp()).div(piOf(make).sqrt());
}

const rows: Readonly<Record<string, Row>> = {
  exp: (_make, u) => u.exp(),
  log: (_make, u) => u.ln(),
  log2: (make, u) => u.ln().div(make(2).ln()),
  log10: (make, u) => u.ln().div(make(10).ln()),
  log1p: (_make, u) => u.plus(1).ln(),
  expm1: (_make, u) => u.exp().minus(1),
  sqrt: (_make, u) => u.sqrt(),
  cbrt: (_make, u) => u.cbrt(),
  abs: (_make, u) => u.abs(),
  sign: (make, u) => sign(make, u),
  heaviside: (make, u) => make(u.gt(0) ? 1 : 0),
  sin: (_make, u) => u.sin(),
  cos: (_make, u) => u.cos(),
  tan: (_make, u) => u.tan(),
  cot: (_make, u) => u.cos().div(u.sin()),
  sec: (make, u) => make(1).div(u.cos()),
  csc: (make, u) => make(1).div(u.sin()),
  asin: (_make, u) => u.asin(),
  acos: (_make, u) => u.acos(),
  atan: (_make, u) => u.atan(),
  acot: (make, u) => piOf(make).div(2).minus(u.atan()),
  asec: (make, u) => make(1).div(u).acos(),
  acsc: (make, u) => make(1).div(u).asin(),
  sinh: (_make, u) => u.sinh(),
  cosh: (_make, u) => u.cosh(),
  tanh: (_make, u) => u.tanh(),
  coth: (_make, u) => u.cosh().div(u.sinh()),
  sech: (make, u) => make(1).div(u.cosh()),
  csch: (make, u) => make(1).div(u.sinh()),
  asinh: (_make, u) => u.asinh(),
  acosh: (_make, u) => u.acosh(),
  atanh: (_make, u) => u.atanh(),
  acoth: (make, u) => make(1).div(u).atanh(),
  asech: (make, u) => make(1).div(u).acosh(),
  acsch: (make, u) => make(1).div(u).asinh(),
  sinc: (make, u) => (u.isZero() ? make(1) : u.sin().div(u)),
  erf,
  sigmoid,
  relu: (make, u) => most(u, make(0)),
  leaky_relu: (_make, u) => (u.gt(0) ? u : u.div(100)),
  elu: (_make, u) => (u.gt(0) ? u : u.exp().minus(1)),
  selu: (_make, u) =>
    u.gt(0)
      ? u.times('1.0507009873554805')
      : u.exp().minus(1).times('1.0507009873554805').times('1.6732632423543772'),
  softplus,
  softsign: (_make, u) => u.div(u.abs().plus(1)),
  silu: (make, u) => u.times(sigmoid(make, u)),
  gelu: (make, u) => u.div(2).times(erf(make, u.div(make(2).sqrt())).plus(1)),
  mish: (make, u) => u.times(softplus(make, u).tanh()),
  hardtanh: (make, u) => least(most(u, make(-1)), make(1)),
  identity: (_make, u) => u,
  hypot: (_make, u, v) => u.times(u).plus(v.times(v)).sqrt(),
  max: (_make, u, v) => most(u, v),
  min: (_make, u, v) => least(u, v),
  pow: (_make, u, v) => u.pow(v),
};

const kinks: Readonly<Record<string, readonly number[]>> = {
  abs: [0],
  sign: [0],
  heaviside: [0],
  relu: [0],
  leaky_relu: [0],
  selu: [0],
  hardtanh: [-1, 1],
  cbrt: [0],
};

/** A function of one or two numbers, or `undefined` if it is not written here. */
export const bigFunction = (name: string): Row | undefined =>
  Object.hasOwn(rows, name) ? rows[name] : undefined;

/** Where central differences mean nothing. */
export const bigKinks = (name: string): readonly number[] =>
  Object.hasOwn(kinks, name) ? (kinks[name] ?? []) : [];
