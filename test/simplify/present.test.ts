/** What a teacher would write: one row for each form, read, presented and written again. */
import { describe, expect, test } from 'vitest';
import {
  compare,
  type Formula,
  number,
  type Relation,
  symbol,
} from '../../src/expression/formula.js';
import type { Assumption, Definition, Range } from '../../src/network/network.js';
import { cost } from '../../src/simplify/cost.js';
import { expand } from '../../src/simplify/expand.js';
import { applyAssumptions, present, replayPresentation } from '../../src/simplify/present.js';
import { read } from './mini-reader.js';
import { write } from './mini-writer.js';
import { agreeByNumbers } from './number-of.js';

const range = (index: string, lower: number, upper: string): Range => ({
  index,
  lower: number(lower),
  upper: read(upper),
});
const ranges = [range('i', 1, 'n'), range('j', 1, 'n'), range('k', 1, 'n'), range('l', 1, 'L')];

const define = (left: string, right: string, ...over: Range[]): Definition => {
  const head = read(left) as Extract<Formula, { kind: 'symbol' }>;
  return {
    name: head.name,
    head: head.indices,
    ranges: over,
    where: [],
    right: read(right),
    line: 1,
  };
};

const assume = (left: string, relation: Relation, right: string, ...over: Range[]): Assumption => ({
  condition: compare(read(left), relation, read(right)),
  ranges: over,
  text: `${left} ${relation} ${right}`,
  line: 1,
});

const shown = (text: string, context = {}): string =>
  write(present(read(text), { ranges, ...context }).formula);

const plain: readonly (readonly [string, string])[] = [
  ['exp(-z)/(1 + exp(-z))^2', 'sigmoid(z) (1 - sigmoid(z))'],
  ['-1/(1 + exp(-z))^2 (exp(-z)(-1))', 'sigmoid(z) (1 - sigmoid(z))'],
  ['1/(1 + exp(-z))', 'sigmoid(z)'],
  ['exp(z)/(1 + exp(z))', 'sigmoid(z)'],
  ['1 - 1/(1 + exp(-z))', '1 - sigmoid(z)'],
  ['(exp(z) - exp(-z))/(exp(z) + exp(-z))', 'tanh(z)'],
  ['1 - (exp(z) - exp(-z))^2/(exp(z) + exp(-z))^2', '1 - tanh(z)^2'],
  ['1/cosh(z)^2', '1 - tanh(z)^2'],
  ['sech(z)^2', '1 - tanh(z)^2'],
  ['1 - tanh(z)^2', '1 - tanh(z)^2'],
  ['exp(z[i])/(sum(j,1,n) exp(z[j])) - y[i]', 'softmax(j,1,n; z[j])[i] - y[i]'],
  [
    'exp(z[i]) exp(z[j])/(sum(k,1,n) exp(z[k]))^2',
    'softmax(k,1,n; z[k])[i] softmax(k,1,n; z[k])[j]',
  ],
  ['(1/2) 2 (y - t) y (1 - y) w 1{z > 0} x', '(y - t) y (1 - y) w 1{z > 0} x'],
  ['2 (y - f) (-1) (1 - f^2) x', '2 (f - y) (1 - f^2) x'],
  ['-(y - t)', 't - y'],
  ['-(1 - f^2) x', '-(1 - f^2) x'],
  ['-y + s', 's - y'],
  ['2 f - 2 y', '2 (f - y)'],
  ['f g(x) - g(x) y', '(f - y) g(x)'],
  ['x g w a + x g v b', 'x g (w a + v b)'],
  ['s - s^2', 's (1 - s)'],
  ['2 t + 3 t^2 3', '9 t^2 + 2 t'],
  ['6 t (t + 1) + 3 t^2 - 4 t', '9 t^2 + 2 t'],
  ['x x', 'x^2'],
  ['x y/x', 'y'],
  ['(a - b)/(b - a)', '-1'],
  ['(2 x)^2 + (-x)^2', '5 x^2'],
  ['exp(z) exp(-z) c', 'c'],
  ['log(exp(x)) + exp(log(x))', '2 x'],
  ['0 x + log(1) + 1 y', 'y'],
  ['-(y/a) a (1 - a) + (1 - y)/(1 - a) a (1 - a)', 'a - y'],
  ['-(y/sigmoid(z) - (1 - y)/(1 - sigmoid(z))) sigmoid(z) (1 - sigmoid(z))', 'sigmoid(z) - y'],
  ["sum(k,1,n) w[k,j] f'(z[j]) e[k]", "f'(z[j]) sum(k,1,n) w[k,j] e[k]"],
  ['sum(k,1,n) (y[k] a[i] b[k] - y[k] c a[i])', 'a[i] sum(k,1,n) y[k] (b[k] - c)'],
  ['(1/2) sum(k,1,n) 2 (c[k] - t[k]) delta(k,j) g', '(c[j] - t[j]) g'],
  ['sum(j,1,n) c', 'n c'],
  ['sum(j,1,n) 0', '0'],
  ['sum(j,1,0) x[j]', '0'],
  ['prod(j,1,0) x[j]', '1'],
  ['sum(j,3,3) x[j]', 'x[3]'],
  ['prod(m,1,L) c', 'c^L'],
  [
    '-(1/n) sum(m,1,n) (y[m] (1 - p[m]) x[m,j] - (1 - y[m]) p[m] x[m,j])',
    '(sum(m,1,n) (p[m] - y[m]) x[m,j])/n',
  ],
  [
    '2 (f[L] - y) (1 - f[1]^2) x (prod(m,2,L) (1 - f[m]^2)) (prod(m,2,L) w[m])',
    '2 (f[L] - y) x (prod(m,1,L) (1 - f[m]^2)) prod(m,2,L) w[m]',
  ],
  ['s[i] delta(i,j) - s[i] s[j]', 's[i] (delta(i, j) - s[j])'],
  ["d(C)/d(a[j]) f'(z[j])", "(d(C)/d(a[j])) f'(z[j])"],
  ['-y[k] 1/yhat[k]', '-y[k]/yhat[k]'],
  ['1/2 v^(-1/2) 2 x', 'x/v^(1/2)'],
  ['(x - m)/s^3 (-1/2) 2 (x - m) (1/n)', '-(x - m)^2/(s^3 n)'],
];

const f = define('f[l]', 'tanh(z[l])', range('l', 1, 'L'));
const z = define(
  'z[l,j]',
  'b[l,j] + sum(m,1,n) w[l,j,m] a[l-1,m]',
  range('l', 1, 'L'),
  range('j', 1, 'n'),
);
const a = define('a[l,j]', 'sigmoid(z[l,j])', range('l', 1, 'L'), range('j', 1, 'n'));
const p = define('p[k]', 'exp(z[k])/(sum(j,1,n) exp(z[j]))', range('k', 1, 'n'));

describe('presented', () => {
  test.each(plain)('%s is %s', (text, wanted) => {
    expect(shown(text)).toBe(wanted);
  });
  test.each(plain)('%s keeps its value and replays', (text) => {
    const formula = read(text);
    const result = present(formula, { ranges });
    const { agrees, tried } = agreeByNumbers(formula, result.formula);
    expect({ agrees, some: tried > 0 }).toEqual({ agrees: true, some: true });
    expect(replayPresentation(result.derivation, { ranges })).toBeUndefined();
    expect(result.derivation.steps.at(-1)?.after ?? formula).toBe(result.formula);
  });
});

describe('definitions are folded', () => {
  test('a function value takes its name', () => {
    expect(shown('1 - tanh(z[l])^2', { definitions: [f] })).toBe('1 - f[l]^2');
  });
  test('only a name that may stand does', () => {
    const context = { definitions: [f], allowed: new Set(['z']) };
    expect(shown('1 - tanh(z[l])^2', context)).toBe('1 - tanh(z[l])^2');
  });
  test('not outside its range', () => {
    expect(shown('tanh(z[l + 1])', { definitions: [f] })).toBe('tanh(z[l + 1])');
  });
  test('sums and functions of them, whatever the order and the bound letter', () => {
    const text = 'sigmoid(sum(k,1,n) w[l,j,k] a[l-1,k] + b[l,j])';
    expect(shown(text, { definitions: [z, a] })).toBe('a[l,j]');
  });
  test('some terms of a longer sum', () => {
    const text = 'sum(k,1,n) w[l,j,k] a[l-1,k] + b[l,j] - y';
    expect(shown(text, { definitions: [z] })).toBe('z[l,j] - y');
  });
  test('a softmax written out in the definition', () => {
    expect(shown('exp(z[i])/(sum(j,1,n) exp(z[j])) - y[i]', { definitions: [p] })).toBe(
      'p[i] - y[i]',
    );
  });
});

describe('means', () => {
  const mu = define('mu', '1/n sum(i,1,n) x[i]');
  test('a mean times something takes its name', () => {
    expect(shown('2/n (sum(k,1,n) x[k]) y', { definitions: [mu] })).toBe('2 y mu');
    expect(shown('x[j] - 1/n sum(k,1,n) x[k]', { definitions: [mu] })).toBe('x[j] - mu');
  });
  test('deviations from it sum to 0, and the step says why', () => {
    const result = present(read('c + b sum(k,1,n) (x[k] - mu)'), { ranges, definitions: [mu] });
    expect(write(result.formula)).toBe('c');
    expect(result.derivation.steps.map((step) => step.law)).toContain('sum-vanishes');
  });
  test('deviations from something else do not', () => {
    const text = 'c + b sum(k,1,n) (x[k] - y)';
    expect(shown(text, { definitions: [mu] })).toBe(text);
  });
});

describe('a minus inside a sum', () => {
  test('is the operator and stays', () => {
    expect(shown('p - (a - b) x')).toBe('p - (a - b) x');
  });
});

describe('assumptions', () => {
  const slope = 'sum(k,1,n) (-1) y[k] (delta(i,k) - softmax(j,1,n; z[j])[i])';
  const labels = assume('sum(k,1,n) y[k]', '=', '1');
  test('labels that sum to one', () => {
    const result = present(read(slope), { ranges, assumptions: [labels] });
    expect(write(result.formula)).toBe('softmax(j,1,n; z[j])[i] - y[i]');
    expect(result.used).toEqual([labels]);
    const naming = result.derivation.steps.filter((step) => step.law === 'assumption');
    expect(naming.map((step) => step.assumes)).toEqual([[labels.condition]]);
  });
  test('without the assumption the sum stays', () => {
    expect(shown(slope)).toBe('softmax(j,1,n; z[j])[i] sum(k,1,n) y[k] - y[i]');
  });
  test('an equality makes a factor vanish', () => {
    const exact = assume('H', '=', 'y');
    expect(shown('2/n (H - y) d(H)/d(w)', { assumptions: [exact] })).toBe('0');
  });
  test('a name inside a derivative is not its value', () => {
    const exact = assume('H', '=', 'y');
    expect(shown('d(H)/d(w) x', { assumptions: [exact] })).toBe('(d(H)/d(w)) x');
  });
  test.each([
    ['z > 0', '>', '1'],
    ['z < 0', '<', '0'],
  ] as const)('%s decides 1{z > 0}', (_, relation, value) => {
    const sign = assume('z', relation, '0');
    const result = applyAssumptions(read('1{z > 0}'), { assumptions: [sign] });
    expect({ formula: write(result.formula), used: result.used }).toEqual({
      formula: value,
      used: [sign],
    });
  });
  test('a sign for all entries', () => {
    const signs = assume('z[k]', '>', '0', range('k', 1, '3'));
    expect(shown('relu(z[2]) + abs(z[5])', { assumptions: [signs] })).toBe('z[2] + abs(z[5])');
  });
});

describe('expanding', () => {
  test.each([
    ['x h (w a + v b)', 'x h w a + x h v b'],
    ['(a - b)^2', 'a^2 - 2 a b + b^2'],
    ['2 sum(i,1,n) (x[i] - y)', '2 sum(i,1,n) x[i] - 2 n y'],
  ])('%s is %s', (text, wanted) => {
    const expanded = expand(read(text));
    expect(expanded && write(expanded)).toBe(wanted);
  });
  test('gives up beyond the budget', () => {
    const factors = Array.from({ length: 16 }, (_, at) => `(a${at} + b${at})`);
    expect(expand(read(factors.join(' ')))).toBeUndefined();
  });
});

describe('cost', () => {
  test.each([
    ['2 (f - y)', '2 f - 2 y'],
    ['(t - y)', '-(y - t)'],
    ['a/b', 'a (1/b)^(1)'],
  ])('%s costs less than %s', (less, more) => {
    expect(cost(read(less))).toBeLessThan(cost(read(more)));
  });
  test('a name costs the same with other indices', () => {
    expect(cost(symbol('x'))).toBeCloseTo(1, 6);
  });
});
