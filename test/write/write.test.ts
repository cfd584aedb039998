import { describe, expect, it } from 'vitest';
import {
  add,
  array,
  call,
  cases,
  compare,
  delta,
  derivative,
  divide,
  exp,
  type Formula,
  family,
  indicator,
  minusOne,
  multiply,
  negate,
  number,
  one,
  operation,
  power,
  product,
  rawAdd,
  rawMultiply,
  reciprocal,
  subtract,
  sum,
  symbol,
  whole,
  zero,
} from '../../src/expression/formula.js';
import { type Display, plainDisplay } from '../../src/write/display.js';
import {
  unrolled,
  writeCondition,
  writeConditionLatex,
  writeLatex,
  writePlain,
  writeUnicode,
} from '../../src/write/write.js';

const layered: Display = {
  ...plainDisplay,
  upperSlots: (name) => (['w', 'a', 'z', 'b', 'delta', 'W', 'h'].includes(name) ? 1 : 0),
};
const s = (name: string, ...indices: Formula[]) => symbol(name, indices);
const [i, j, k, l, L, K, x, y, z, n] = 'i j k l L K x y z n'.split(' ').map((name) => s(name)) as [
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
];
const next = add(l, one);
const prime = { slots: [{ argument: 0, at: [] }] };
const bounds = (lower: Formula, upper: Formula) => ({ lower, upper });

/** Plain math, then LaTeX. */
const table: readonly (readonly [string, Formula, string, string])[] = [
  ['layer and units', s('w', l, j, k), 'w^l_jk', 'w^l_{jk}'],
  ['a layer shifted', s('a', subtract(l, one), k), 'a^(l-1)_k', 'a^{(l-1)}_k'],
  ['a layer that is a number', s('W', number(2), number(1), number(2)), 'W^(2)_12', 'W^{(2)}_{12}'],
  ['two-digit indices', s('w', l, number(1), number(12)), 'w^l_{1,12}', 'w^l_{1,12}'],
  ['an affine index', s('x', add(i, k)), 'x_{i+k}', 'x_{i+k}'],
  ['a size', s('n', next), 'n_{l+1}', 'n_{l+1}'],
  [
    'power of a name with a layer',
    power(s('h', number(2), i), number(2)),
    '(h^(2)_i)^2',
    '(h^{(2)}_i)^2',
  ],
  ['power of a name without', power(s('f', number(1)), number(2)), 'f_1^2', 'f_1^2'],
  ['a whole family', s('W', l, whole, whole), 'W^l', 'W^l'],
  ['a row', s('X', i, whole), 'X_{i:}', 'X_{i:}'],
  ['a label', s('W_xh', i, j), 'W_xh_ij', 'W_{xh,ij}'],
  ['a hat', s('yhat', k), 'yhat_k', '\\hat{y}_k'],
  ['a word', s('Loss'), 'Loss', '\\mathrm{Loss}'],
  ['a difference', subtract(x, y), 'x - y', 'x - y'],
  ['a leading minus', add(negate(x), y), '-x + y', '-x + y'],
  ['minus a sum', subtract(x, add(y, z)), 'x - (y + z)', 'x - (y + z)'],
  ['minus a bracket', negate(add(x, y)), '-(x + y)', '-(x + y)'],
  ['a factor in brackets', multiply(x, subtract(one, x)), 'x (1 - x)', 'x (1 - x)'],
  ['number first', multiply(number(-3), x, y), '-3 x y', '-3 x y'],
  ['a fraction', divide(x, y), 'x/y', '\\frac{x}{y}'],
  [
    'a fraction of products',
    divide(multiply(x, y), multiply(z, number(2))),
    'x y/(2 z)',
    '\\frac{x y}{2 z}',
  ],
  ['two denominators', multiply(x, reciprocal(y), reciprocal(z)), 'x/(y z)', '\\frac{x}{y z}'],
  ['order is kept', multiply(x, reciprocal(y), z), 'x/y z', '\\frac{x}{y} \\, z'],
  ['a half', multiply(number('1/2'), x), '1/2 x', '\\frac{1}{2} x'],
  ['a half later', rawMultiply([x, number('1/2')]), 'x (1/2)', 'x \\, \\frac{1}{2}'],
  ['a decimal', multiply(number('0.05'), x), '0.05 x', '0.05 x'],
  ['a third', number('-1/3'), '-1/3', '-\\frac{1}{3}'],
  ['an inverse square', power(x, number(-2)), '1/x^2', '\\frac{1}{x^2}'],
  ['a root as a power', power(x, number('1/2')), 'x^(1/2)', 'x^{\\frac{1}{2}}'],
  ['a symbolic exponent', power(x, add(n, one)), 'x^(n+1)', 'x^{n+1}'],
  ['power of a negative', power(negate(x), number(2)), '(-x)^2', '(-x)^2'],
  ['power of a power', power(power(x, n), number(2)), '(x^n)^2', '(x^n)^2'],
  [
    'logistic slope',
    divide(exp(negate(z)), power(add(one, exp(negate(z))), number(2))),
    'exp(-z)/(1 + exp(-z))^2',
    '\\frac{e^{-z}}{(1 + e^{-z})^2}',
  ],
  ['e when e is a name', multiply(s('e', k), exp(z)), 'e_k exp(z)', 'e_k \\exp(z)'],
  ['a root', call('sqrt', [add(x, y)]), 'sqrt(x + y)', '\\sqrt{x + y}'],
  ['a prime', call('f', [s('z', l, j)], prime), "f'(z^l_j)", "f'(z^l_j)"],
  [
    'no false call',
    multiply(s('f'), add(x, y), call('f', [x])),
    'f * (x + y) f(x)',
    'f \\cdot (x + y) f(x)',
  ],
  ['an indexed function', call('phi', [x], { indices: [j] }), 'phi_j(x)', '\\phi_j(x)'],
  [
    'slot of two numbers',
    call('f', [x, y], { slots: [{ argument: 1, at: [] }] }),
    'df(x, y)/dy',
    '\\frac{\\partial f(x, y)}{\\partial y}',
  ],
  [
    'abstract loss',
    call('C', [array([{ index: 'j', lower: one, upper: s('n', L) }], s('a', L, j))]),
    'C(a^L)',
    'C(a^L)',
  ],
  [
    'its slope',
    call('C', [array([{ index: 'j', lower: one, upper: s('n', L) }], s('a', L, j))], {
      slots: [{ argument: 0, at: [k] }],
    }),
    'dC/da^L_k',
    '\\frac{\\partial C}{\\partial a^L_k}',
  ],
  [
    'a sum',
    sum('k', bounds(one, K), multiply(s('v', k), s('x', k))),
    'sum_{k=1}^K v_k x_k',
    '\\sum_{k=1}^{K} v_k x_k',
  ],
  [
    'a sum of a sum',
    sum('k', undefined, add(s('v', k), s('x', k))),
    'sum_k (v_k + x_k)',
    '\\sum_{k} (v_k + x_k)',
  ],
  [
    'a sum that is not last',
    rawMultiply([sum('k', undefined, s('x', k)), y]),
    '(sum_k x_k) y',
    '\\left(\\sum_{k} x_k\\right) y',
  ],
  [
    'a sum that is last',
    multiply(y, sum('k', undefined, s('x', k))),
    'y sum_k x_k',
    'y \\sum_{k} x_k',
  ],
  [
    'nested sums',
    sum('k', undefined, multiply(s('v', k), sum('j', undefined, s('x', j)))),
    'sum_k v_k sum_j x_j',
    '\\sum_{k} v_k \\sum_{j} x_j',
  ],
  [
    'a sum over itself',
    multiply(k, sum('k', undefined, s('x', k))),
    'k sum_m x_m',
    'k \\sum_{m} x_m',
  ],
  ['a generated index', sum('k1', undefined, s('x', s('k1'))), 'sum_k x_k', '\\sum_{k} x_k'],
  [
    'all but one',
    sum('j', undefined, s('x', j), [compare(j, '!=', i)]),
    'sum_{j != i} x_j',
    '\\sum_{j \\neq i} x_j',
  ],
  [
    'a mean',
    multiply(reciprocal(s('N')), sum('i', bounds(one, s('N')), s('x', i))),
    '1/N sum_{i=1}^N x_i',
    '\\frac{1}{N} \\sum_{i=1}^{N} x_i',
  ],
  [
    'two products',
    multiply(
      product('l', bounds(one, L), s('f', l)),
      product('l', bounds(number(2), L), s('v', l)),
    ),
    '(prod_{l=1}^L f_l) prod_{l=2}^L v_l',
    '\\left(\\prod_{l=1}^{L} f_l\\right) \\prod_{l=2}^{L} v_l',
  ],
  [
    'an indicator',
    indicator(compare(s('z', number(1)), '>', zero)),
    '1{z^(1) > 0}',
    '\\mathbf{1}\\{z^{(1)} > 0\\}',
  ],
  ["Kronecker's delta", delta(i, j), 'delta(i,j)', '\\delta_{ij}'],
  [
    'and where delta is a name',
    multiply(s('delta', l, i), delta(i, j)),
    'delta^l_i delta(i,j)',
    '\\delta^l_i \\delta(i,j)',
  ],
  [
    'a derivative',
    derivative(s('C'), s('w', l, j, k)),
    'dC/dw^l_jk',
    '\\frac{\\partial C}{\\partial w^l_{jk}}',
  ],
  [
    'a second',
    derivative(derivative(s('C'), x), x),
    'd2C/dx^2',
    '\\frac{\\partial^2 C}{\\partial x^2}',
  ],
  [
    'a mixed one',
    derivative(derivative(s('C'), x), y),
    'd2C/dy dx',
    '\\frac{\\partial^2 C}{\\partial y \\, \\partial x}',
  ],
  [
    'an operator',
    multiply(derivative(power(x, number(2)), x), y),
    '(d/dx (x^2)) y',
    '\\left(\\frac{\\partial}{\\partial x} (x^2)\\right) y',
  ],
  [
    'a softmax',
    family('softmax', [{ index: 'i', lower: one, upper: K }], s('z', l, i), [k]),
    'softmax(z^l)_k',
    '\\operatorname{softmax}(z^l)_k',
  ],
  [
    'a transpose',
    rawMultiply([operation('transpose', s('W', number(2), whole, whole)), s('y', whole)]),
    '(W^(2))^T y',
    '(W^{(2)})^{\\top} y',
  ],
  [
    'elementwise',
    operation('elementwise', rawMultiply([s('A'), x]), y),
    '(A x) .* y',
    '(A x) \\odot y',
  ],
  [
    'elementwise as a factor',
    rawMultiply([number(2), operation('elementwise', x, y)]),
    '2 (x .* y)',
    '2 (x \\odot y)',
  ],
  [
    'elementwise as a term',
    rawAdd([z, operation('elementwise', x, y)]),
    'z + x .* y',
    'z + x \\odot y',
  ],
  [
    'a squared norm',
    power(operation('norm', subtract(x, y)), number(2)),
    'norm(x - y)^2',
    '\\|x - y\\|_2^2',
  ],
  ['an entry', operation('entry', rawMultiply([s('A'), x]), k), '(A x)_k', '(A x)_k'],
];

describe('writing', () => {
  for (const [name, formula, text, latex] of table) {
    it(`${name}: ${text}`, () => {
      expect(writePlain(formula, layered)).toBe(text);
      expect(writeLatex(formula, layered)).toBe(latex);
    });
  }

  it('writes cases for LaTeX with their conditions', () => {
    const formula = cases([{ when: compare(z, '>', zero), value: y }], zero);
    expect(writeLatex(formula)).toBe(
      '\\begin{cases} y & \\text{if } z > 0 \\\\ 0 & \\text{otherwise} \\end{cases}',
    );
  });

  it('writes conditions', () => {
    const condition = compare(l, '<=', subtract(L, one));
    expect(writeCondition(condition)).toBe('l <= L - 1');
    expect(writeConditionLatex(condition)).toBe('l \\leq L - 1');
  });

  it('leaves out whole ranges where the display says so', () => {
    const display: Display = { ...plainDisplay, isWholeRange: (_, range) => range.upper === K };
    expect(writePlain(sum('k', bounds(one, K), s('x', k)), display)).toBe('sum_k x_k');
    expect(writePlain(sum('k', bounds(one, L), s('x', k)), display)).toBe('sum_{k=1}^L x_k');
  });

  it('writes for the terminal', () => {
    const slope = call('f', [s('z', l, j)], prime);
    const back = sum('k', undefined, multiply(s('w', next, k, j), s('delta', next, k)));
    expect(writeUnicode(multiply(slope, back), layered)).toBe('f′(zˡⱼ) Σₖ w⁽ˡ⁺¹⁾ₖⱼ δ⁽ˡ⁺¹⁾ₖ');
  });

  it('writes products and sums by their first and last terms', () => {
    const chain = multiply(
      x,
      product('l', bounds(one, L), subtract(one, power(s('f', l), number(2)))),
      product('l', bounds(number(2), L), s('v', l)),
    );
    expect(unrolled(chain)).toEqual({
      text: 'x (1 - f_1^2) ... (1 - f_L^2) v_2 ... v_L',
      latex: 'x (1 - f_1^2) \\cdots (1 - f_L^2) v_2 \\cdots v_L',
    });
    expect(unrolled(sum('i', bounds(one, n), s('x', i))).text).toBe('x_1 + ... + x_n');
  });

  it('never binds an index that is free elsewhere, whatever the nesting', () => {
    const inner = sum('k', undefined, s('x', k));
    const outer = sum('k', undefined, rawMultiply([s('y', k), inner]));
    expect(writePlain(outer)).toBe('sum_k y_k sum_m x_m');
    expect(writePlain(rawAdd([s('m'), multiply(minusOne, k, outer)]))).toBe(
      'm - k sum_n y_n (sum_p x_p)',
    );
  });
});
