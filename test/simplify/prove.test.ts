/** Equal pairs, near misses, fresh pairs and domain traps: what is proved, and what must not be. */
import { describe, expect, test } from 'vitest';
import { compare, number, symbol } from '../../src/expression/formula.js';
import { proveEqual } from '../../src/simplify/prove.js';
import { read } from './mini-reader.js';

const range = (index: string, lower: number, upper: string) => ({
  index,
  lower: number(lower),
  upper: symbol(upper),
});
const context = {
  ranges: [range('i', 1, 'n'), range('j', 1, 'n'), range('k', 1, 'n'), range('l', 1, 'L')],
};

const equal: readonly (readonly [string, string])[] = [
  ['(a + b)^2', 'a^2 + 2 a b + b^2'],
  ['(a - b)(a + b)', 'a^2 - b^2'],
  ['a/b + c/d', '(a d + b c)/(b d)'],
  ['1/(x - 1) - 1/(x + 1)', '2/(x^2 - 1)'],
  ['x/x', '1'],
  ['(x^2 - 1)/(x - 1)', 'x + 1'],
  ['(x^3 - y^3)/(x - y)', 'x^2 + x y + y^2'],
  ['exp(a + b)', 'exp(a) exp(b)'],
  ['exp(2 a)', 'exp(a)^2'],
  ['exp(-z)/(1 + exp(-z))^2', 'sigmoid(z)(1 - sigmoid(z))'],
  ['1/(1 + exp(-z))', 'sigmoid(z)'],
  ['exp(z)/(1 + exp(z))', 'sigmoid(z)'],
  ['1 - sigmoid(z)', 'sigmoid(-z)'],
  ['tanh(z)', '(exp(z) - exp(-z))/(exp(z) + exp(-z))'],
  ['tanh(z)', '2 sigmoid(2 z) - 1'],
  ['1 - tanh(z)^2', '4/(exp(z) + exp(-z))^2'],
  ['1 - tanh(z)^2', 'sech(z)^2'],
  ['cosh(z)^2 - sinh(z)^2', '1'],
  ['tanh(z)', 'sinh(z)/cosh(z)'],
  ['tanh(-z)', '-tanh(z)'],
  ['softplus(z) - softplus(-z)', 'z'],
  ['softplus(z)', '-log(sigmoid(-z))'],
  ['log(exp(z))', 'z'],
  ['exp(log(x))', 'x'],
  ['log(x y)', 'log(x) + log(y)'],
  ['log(x/y)', 'log(x) - log(y)'],
  ['log(x^2)', '2 log(x)'],
  ['sqrt(x)^2', 'x'],
  ['sqrt(x) sqrt(y)', 'sqrt(x y)'],
  ['sqrt(12)', '2 sqrt(3)'],
  ['1/sqrt(2)', 'sqrt(2)/2'],
  ['sqrt(x^2)', 'abs(x)'],
  ['relu(z)', 'z 1{z > 0}'],
  ['relu(z) - relu(-z)', 'z'],
  ['abs(z)', 'relu(z) + relu(-z)'],
  ['abs(z)^2', 'z^2'],
  ['1{z > 0}^2', '1{z > 0}'],
  ['max(a, b) + min(a, b)', 'a + b'],
  ['max(a, b)', 'max(b, a)'],
  ['sum(i,1,n) c x[i]', 'c sum(k,1,n) x[k]'],
  ['sum(i,1,n) (x[i] + y[i])', 'sum(i,1,n) x[i] + sum(j,1,n) y[j]'],
  ['sum(i,1,n) sum(j,1,m) a[i,j] b[j]', 'sum(j,1,m) b[j] sum(i,1,n) a[i,j]'],
  ['(sum(i,1,n) x[i])^2', 'sum(i,1,n) sum(j,1,n) x[i] x[j]'],
  ['sum(i,1,n) delta(i,k) x[i]', 'x[k]'],
  ['sum(i,1,n) c', 'n c'],
  ['sum(i,0,n - 1) x[i + 1]', 'sum(i,1,n) x[i]'],
  ['sum(i,1,3) x[i]', 'x[1] + x[2] + x[3]'],
  ['prod(i,1,n) (a[i] b[i])', '(prod(i,1,n) a[i]) (prod(i,1,n) b[i])'],
  ['prod(i,1,n) exp(x[i])', 'exp(sum(i,1,n) x[i])'],
  ['log(prod(i,1,n) x[i])', 'sum(i,1,n) log(x[i])'],
  ['w[1] prod(m,2,L) w[m]', 'prod(m,1,L) w[m]'],
  ['x[1] + sum(i,2,n) x[i]', 'sum(i,1,n) x[i]'],
  ['exp(z[i])/(sum(j,1,n) exp(z[j]))', 'softmax(j,1,n; z[j])[i]'],
  ['sum(i,1,n) softmax(j,1,n; z[j])[i]', '1'],
  ['log(softmax(j,1,n; z[j])[i])', 'z[i] - logsumexp(j,1,n; z[j])'],
  ['softmax(j,1,n; z[j] + c)[i]', 'softmax(j,1,n; z[j])[i]'],
  ['sum(i,1,n) (x[i] - (1/n) sum(j,1,n) x[j])', '0'],
  ['2 (y - f) (-1)', '2 (f - y)'],
  ['sin(x)^2 + cos(x)^2', '1'],
];

const fresh: readonly (readonly [string, string])[] = [
  ['-(y/a) a (1 - a) + (1 - y)/(1 - a) a (1 - a)', 'a - y'],
  ['(-y/a + (1 - y)/(1 - a)) a (1 - a)', 'a - y'],
  ['sigmoid(z) - sigmoid(z)^2', 'exp(z)/(1 + exp(z))^2'],
  ['z sigmoid(z)', 'silu(z)'],
  ['sigmoid(z) + z sigmoid(z)(1 - sigmoid(z))', 'silu(z) + sigmoid(z)(1 - silu(z))'],
  ['1/((1 + x)(2 + y))', '1/(1 + x) 1/(2 + y)'],
  ['sum(i,1,n) 1/((1 + x[i])(2 + x[i]))', 'sum(i,1,n) (1/(1 + x[i]) - 1/(2 + x[i]))'],
  ['sum(i,1,n) (x[i] - m)^2', 'sum(i,1,n) x[i]^2 - 2 m sum(i,1,n) x[i] + n m^2'],
  [
    'sum(k,1,n) y[k] (log(sum(j,1,n) exp(z[j])) - z[k])',
    '-sum(k,1,n) y[k] log(softmax(j,1,n; z[j])[k])',
  ],
  [
    'sum(k,1,n) y[k] (softmax(j,1,n; z[j])[i] - delta(i,k))',
    'softmax(j,1,n; z[j])[i] sum(k,1,n) y[k] - y[i]',
  ],
  ['prod(m,1,L) w[m]^2', '(prod(m,1,L) w[m])^2'],
  ['prod(m,1,L) (2 w[m])', '2^L prod(m,1,L) w[m]'],
  ['x^n x', 'x^(n + 1)'],
  ['f(x + y) g(z)', 'g(z) f(y + x)'],
  ["f'(z[j]) sum(k,1,n) w[k,j] e[k]", "sum(k,1,n) e[k] f'(z[j]) w[k,j]"],
  ['d(C)/d(a[j]) a[j]', 'a[j] d(C)/d(a[j])'],
  ['sum(i,1,n; i != k) x[i]', 'sum(i,1,n) x[i] - x[k]'],
  ['1{z > 0} + 1{z <= 0}', '1'],
  ['1{z >= 0}', '1 - 1{z < 0}'],
  ['1{2 z > 0}', '1{z > 0}'],
  ['(a b)/(c a)', 'b/c'],
  ['sqrt(4 p + 4 r)', '2 sqrt(p + r)'],
  ['(p + r)^(1/2) (p + r)', '(p + r)^(3/2)'],
  ['(v + c)/sqrt(v + c)', 'sqrt(v + c)'],
  ['a^2/(a + b) - b^2/(a + b)', 'a - b'],
  ['1/(1 + 1/x)', 'x/(1 + x)'],
  ['tanh(z/2)', '2 sigmoid(z) - 1'],
  ['log(1 + exp(z)) - log(1 + exp(-z))', 'z'],
  ['cosh(2 z)', '2 cosh(z)^2 - 1'],
  ['exp(z[i] - log(sum(j,1,n) exp(z[j])))', 'softmax(j,1,n; z[j])[i]'],
  ['sum(i,1,n) sum(j,1,n) x[i] a[i,j] x[j]', 'sum(j,1,n) x[j] sum(i,1,n) a[i,j] x[i]'],
  ['sum(i,1,n) x[i] 1{i < n}', 'sum(i,1,n - 1) x[i]'],
  ['sum(k,1,n) (a[k] + b[k]) delta(k,j)', 'a[j] + b[j]'],
  ['relu(x y) + relu(-x y)', 'abs(x y)'],
  ['sum(i,1,n) exp(z[i])/(sum(j,1,n) exp(z[j])) c', 'c'],
];

const different: readonly (readonly [string, string])[] = [
  ['(a + b)^2', 'a^2 + b^2'],
  ['exp(-z)/(1 + exp(-z))^2', 'sigmoid(z)(1 + sigmoid(z))'],
  ['1 - tanh(z)^2', '1 - tanh(z)'],
  ['tanh(z)', 'sigmoid(2 z) - 1'],
  ['exp(a + b)', 'exp(a) + exp(b)'],
  ['log(x + y)', 'log(x) + log(y)'],
  ['sqrt(x + y)', 'sqrt(x) + sqrt(y)'],
  ['relu(z)', 'abs(z)'],
  ['sum(i,1,n) x[i] y[i]', '(sum(i,1,n) x[i]) (sum(i,1,n) y[i])'],
  ['sum(i,1,n) sum(j,1,m) a[i,j] b[j]', 'sum(i,1,n) sum(j,1,m) a[i,j] b[i]'],
  ['sum(i,1,n) delta(i,k) x[i]', 'x[i]'],
  ['sum(i,1,n) c', 'c'],
  ['sum(i,1,n - 1) x[i]', 'sum(i,1,n) x[i]'],
  ['prod(i,1,n) (a[i] + b[i])', '(prod(i,1,n) a[i]) + (prod(i,1,n) b[i])'],
  ['softmax(j,1,n; z[j])[i]', 'softmax(j,1,n; z[j])[k]'],
  ['softmax(j,1,n; 2 z[j])[i]', 'softmax(j,1,n; z[j])[i]'],
  ['a[i,j] b[j,k]', 'a[j,i] b[j,k]'],
  ["f'(z)", 'f(z)'],
  ['d(C)/d(a[j])', 'd(C)/d(a[k])'],
  ['2 (f - y)', '2 (y - f)'],
  ['w[1] prod(m,1,L) w[m]', 'prod(m,1,L) w[m]'],
  ['sum(i,1,n) sum(j,1,n) a[i,j] b[i] c[j]', 'sum(i,1,n) sum(j,1,n) a[i,j] c[i] b[j]'],
];

const traps: readonly (readonly [string, string])[] = [
  ['1{z > 0} + 1{-z > 0}', '1'],
  ['1{z > 0} + 1{z < 0}', '1'],
  ['1{z >= 0}', '1{z > 0}'],
  ['prod(m,3,L) w[m]', '(prod(m,1,L) w[m])/(w[1] w[2])'],
  ['sum(m,3,L) w[m]', 'sum(m,1,L) w[m] - w[1] - w[2]'],
  ['log(-x)', 'log(x)'],
  ['log(-x^2)', 'log(x^2)'],
  ['log(x - 1) + log(1 - x)', 'log(1 - x) + log(x - 1)'],
  ['sum(i,1,n) delta(i,k + 1) x[i]', 'x[k + 1]'],
  ['sum(i,2,n) delta(i,k) x[i]', 'x[k]'],
  ['sqrt(x^2)', 'x'],
  ['(x^2)^(1/2)', '-x'],
  ['sqrt(x y) sqrt(x z)', 'x sqrt(y z)'],
  ['sign(x)', 'x/abs(x) + 0^z'],
  ['abs(x)', 'x'],
  ['sum(i,1,n) 1/n + 1/m', '1 + 1/n'],
  ['relu(z)^2', 'relu(z^2)'],
  ['1{z > 0} 1{y > 0}', '1{z y > 0}'],
  ['sin(2 x)', '2 sin(x)'],
  ['exp(x)^y', 'exp(x + y)'],
  ['sum(i,1,L - 1) w[i] + w[L - 1] + w[L]', 'sum(i,1,L - 2) w[i] + 2 w[L - 1] + w[L]'],
  ['max(a, b)', 'a'],
];

describe('equal pairs are proved', () => {
  test.each(equal)('%s = %s', (left, right) => {
    expect(proveEqual(read(left), read(right), context).proved).toBe(true);
  });
});

describe('fresh pairs are proved', () => {
  test.each(fresh)('%s = %s', (left, right) => {
    expect(proveEqual(read(left), read(right), context).proved).toBe(true);
  });
});

describe('near misses are not proved', () => {
  test.each(different)('%s, %s', (left, right) => {
    expect(proveEqual(read(left), read(right), context).proved).toBe(false);
  });
});

describe('domain traps are not proved', () => {
  test.each(traps)('%s, %s', (left, right) => {
    expect(proveEqual(read(left), read(right), context).proved).toBe(false);
  });
});

describe('what a proof rests on', () => {
  const labels = {
    condition: compare(read('sum(k,1,n) y[k]'), '=', number(1)),
    ranges: [],
    text: 'sum_k y_k = 1',
    line: 1,
  };
  const loss = 'sum(k,1,n) y[k] (softmax(j,1,n; z[j])[i] - delta(i,k))';
  const slope = 'softmax(j,1,n; z[j])[i] - y[i]';

  test('an assumption is used and named', () => {
    const proof = proveEqual(read(loss), read(slope), { ...context, assumptions: [labels] });
    expect(proof.proved).toBe(true);
    expect(proof.used).toEqual([labels]);
  });
  test('without it nothing is proved', () => {
    expect(proveEqual(read(loss), read(slope), context).proved).toBe(false);
  });
  test('an assumption that was not needed is not named', () => {
    const proof = proveEqual(read('a b'), read('b a'), { ...context, assumptions: [labels] });
    expect(proof).toMatchObject({ proved: true, used: [] });
  });
  test('denominators are conditions', () => {
    const proof = proveEqual(read('x/x'), read('1'), context);
    expect(proof.conditions).toEqual([compare(symbol('x'), '!=', number(0))]);
  });
  test('a sign that was assumed', () => {
    const positive = {
      condition: compare(symbol('z'), '>', number(0)),
      ranges: [],
      text: 'z > 0',
      line: 1,
    };
    const proof = proveEqual(read('1{z > 0}'), read('1'), { assumptions: [positive] });
    expect(proof).toMatchObject({ proved: true, used: [positive] });
  });
});
