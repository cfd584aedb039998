/**
 * Laws of algebra and of the elementary functions, one row each. Two sides are equal wherever both
 * are defined over the reals; what is needed beyond that stands under `assumes`.
 */
import type { Law } from '../rewrite/law.js';
import { type EquationRow, lawOf } from './equations.js';

const sums: readonly EquationRow[] = [
  { name: 'double', says: 'u + u = 2 u' },
  { name: 'collect', says: 'c u + d u = (c + d) u', numbers: ['c', 'd'] },
  { name: 'collect-one', says: 'u + d u = (1 + d) u', numbers: ['d'] },
  { name: 'factor-out', says: 'u v + u w = u (v + w)' },
  { name: 'factor-out-one', says: 'u v + u = u (v + 1)' },
  { name: 'distribute', says: 'u (v + ws) = u v + u ws', many: ['ws'] },
  { name: 'square-of-sum', says: '(u + v)^2 = u^2 + 2 u v + v^2' },
  { name: 'difference-of-squares', says: 'u^2 - v^2 = (u - v) (u + v)' },
];

// (x^n)^m is x^(n m) for whole m only: sqrt(x^2) is |x|.
const powers: readonly EquationRow[] = [
  { name: 'square', says: 'u u = u^2' },
  { name: 'cancel', says: 'u u^(-1) = 1', assumes: ['u != 0'] },
  { name: 'one-factor-more', says: 'u u^n = u^(n + 1)' },
  { name: 'product-of-powers', says: 'u^n u^m = u^(n + m)' },
  { name: 'power-of-power', says: '(u^n)^m = u^(n m)', integers: ['m'] },
  { name: 'power-of-product', says: '(u vs)^n = u^n vs^n', integers: ['n'], many: ['vs'] },
];

const exponentials: readonly EquationRow[] = [
  { name: 'exp-of-sum', says: 'exp(u) exp(v) = exp(u + v)' },
  { name: 'exp-to-power', says: 'exp(u)^n = exp(n u)' },
  { name: 'exp-of-log', says: 'exp(log(u)) = u', assumes: ['u > 0'] },
  { name: 'log-of-exp', says: 'log(exp(u)) = u' },
  { name: 'log-of-one', says: 'log(1) = 0' },
  { name: 'exp-of-zero', says: 'exp(0) = 1' },
  { name: 'log-of-product', says: 'log(u v) = log(u) + log(v)', assumes: ['u > 0', 'v > 0'] },
  { name: 'log-of-power', says: 'log(u^n) = n log(u)', assumes: ['u > 0'] },
  { name: 'root-of-square', says: 'sqrt(u^2) = abs(u)' },
  { name: 'square-of-root', says: 'sqrt(u)^2 = u', assumes: ['u >= 0'] },
  { name: 'square-of-modulus', says: 'abs(u)^2 = u^2' },
];

const activations: readonly EquationRow[] = [
  { name: 'sigmoid-complement', says: '1 - sigmoid(u) = sigmoid(-u)' },
  { name: 'sigmoid-of-exp', says: '1/(1 + exp(-u)) = sigmoid(u)' },
  { name: 'sigmoid-ratio', says: 'exp(u)/(1 + exp(u)) = sigmoid(u)' },
  {
    name: 'sigmoid-slope',
    says: 'exp(-u)/(1 + exp(-u))^2 = sigmoid(u) (1 - sigmoid(u))',
  },
  { name: 'tanh-of-sigmoid', says: '2 sigmoid(2 u) - 1 = tanh(u)' },
  { name: 'tanh-odd', says: 'tanh(-u) = -tanh(u)' },
  { name: 'tanh-of-exp', says: '(exp(u) - exp(-u))/(exp(u) + exp(-u)) = tanh(u)' },
  { name: 'sech-squared', says: 'sech(u)^2 = 1 - tanh(u)^2' },
  { name: 'one-over-cosh-squared', says: '1/cosh(u)^2 = 1 - tanh(u)^2' },
  { name: 'softplus-reflected', says: 'softplus(u) - softplus(-u) = u' },
  { name: 'log-sigmoid', says: 'log(sigmoid(u)) = -softplus(-u)' },
  { name: 'relu-step', says: 'relu(u) = u 1{u > 0}' },
  { name: 'sign-of-number', says: 'u sign(u) = abs(u)' },
];

const circular: readonly EquationRow[] = [
  { name: 'pythagoras', says: 'sin(u)^2 + cos(u)^2 = 1' },
  { name: 'pythagoras-hyperbolic', says: 'cosh(u)^2 - sinh(u)^2 = 1' },
  { name: 'tan-ratio', says: 'sin(u)/cos(u) = tan(u)' },
  { name: 'tanh-ratio', says: 'sinh(u)/cosh(u) = tanh(u)' },
];

export const algebraRows: readonly EquationRow[] = [
  ...sums,
  ...powers,
  ...exponentials,
  ...activations,
  ...circular,
];

export const algebraLaws: readonly Law[] = algebraRows.map(lawOf);
