import { describe, expect, test } from 'vitest';
import {
  add,
  array,
  call,
  cases,
  compare,
  delta,
  derivative,
  exp,
  type FamilyFunctionName,
  type Formula,
  family,
  indicator,
  log,
  multiply,
  number,
  one,
  operation,
  power,
  product,
  type SymbolFormula,
  sum,
  symbol,
  whole,
  zero,
} from '../../src/expression/formula.js';
import { same, structureKey } from '../../src/expression/same.js';
import { Unsupported } from '../../src/expression/unsupported.js';
import { countNodes } from '../../src/expression/walk.js';
import { allLawsByName } from '../../src/laws/all.js';
import { differentiate, writtenOut } from '../../src/laws/differentiate.js';
import { differentiateSteps } from '../../src/laws/differentiate-steps.js';
import { replay } from '../../src/rewrite/replay.js';
import { answerOf, type Step } from '../../src/rewrite/step.js';
import { close, evaluate, type Point } from './evaluator.js';

const [i, j, k, l, m, n] = ['i', 'j', 'k', 'l', 'm', 'n'].map((name) => symbol(name)) as [
  SymbolFormula,
  SymbolFormula,
  SymbolFormula,
  SymbolFormula,
  SymbolFormula,
  SymbolFormula,
];
const [x, y] = [symbol('x'), symbol('y')];
const at = (name: string, ...indices: readonly Formula[]): SymbolFormula => symbol(name, indices);
const toN = { lower: one, upper: n };
const overN = (index: string) => ({ index, ...toN });
const squared = (formula: Formula): Formula => power(formula, number(2));
const isPositive = (formula: Formula) => compare(formula, '>', zero);

const indexValues = [
  { i: 1, j: 2, k: 2, l: 3, m: 1, n: 3 },
  { i: 3, j: 3, k: 1, l: 1, m: 2, n: 3 },
  { i: 2, j: 1, k: 3, l: 2, m: 2, n: 4 },
  { i: 1, j: 1, k: 1, l: 1, m: 1, n: 1 },
];
const points: readonly Point[] = indexValues.flatMap((indices, place) =>
  [1, 2].map(
    (seed): Point => ({ seed: seed + 10 * place, indices: new Map(Object.entries(indices)) }),
  ),
);

/** The derivative, its steps and the difference of the formula must all be one number. */
function confirm(formula: Formula, by: SymbolFormula): void {
  const taken = differentiate(formula, by);
  const derivation = differentiateSteps(formula, by);
  expect(same(answerOf(derivation), taken)).toBe(true);
  expect(replay(derivation, allLawsByName)).toEqual({ holds: true });
  let seen = 0;
  for (const point of points) {
    const measured = evaluate(derivative(formula, by), point);
    if (Number.isNaN(measured) || Math.abs(measured) > 1e3) continue;
    seen += 1;
    const lines = [derivation.start, ...derivation.steps.map((step) => step.after), taken];
    for (const line of lines) {
      const value = evaluate(line, point);
      expect(close(value, measured, 1e-6), `${value} for ${measured}`).toBe(true);
    }
  }
  expect(seen).toBeGreaterThanOrEqual(3);
}

const overFamily = (name: FamilyFunctionName, where: readonly Formula[]): Formula =>
  family(name, [overN('k')], multiply(at('w', k), at('z', k)), where);
const matrix = [
  { index: 'a', lower: one, upper: number(2) },
  { index: 'b', lower: one, upper: number(2) },
];
const entry = at('M', symbol('a'), symbol('b'));

describe('every kind of formula, by numbers, with its steps', () => {
  test.each<[string, Formula, SymbolFormula]>([
    [
      'a sum whose index is that of the variable',
      sum('k', toN, multiply(at('w', k), at('x', k))),
      at('w', k),
    ],
    [
      'nested sums of one index',
      sum('k', toN, multiply(at('w', k), sum('k', toN, squared(at('w', k))))),
      at('w', k),
    ],
    [
      'a sum with a condition',
      sum('k', toN, squared(at('w', k)), [compare(k, '!=', i)]),
      at('w', j),
    ],
    ['a product', product('k', toN, add(at('w', k), at('w', k), one)), at('w', i)],
    [
      'a product beside its range',
      product('k', { lower: number(2), upper: n }, at('w', k)),
      at('w', one),
    ],
    [
      'an empty product',
      product('k', { lower: number(3), upper: number(2) }, at('w', k)),
      at('w', one),
    ],
    [
      'a product with a zero factor',
      product('k', { lower: zero, upper: number(2) }, multiply(k, at('w', i))),
      at('w', i),
    ],
    ['a product whose index is that of the variable', product('k', toN, at('w', k)), at('w', k)],
    [
      'a product with a condition',
      product('k', toN, at('w', k), [compare(k, '!=', j)]),
      at('w', i),
    ],
    ['shifted indices', sum('k', toN, multiply(at('w', k), at('w', add(k, one)))), at('w', i)],
    ['two indices', multiply(at('w', i, j), at('w', j, i)), at('w', k, l)],
    ['softmax', overFamily('softmax', [j]), at('z', i)],
    ['softmax with the index of the variable', overFamily('softmax', [k]), at('z', k)],
    ['log softmax', overFamily('log_softmax', [j]), at('z', k)],
    ['logsumexp', overFamily('logsumexp', []), at('w', k)],
    ['the largest entry', overFamily('max', []), at('z', i)],
    ['the smallest entry', overFamily('min', []), at('z', k)],
    [
      'an inverse',
      family('inverse', matrix, add(entry, multiply(number(3), delta(symbol('a'), symbol('b')))), [
        one,
        number(2),
      ]),
      at('M', number(2), one),
    ],
    ['a determinant', family('determinant', matrix, squared(entry), []), at('M', one, number(2))],
    ['an abstract function', call('f', [multiply(x, y)]), x],
    ['an abstract function of two', call('f', [multiply(x, y), squared(x)]), x],
    [
      'an abstract derivative',
      call('f', [multiply(x, y)], { slots: [{ argument: 0, at: [] }] }),
      x,
    ],
    [
      'an abstract function of a family',
      call('C', [array([overN('j')], squared(at('a', l, j)))]),
      at('a', l, j),
    ],
    [
      'a function of a matrix',
      call('C', [array([overN('i'), overN('j')], at('a', i, j))]),
      at('a', j, i),
    ],
    ['a component of an abstract function', call('phi', [multiply(x, y)], { indices: [j] }), x],
    [
      'a second derivative of a loss',
      call('C', [array([overN('j')], at('a', j))], { slots: [{ argument: 0, at: [k] }] }),
      at('a', i),
    ],
    ['cases', cases([{ when: isPositive(x), value: squared(x) }], multiply(number(3), x, y)), x],
    ['cases on indices', cases([{ when: compare(i, '=', j), value: squared(x) }], exp(x)), x],
    ['an indicator', multiply(indicator(isPositive(x)), squared(x)), x],
    ['a symbolic exponent', power(add(squared(x), one), y), x],
    ['a base and an exponent that change', power(add(squared(x), one), multiply(x, y)), x],
    ['a constant base', power(add(squared(y), one), call('sin', [x])), x],
    ['a logarithm of a sum', log(sum('k', toN, exp(at('z', k)))), at('z', i)],
    [
      'the same part in many places',
      ((part) => multiply(part, add(part, call('tanh', [part]))))(squared(add(x, y))),
      x,
    ],
    ['nothing of the variable', sum('k', toN, at('v', k)), at('w', k)],
    [
      'a product of functions',
      multiply(call('tanh', [x]), call('sigmoid', [multiply(x, y)]), x),
      x,
    ],
    ['a delta as a factor', sum('k', toN, multiply(delta(k, i), squared(at('w', k)))), at('w', m)],
  ])('%s', (_, formula, by) => confirm(formula, by));
});

describe('forms', () => {
  const key = (formula: Formula, by: SymbolFormula): string =>
    structureKey(differentiate(formula, by));

  test('an entry by an entry is a product of deltas, decided where it can be', () => {
    expect(
      same(differentiate(at('w', i, j), at('w', k, l)), multiply(delta(i, k), delta(j, l))),
    ).toBe(true);
    expect(differentiate(at('w', i, j), at('w', i, j))).toEqual(one);
    expect(differentiate(at('w', one), at('w', number(2)))).toEqual(zero);
  });

  test('a squared error is not expanded', () => {
    const error = add(call('tanh', [multiply(symbol('w'), x)]), multiply(number(-1), y));
    const slope = add(one, multiply(number(-1), squared(call('tanh', [multiply(symbol('w'), x)]))));
    expect(key(squared(error), symbol('w'))).toBe(
      structureKey(multiply(number(2), error, slope, x)),
    );
  });

  test('a derivative not yet taken becomes a derivative of it', () => {
    const inside = derivative(symbol('C'), at('z', l, j));
    const taken = differentiate(multiply(x, inside), x);
    expect(same(taken, add(inside, multiply(x, derivative(inside, x))))).toBe(true);
    const derivation = differentiateSteps(multiply(x, inside), x);
    expect(same(answerOf(derivation), taken)).toBe(true);
    expect(replay(derivation, allLawsByName)).toEqual({ holds: true });
  });

  test('a function that the sheet declares hides the known one', () => {
    const functions = new Map([['tanh', { parameters: ['t'], body: undefined }]]);
    const abstract = call('tanh', [x], { slots: [{ argument: 0, at: [] }] });
    expect(same(differentiate(call('tanh', [x]), x, { functions }), abstract)).toBe(true);
    const defined = new Map([['f', { parameters: ['x'], body: squared(x) }]]);
    const chained = differentiate(call('f', [multiply(x, y)]), x, { functions: defined });
    expect(same(chained, multiply(number(2), x, y, y))).toBe(true);
    const prime = call('f', [y], { slots: [{ argument: 0, at: [] }] });
    expect(writtenOut(prime, { functions: defined })).toEqual(multiply(number(2), y));
    expect(writtenOut(abstract, { functions })).toBeUndefined();
  });
});

describe('never zero for what is not understood', () => {
  test.each<[string, Formula, SymbolFormula, string]>([
    [
      'a surface operation',
      operation('transpose', at('W', whole, whole)),
      at('W', i, j),
      'a derivative is taken of scalar formulas with all indices written out; met: operation',
    ],
    [
      'a whole family',
      multiply(x, at('W', whole)),
      at('W', i),
      'a derivative is taken of one entry; met a whole family',
    ],
    [
      'by a whole family',
      at('W', i),
      at('W', whole),
      'W stands for a whole family; name the entry to derive by',
    ],
    [
      'by an index',
      at('W', i),
      i,
      'i stands in an index or a range here; there is no derivative by an index',
    ],
    [
      'by a size',
      sum('k', toN, at('w', k)),
      n,
      'n stands in an index or a range here; there is no derivative by an index',
    ],
    [
      'another number of indices',
      at('w', i, j),
      at('w', i),
      'w has 2 indices here and 1 in the variable; write all of them in both',
    ],
    [
      'a sum without its range',
      sum('k', undefined, at('w', k)),
      at('w', i),
      'the sum over k has no range yet',
    ],
    ['too many arguments', call('tanh', [x, y]), x, 'tanh takes 1 argument(s); met 2'],
    [
      'a family as the argument of a known function',
      call('tanh', [array([overN('j')], at('a', j))]),
      at('a', i),
      'tanh takes numbers; met a whole family',
    ],
  ])('%s', (_, formula, by, message) => {
    expect(() => differentiate(formula, by)).toThrow(Unsupported);
    expect(() => differentiate(formula, by)).toThrow(message);
  });
});

describe('size', () => {
  const nested = (depth: number): Formula => {
    let formula: Formula = x;
    for (let level = 0; level < depth; level += 1)
      formula = call('tanh', [multiply(symbol('w'), formula)]);
    return formula;
  };
  const nodesAt = (depth: number): number => countNodes(differentiate(nested(depth), x));

  test('a chain of functions has a derivative of linear size', () => {
    const growth = nodesAt(32) - nodesAt(16);
    expect(nodesAt(64) - nodesAt(32)).toBe(2 * growth);
    expect(differentiateSteps(nested(48), x).steps.length).toBe(48);
  });

  test('what is nested too deeply is said to be so', () => {
    expect(() => differentiate(nested(20_000), x)).toThrow(
      'the formula is nested too deeply; give its inner parts names',
    );
  });
});

describe('steps', () => {
  const told = (steps: readonly Step[]) => steps.map((step) => [step.law, step.level]);

  test('the lines that a teacher writes, with the trivial ones inside', () => {
    const error = add(call('tanh', [multiply(symbol('w'), x)]), multiply(number(-1), y));
    const { steps } = differentiateSteps(squared(error), symbol('w'));
    expect(told(steps)).toEqual([
      ['power-rule', 'main'],
      ['chain-rule', 'main'],
    ]);
    expect(steps[1]?.because).toBe(
      'Chain rule: the derivative of tanh(u) is 1 - tanh(u)^2, times the derivative of u.',
    );
    expect(told(steps[1]?.inner ?? [])).toEqual([
      ['chain-rule', 'main'],
      ['constant-factor', 'detail'],
      ['same-entry', 'detail'],
      ['arithmetic', 'detail'],
    ]);
  });

  test('a product of sixty factors in x ends, and ends right', () => {
    const factors = Array.from({ length: 60 }, (_, place) =>
      call('sin', [multiply(number(place), x)]),
    );
    const formula = multiply(...factors.slice(1));
    const derivation = differentiateSteps(formula, x);
    expect(derivation.steps.length).toBeLessThanOrEqual(201);
    expect(same(answerOf(derivation), differentiate(formula, x))).toBe(true);
  });

  test('beyond the bound the rest is taken at once, and replays', () => {
    const many = add(
      ...Array.from({ length: 230 }, (_, p) => call('sin', [power(x, number(p + 2))])),
    );
    const derivation = differentiateSteps(many, x);
    expect(derivation.steps.at(-1)?.law).toBe('differentiate');
    expect(same(answerOf(derivation), differentiate(many, x))).toBe(true);
    expect(replay(derivation, allLawsByName)).toEqual({ holds: true });
  });
});
