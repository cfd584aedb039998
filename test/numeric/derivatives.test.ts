import { describe, expect, it } from 'vitest';
import {
  add,
  array,
  call,
  derivative,
  type Formula,
  multiply,
  number,
  one,
  power,
  product,
  subtract,
  sum,
  symbol,
} from '../../src/expression/formula.js';
import { CyclicDefinition, IndexOutOfRange } from '../../src/numeric/errors.js';
import { evaluate } from '../../src/numeric/evaluate.js';
import { type Model, makeModels } from '../../src/numeric/models.js';
import { chain, deepNet, define, family, networkOf, range, slot } from './networks.js';

const [l, j, k, L] = [symbol('l'), symbol('j'), symbol('k'), symbol('L')];
const C = symbol('C');
const w = (index: Formula) => symbol('w', [index]);
const f = (index: Formula) => symbol('f', [index]);

const modelsFor = (network = chain, formulas: readonly Formula[] = [], count = 5): Model[] => [
  ...makeModels(network, { formulas, count }),
];
const at = (indices: Record<string, number>) => new Map(Object.entries(indices));
const near = (value: number, other: number) =>
  expect(Math.abs(value - other)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(other)));

/** `2 (f_L - y) (1 - f_L^2) f_{l-1} prod_{m=l}^{L-1} w_{m+1} (1 - f_m^2)`, worked out by hand. */
const slope = (index: Formula): Formula => {
  const m = symbol('m');
  return multiply(
    number(2),
    subtract(f(L), symbol('y')),
    subtract(one, power(f(L), number(2))),
    f(subtract(index, one)),
    product(
      'm',
      { lower: index, upper: subtract(L, one) },
      multiply(w(add(m, one)), subtract(one, power(f(m), number(2)))),
    ),
  );
};

describe('derivatives through definitions', () => {
  it('gives the tanh chain its textbook gradient at every depth and layer', () => {
    const depths = new Set<number>();
    for (const model of modelsFor(chain, [], 8)) {
      const depth = evaluate(L, model);
      depths.add(depth);
      for (let layer = 1; layer <= depth; layer += 1)
        near(
          evaluate(derivative(C, w(l)), model, at({ l: layer })),
          evaluate(slope(l), model, at({ l: layer })),
        );
    }
    expect([...depths].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it('differentiates a second time', () => {
    for (const model of modelsFor(chain, [f(number(2))]))
      near(
        evaluate(derivative(derivative(C, w(number(2))), w(one)), model),
        evaluate(derivative(slope(number(2)), w(one)), model),
      );
  });

  it('holds what lies upstream of an intermediate quantity fixed', () => {
    for (const model of modelsFor(chain, [f(number(2))])) {
      const through = multiply(derivative(C, f(one)), derivative(f(one), w(one)));
      near(evaluate(derivative(C, w(one)), model), evaluate(through, model));
    }
  });

  it('answers 0 only for what does not depend on it', () => {
    for (const model of modelsFor(chain, [f(number(2))])) {
      expect(evaluate(derivative(f(one), w(number(2))), model)).toBe(0);
      expect(evaluate(derivative(w(one), w(one)), model)).toBe(1);
    }
  });

  it('does not overflow on a chain of a thousand layers', () => {
    const deep = { ...chain, sizes: new Map([['L[]', 1000]]) };
    const [model] = modelsFor(deep, [], 1) as [Model];
    near(evaluate(derivative(C, w(one)), model), evaluate(slope(one), model));
    near(evaluate(derivative(C, w(number(1000))), model), evaluate(slope(number(1000)), model));
  });

  it('keeps an entry apart from the one it is defined by', () => {
    // yhat = h: the loss sees h through yhat, and once more beside it.
    const [h, yhat] = [symbol('h'), symbol('yhat')];
    const network = networkOf(
      [family('h', 'leaf'), family('yhat', 'defined'), family('C', 'defined')],
      [define('yhat', [], h), define('C', [], multiply(h, yhat, yhat))],
    );
    for (const model of modelsFor(network)) {
      near(evaluate(derivative(C, yhat), model), evaluate(multiply(number(2), h, yhat), model));
      near(
        evaluate(derivative(C, h), model),
        evaluate(multiply(number(3), power(h, number(2))), model),
      );
    }
  });

  it('takes what an alias names where nothing reaches the alias', () => {
    const [z, Z] = [symbol('z'), symbol('Z')];
    const network = networkOf(
      [family('z', 'leaf'), family('Z', 'defined'), family('C', 'defined')],
      [define('Z', [], z), define('C', [], power(z, number(2)))],
    );
    for (const model of modelsFor(network))
      near(evaluate(derivative(C, Z), model), evaluate(multiply(number(2), z), model));
  });

  it('treats an exponent that is a leaf as variable, and e^z too', () => {
    const [x, p] = [symbol('x'), symbol('p')];
    const network = networkOf(
      [family('x', 'leaf', [], { positive: true }), family('p', 'leaf')],
      [],
    );
    for (const model of modelsFor(network)) {
      near(
        evaluate(derivative(power(x, p), p), model),
        evaluate(multiply(power(x, p), call('log', [x])), model),
      );
      near(
        evaluate(derivative(call('exp', [multiply(p, x)]), p), model),
        evaluate(multiply(x, call('exp', [multiply(p, x)])), model),
      );
    }
  });
});

describe('abstract functions', () => {
  const entries = array([{ index: 'j', lower: one, upper: symbol('n', [L]) }], symbol('a', [L, j]));
  const loss = call('C', [entries]);
  const net = deepNet('g', loss);
  const slopeOfLoss = call('C', [entries], { slots: [{ argument: 0, at: [j] }] });
  const slopeOfG = (z: Formula) => call('g', [z], { slots: [{ argument: 0, at: [] }] });

  it('have the error signal of the last layer as a product of their derivatives', () => {
    for (const model of modelsFor(net))
      near(
        evaluate(derivative(C, symbol('z', [L, j])), model, at({ j: 2 })),
        evaluate(multiply(slopeOfLoss, slopeOfG(symbol('z', [L, j]))), model, at({ j: 2 })),
      );
  });

  it('pass error signals down by the transposed weights', () => {
    const next = add(l, one);
    const recurrence = multiply(
      slopeOfG(symbol('z', [l, j])),
      sum(
        'k',
        { lower: one, upper: symbol('n', [next]) },
        multiply(symbol('w', [next, k, j]), derivative(C, symbol('z', [next, k]))),
      ),
    );
    for (const model of modelsFor(net, [symbol('a', [number(2), one])]))
      near(
        evaluate(derivative(C, symbol('z', [l, j])), model, at({ l: 1, j: 2 })),
        evaluate(recurrence, model, at({ l: 1, j: 2 })),
      );
  });

  it('are not symmetric, not zero at zero, and the same for the same argument', () => {
    const [x, y] = [symbol('x'), symbol('y')];
    const network = networkOf([family('x', 'leaf'), family('y', 'leaf')], []);
    for (const model of modelsFor(network)) {
      expect(evaluate(call('h', [x, y]), model)).not.toBe(evaluate(call('h', [y, x]), model));
      expect(Math.abs(evaluate(call('h', [number(0), number(0)]), model))).toBeGreaterThan(1e-3);
      expect(evaluate(call('h', [x, y]), model)).toBe(evaluate(call('h', [x, y]), model));
    }
  });
});

describe('what does not exist fails', () => {
  it('refuses an index out of range, in values and in derivatives', () => {
    const [model] = modelsFor(chain, [], 1) as [Model];
    const beyond = add(L, one);
    for (const formula of [
      w(beyond),
      f(beyond),
      derivative(C, w(beyond)),
      derivative(C, w(number(0))),
    ])
      expect(() => evaluate(formula, model)).toThrow(IndexOutOfRange);
  });

  it('refuses a definition that needs itself', () => {
    const a = symbol('a');
    const network = networkOf([family('a', 'defined')], [define('a', [], add(a, one))]);
    const [model] = modelsFor(network, [], 1) as [Model];
    expect(() => evaluate(a, model)).toThrow(CyclicDefinition);
  });

  it('refuses a cycle longer than any nesting', () => {
    const network = networkOf(
      [family('a', 'defined', [slot('l', one, number(200))])],
      [
        define('a', [l], symbol('a', [add(l, one)]), [range('l', one, number(199))]),
        define('a', [number(200)], symbol('a', [one])),
      ],
    );
    const [model] = modelsFor(network, [], 1) as [Model];
    expect(() => evaluate(symbol('a', [one]), model)).toThrow(CyclicDefinition);
  });
});
