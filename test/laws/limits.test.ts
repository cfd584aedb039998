import { describe, expect, test } from 'vitest';
import {
  call,
  type Formula,
  infinity,
  negate,
  number,
  symbol,
} from '../../src/expression/formula.js';
import { same, structureKey } from '../../src/expression/same.js';
import { Unsupported } from '../../src/expression/unsupported.js';
import { allLawsByName } from '../../src/laws/all.js';
import { limitOf, type Side } from '../../src/laws/limits/limit-of.js';
import { formulaFrom } from '../../src/laws/plain-text.js';
import { replay } from '../../src/rewrite/replay.js';
import { answerOf } from '../../src/rewrite/step.js';
import { evaluate } from './evaluator.js';

const plus = infinity;
const minus = negate(infinity);
const zero = number(0);
const cases: readonly [string, Formula, string][] = [
  ['sigmoid(z) (1 - sigmoid(z)) k', plus, '0'],
  ['sigmoid(z) (1 - sigmoid(z)) k', minus, '0'],
  ['sigmoid(z)', plus, '1'],
  ['sigmoid(z)', minus, '0'],
  ['z (1 - sigmoid(z))', plus, '0'],
  ['1 - tanh(z)^2', plus, '0'],
  ['tanh(k)', plus, 'tanh(k)'],
  ['tanh(z)', minus, '-1'],
  ['(3 z^2 + 1)/(2 z^2 - z)', plus, '3/2'],
  ['z^5 exp(-z)', plus, '0'],
  ['exp(z)/z^9', plus, 'infinity'],
  ['log(z)/z', plus, '0'],
  ['softplus(z) - z', plus, '0'],
  ['softplus(z)', minus, '0'],
  ['softplus(z)/z', plus, '1'],
  ['sin(z)/z', zero, '1'],
  ['(1 - cos(z))/z^2', zero, '1/2'],
  ['sin(z)/z', plus, '0'],
  ['exp(-z) sin(z)', plus, '0'],
  ['(1 + 1/z)^z', plus, 'exp(1)'],
  ['(exp(z) - 1)/z', zero, '1'],
  ['relu(z)', minus, '0'],
  ['relu(z)', plus, 'infinity'],
  ['atan(z)', plus, 'pi/2'],
  ['atan(z)', minus, '-pi/2'],
  ['erf(z)', plus, '1'],
  ['z (1 - erf(z))', plus, '0'],
  ['gelu(z)', minus, '0'],
  ['gelu(z) - z', plus, '0'],
  ['softsign(z)', minus, '-1'],
  ['silu(z)', minus, '0'],
  ['mish(z)', minus, '0'],
  ['mish(z)/z', plus, '1'],
  ['sqrt(z^2 + z) - z', plus, '1/2'],
  ['hardtanh(z)', plus, '1'],
  ['elu(z)', minus, '-1'],
  ['k/(1 + exp(-z))', plus, 'k'],
  ['k sigmoid(z) + c', plus, 'k + c'],
  ['exp(-exp(z))', plus, '0'],
  ['max(z, 3)', minus, '3'],
  ['min(z, 3)', plus, '3'],
  ['(tan(z) - z)/z^3', zero, '1/3'],
  ['(z - sin(z))/z^3', zero, '1/6'],
  ['(exp(z) - 1 - z)/z^2', zero, '1/2'],
  ['sigmoid(z)', zero, '1/2'],
  ['log(1 + z)/z', zero, '1'],
  ['abs(z)', zero, '0'],
  ['z/abs(z)', plus, '1'],
  ['tanh(z)^2 + sech(z)', minus, '1'],
  ['exp(z)/(exp(z) + exp(2 z))', plus, '0'],
  ['exp(z)/(exp(z) + 3)', plus, '1'],
  ['asinh(z) - log(z)', plus, 'log(2)'],
  ['selu(z)', plus, 'infinity'],
  ['leaky_relu(z)', minus, '-infinity'],
  ['erf(z) - 2 sigmoid(z)', minus, '-1'],
  ['cos(1/z)', plus, '1'],
  ['z sin(1/z)', plus, '1'],
];

/** Written with the constant, since `infinity` is not a name of plain math. */
const limit = (text: string, to: Formula, side: Side = 'both') =>
  limitOf(formulaFrom(text), 'z', to, side);

describe('limits', () => {
  test.each(cases)('%s as z -> %o is %s', (text, to, expected) => {
    const derivation = limit(text, to);
    expect(structureKey(answerOf(derivation))).toBe(structureKey(formulaFrom(expected)));
    const context = { limit: { variable: 'z', to, side: 'both' as const } };
    expect(replay(derivation, allLawsByName, context)).toEqual({ holds: true });
  });

  test('are near the number far out', () => {
    // No code in common: the formula at a far (or near) place against the limit.
    for (const [text, to, expected] of cases) {
      if (expected.endsWith('infinity')) continue;
      const goal = evaluate(formulaFrom(expected), { seed: 3 });
      const place = same(to, plus) ? 30 : same(to, minus) ? -30 : 1e-3;
      const value = evaluate(formulaFrom(text), { seed: 3, values: new Map([['z', place]]) });
      if (Number.isFinite(value)) expect(Math.abs(value - goal), text).toBeLessThan(0.2);
    }
  });

  test('a derivative taken of a known function is written out', () => {
    const slope = call('sigmoid', [symbol('z')], { slots: [{ argument: 0, at: [] }] });
    expect(answerOf(limitOf(slope, 'z', plus))).toEqual(number(0));
    expect(answerOf(limitOf(slope, 'z', minus))).toEqual(number(0));
  });

  test('the lines: parts first where each has its own limit', () => {
    const lines = limit('sigmoid(z) (1 - sigmoid(z)) k', plus).steps.map((step) => step.law);
    expect(lines).toEqual(['limit-of-parts', 'arithmetic']);
    expect(limit('z exp(-z)', plus).steps.map((step) => step.law)).toEqual(['limit']);
  });

  test('from one side', () => {
    expect(answerOf(limit('1/z', zero, 'right'))).toBe(plus);
    expect(same(answerOf(limit('1/z', zero, 'left')), minus)).toBe(true);
    expect(answerOf(limit('relu(z)/z', zero, 'right'))).toEqual(number(1));
    expect(answerOf(limit('relu(z)/z', zero, 'left'))).toEqual(number(0));
  });
});

describe('constants known to be positive', () => {
  const positive = new Set(['k']);
  test.each<[string, Formula, string]>([
    ['sigmoid(k z)', plus, '1'],
    ['sigmoid(k z)', minus, '0'],
    ['k z', plus, 'infinity'],
    ['z^3 exp(-k z)', plus, '0'],
    ['sqrt(k z^2 + z)/z', plus, 'k^(1/2)'],
    ['(k^2 z^2 + 1)/(z^2 + k)', plus, 'k^2'],
    ['tanh(-k^3 z) + c', plus, '-1 + c'],
  ])('%s as z -> %o is %s', (text, to, expected) => {
    const found = answerOf(limitOf(formulaFrom(text), 'z', to, 'both', { positive }));
    expect(structureKey(found)).toBe(structureKey(formulaFrom(expected)));
  });
});

describe('no limit is made up', () => {
  const messageOf = (text: string, to: Formula): string => {
    try {
      return structureKey(answerOf(limit(text, to)));
    } catch (error) {
      if (error instanceof Unsupported) return error.message;
      throw error;
    }
  };

  test.each([
    ['1/z', zero, 'the limits from the two sides differ; ask for one side'],
    ['sin(z)', plus, 'it does not settle, as far as these laws can see'],
    ['exp(k z)', plus, 'the limit depends on the sign of k; say it, as in `assume k > 0`'],
    ['k z', plus, 'the limit depends on the sign of k; say it, as in `assume k > 0`'],
    ['g(z)', plus, 'nothing is known of g far out; give it a formula'],
    ['log(z)', minus, 'a logarithm of something that is not known to be positive'],
  ] as const)('%s', (text, to, message) => {
    const formula = text === 'g(z)' ? call('g', [symbol('z')]) : undefined;
    if (formula) expect(() => limitOf(formula, 'z', to)).toThrow(message);
    else expect(messageOf(text, to)).toBe(message);
  });
});
