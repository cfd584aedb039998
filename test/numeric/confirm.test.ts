import { describe, expect, it } from 'vitest';
import {
  add,
  call,
  compare,
  derivative,
  type Formula,
  indicator,
  multiply,
  number,
  one,
  power,
  product,
  subtract,
  sum,
  symbol,
  zero,
} from '../../src/expression/formula.js';
import { confirmDerivative } from '../../src/numeric/confirm.js';
import { chain, deepNet, define, family, networkOf, range } from './networks.js';

const [l, j, k, m, L, C] = ['l', 'j', 'k', 'm', 'L', 'C'].map((name) => symbol(name)) as [
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
];
const f = (index: Formula) => symbol('f', [index]);
const w = (index: Formula) => symbol('w', [index]);

const gradient = multiply(
  number(2),
  subtract(f(L), symbol('y')),
  subtract(one, power(f(L), number(2))),
  f(subtract(l, one)),
  product(
    'm',
    { lower: l, upper: subtract(L, one) },
    multiply(w(add(m, one)), subtract(one, power(f(m), number(2)))),
  ),
);
const asked = { of: C, by: w(l), ranges: [range('l', one, L)] };

describe('answers against central differences in 64 digits', () => {
  it('confirms a right gradient to more digits than floating point has', () => {
    const result = confirmDerivative({ answer: gradient, ...asked }, chain);
    expect(result.verdict).toBe('confirmed');
    expect(result.points).toBeGreaterThanOrEqual(4);
    expect(result.verdict === 'confirmed' && result.worst).toBeLessThan(1e-30);
  });

  it('refutes one that is wrong in the twentieth digit', () => {
    const answer = multiply(number('1.00000000000000000001'), gradient);
    expect(confirmDerivative({ answer, ...asked }, chain).verdict).toBe('refuted');
  });

  it('checks each case of an answer where it is meant', () => {
    const last = multiply(
      number(2),
      subtract(f(L), symbol('y')),
      subtract(one, power(f(L), number(2))),
      f(subtract(L, one)),
    );
    const where = [compare(l, '=', L)];
    expect(confirmDerivative({ answer: last, ...asked, where }, chain).verdict).toBe('confirmed');
    expect(confirmDerivative({ answer: last, ...asked }, chain).verdict).toBe('refuted');
  });

  it('confirms answers with error signals and abstract functions', () => {
    const loss = sum(
      'j',
      { lower: one, upper: symbol('n', [L]) },
      call('E', [symbol('a', [L, j]), symbol('y', [j])]),
    );
    const net = deepNet('g', loss);
    const answer = (weight: Formula) =>
      multiply(
        call('g', [symbol('z', [l, j])], { slots: [{ argument: 0, at: [] }] }),
        sum(
          'k',
          { lower: one, upper: symbol('n', [add(l, one)]) },
          multiply(weight, derivative(C, symbol('z', [add(l, one), k]))),
        ),
      );
    const claim = {
      of: C,
      by: symbol('z', [l, j]),
      ranges: [range('l', one, subtract(L, one)), range('j', one, symbol('n', [l]))],
    };
    const right = answer(symbol('w', [add(l, one), k, j]));
    const wrong = multiply(number(-1), right);
    const two = { ...net, sizes: new Map([['L[]', 2]]) };
    expect(confirmDerivative({ answer: right, ...claim }, two).verdict).toBe('confirmed');
    expect(confirmDerivative({ answer: wrong, ...claim }, two).verdict).toBe('refuted');
  });

  it('keeps away from kinks, and skips what it cannot do, saying why', () => {
    const relu = networkOf(
      [family('x', 'leaf'), family('y', 'defined')],
      [define('y', [], call('relu', [symbol('x')]))],
    );
    const slope = indicator(compare(symbol('x'), '>', zero));
    const claim = { answer: slope, of: symbol('y'), by: symbol('x'), ranges: [] };
    expect(confirmDerivative(claim, relu).verdict).toBe('confirmed');
    const atKink = { ...claim, of: call('relu', [subtract(symbol('x'), symbol('x'))]) };
    expect(confirmDerivative(atKink, relu)).toMatchObject({
      verdict: 'skipped',
      points: 0,
      reason: 'the point is at a kink',
    });
  });

  it('skips a network that is too large', () => {
    const deep = { ...chain, sizes: new Map([['L[]', 500]]) };
    const result = confirmDerivative({ answer: gradient, ...asked }, deep);
    expect(result).toMatchObject({ verdict: 'skipped' });
  });

  const x = symbol('x');
  const scalar = networkOf([family('x', 'leaf', [])], []);
  const big = (digits: string) => number(digits);
  const huge = power(number(10), number(60));
  const tiny = power(number(10), number(-50));

  // The derivatives are from the table of powers and exponentials.
  it.each<[string, Formula, Formula, Formula]>([
    [
      'x^1000000000',
      power(x, big('1000000000')),
      multiply(big('1000000000'), power(x, big('999999999'))),
      multiply(big('1000000000'), power(x, big('1000000000'))),
    ],
    [
      'x^1000',
      power(x, number(1000)),
      multiply(number(1000), power(x, number(999))),
      multiply(number(1000), power(x, number(1000))),
    ],
    [
      'exp(10^6 x)',
      call('exp', [multiply(big('1000000'), x)]),
      multiply(big('1000000'), call('exp', [multiply(big('1000000'), x)])),
      multiply(big('1000001'), call('exp', [multiply(big('1000000'), x)])),
    ],
    [
      '10^60 (1 + 10^(-50) x)',
      multiply(huge, add(one, multiply(tiny, x))),
      power(number(10), number(10)),
      power(number(10), number(11)),
    ],
  ])('takes no lost digits for a difference: %s', (_, of, right, wrong) => {
    const claim = { of, by: x, ranges: [] };
    expect(confirmDerivative({ ...claim, answer: right }, scalar).verdict).toBe('confirmed');
    expect(confirmDerivative({ ...claim, answer: wrong }, scalar).verdict).toBe('refuted');
  });

  it('is silent where no arithmetic has the digits', () => {
    const lost = multiply(
      power(number(10), number(190)),
      call('log', [add(one, multiply(power(number(10), number(-150)), x))]),
    );
    const answer = power(number(10), number(40));
    expect(confirmDerivative({ answer, of: lost, by: x, ranges: [] }, scalar).verdict).not.toBe(
      'refuted',
    );
  });
});
