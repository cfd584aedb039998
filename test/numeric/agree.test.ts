import { describe, expect, it } from 'vitest';
import {
  add,
  call,
  compare,
  delta,
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
  zero,
} from '../../src/expression/formula.js';
import type { Network } from '../../src/network/network.js';
import { agree, agreeRelation } from '../../src/numeric/agree.js';
import {
  chain,
  deepNet,
  family,
  networkOf,
  range,
  scalar,
  shaped,
  size,
  slot,
} from './networks.js';

const [i, j, k, l, x, y] = ['i', 'j', 'k', 'l', 'x', 'y'].map((name) => symbol(name)) as [
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
  Formula,
];
const [L, N, C] = [symbol('L'), symbol('N'), symbol('C')];
const f = (index: Formula) => symbol('f', [index]);
const w = (index: Formula) => symbol('w', [index]);

const scalars = networkOf([family('x', 'leaf'), family('y', 'leaf')], []);
const verdict = (left: Formula, right: Formula, network: Network = scalars) =>
  agree(scalar(left), scalar(right), network).verdict;

describe('scalars', () => {
  it.each<[string, Formula, Formula]>([
    [
      'the square of a sum',
      power(add(x, y), number(2)),
      add(power(x, number(2)), multiply(number(2), x, y), power(y, number(2))),
    ],
    [
      'the slope of the logistic function',
      derivative(call('sigmoid', [x]), x),
      multiply(call('sigmoid', [x]), subtract(one, call('sigmoid', [x]))),
    ],
    [
      'relu by an indicator',
      call('relu', [x]),
      multiply(x, { kind: 'indicator', when: compare(x, '>', zero) }),
    ],
    [
      'the logarithm of a product',
      call('log', [multiply(power(x, number(2)), power(y, number(2)))]),
      multiply(number(2), call('log', [call('abs', [multiply(x, y)])])),
    ],
  ])('agree: %s', (_, left, right) => {
    expect(verdict(left, right)).toBe('agrees');
  });

  it.each<[string, Formula, Formula]>([
    ['a number and its absolute value', call('abs', [x]), x],
    ['the maximum and its first argument', call('max', [x, y]), x],
    [
      'relu of a product and a product of relus',
      call('relu', [multiply(x, y)]),
      multiply(call('relu', [x]), call('relu', [y])),
    ],
    ['a difference of a trillionth', x, add(x, number('1e-12'))],
    ['a difference of a quintillionth of it', x, multiply(x, number('1.00000000000000000001'))],
    [
      'a difference hidden in a slope',
      derivative(call('tanh', [x]), x),
      subtract(number('1.0000000000000001'), power(call('tanh', [x]), number(2))),
    ],
    ['two fractions closer than floating point', number('0.3333333333333333333'), number('1/3')],
    ['a value cancelled to almost nothing', subtract(add(x, number('1e-13')), x), zero],
    ['a missing square', call('sin', [x]), subtract(x, power(x, number(3)))],
  ])('differ: %s', (_, left, right) => {
    expect(verdict(left, right)).toBe('differs');
  });

  it('do not count a rounding error as a difference', () => {
    // Both sides cancel to a few digits: (x + 10^6)^2 - 10^12 - 2 10^6 x = x^2.
    const large = number(1_000_000);
    const left = subtract(
      subtract(power(add(x, large), number(2)), power(large, number(2))),
      multiply(number(2), large, x),
    );
    expect(verdict(left, power(x, number(2)))).toBe('agrees');
  });

  it('are unknown where they are nowhere both defined', () => {
    const result = agree(
      scalar(call('log', [x])),
      scalar(call('log', [multiply(number(-1), x)])),
      scalars,
    );
    expect(result).toMatchObject({ verdict: 'unknown', points: 0 });
  });

  it('say that both sides vanish everywhere', () => {
    const nothing = scalar(subtract(x, x));
    expect(agree(nothing, scalar(zero), scalars)).toMatchObject({
      verdict: 'agrees',
      vanishing: true,
    });
    expect(agree(scalar(x), scalar(x), scalars)).toMatchObject({
      verdict: 'agrees',
      vanishing: false,
    });
  });

  it('show a witness', () => {
    const result = agree(scalar(multiply(x, y)), scalar(add(x, y)), scalars);
    if (result.verdict !== 'differs') throw new Error('they should differ');
    const { values, left, right } = result.witness;
    const [a, b] = [values.get('x') as number, values.get('y') as number];
    expect(left).toBeCloseTo(a * b, 12);
    expect(right).toBeCloseTo(a + b, 12);
  });
});

describe('families', () => {
  const matrix = (name: string, rows: Formula, columns: Formula) =>
    family(name, 'leaf', [slot('i', one, rows), slot('j', one, columns)]);
  const K = symbol('K');
  const net = networkOf(
    [
      size('N'),
      size('K'),
      matrix('A', N, N),
      matrix('B', N, N),
      matrix('R', N, K),
      family('v', 'leaf', [slot('i', one, N)]),
    ],
    [],
  );
  const square = [range('i', one, N), range('j', one, N)];
  const times = (left: string, right: string): Formula =>
    sum('k', { lower: one, upper: N }, multiply(symbol(left, [i, k]), symbol(right, [k, j])));

  it('do not commute', () => {
    const [left, right] = [shaped(times('A', 'B'), square), shaped(times('B', 'A'), square)];
    expect(agree(left, right, net).verdict).toBe('differs');
    expect(agree(left, left, net).verdict).toBe('agrees');
  });

  it('are not their transposes', () => {
    const left = shaped(symbol('A', [i, j]), square);
    expect(agree(left, shaped(symbol('A', [j, i]), square), net).verdict).toBe('differs');
  });

  it('differ by shape where sizes differ', () => {
    const left = shaped(symbol('R', [i, j]), [range('i', one, N), range('j', one, K)]);
    const right = shaped(symbol('R', [i, j]), [range('j', one, K), range('i', one, N)]);
    const result = agree(left, right, net);
    expect(result.verdict).toBe('differs');
    expect(result.verdict === 'differs' && result.witness.problem).toMatch(
      /the left side is \d x \d/,
    );
  });

  it('leave a clash undecided that rests on a guess', () => {
    const left = shaped(symbol('v', [i]), [range('i', one, N)]);
    const right = { ...scalar(symbol('A', [one, one])), guessed: ['A'] };
    expect(agree(left, right, net)).toMatchObject({ verdict: 'unknown', points: 0 });
    expect(agree(left, { ...right, guessed: [] }, net).verdict).toBe('differs');
  });

  it('take a vector and a row of one as equal, and spread plain numbers', () => {
    const left = shaped(symbol('v', [j]), [range('j', one, N)]);
    const row = shaped(symbol('v', [j]), [range('i', one, one), range('j', one, N)]);
    expect(agree(left, row, net).verdict).toBe('agrees');
    const nothing = shaped(subtract(symbol('v', [j]), symbol('v', [j])), [range('j', one, N)]);
    expect(agree(nothing, scalar(zero), net)).toMatchObject({ verdict: 'agrees', vanishing: true });
  });

  it('tell a sum from one of its terms, and from another range', () => {
    const all = sum('k', { lower: one, upper: N }, symbol('v', [k]));
    const free = [range('i', one, N)];
    expect(agree(scalar(all), scalar(symbol('v', [i]), free), net).verdict).toBe('differs');
    const but = sum('k', { lower: number(2), upper: N }, symbol('v', [k]));
    expect(agree(scalar(all), scalar(but), net).verdict).toBe('differs');
    const others = sum('k', { lower: one, upper: N }, symbol('v', [k]), [compare(k, '!=', i)]);
    const another = symbol('v', [subtract(number(3), i)]);
    const few = { ...net, sizes: new Map([['N[]', 2]]) };
    expect(agree(scalar(others, free), scalar(another, free), few).verdict).toBe('agrees');
    expect(
      agree(scalar(others, free), scalar(subtract(all, symbol('v', [i])), free), net).verdict,
    ).toBe('agrees');
  });

  it('compare only where the conditions hold', () => {
    const free = [range('i', one, N), range('j', one, N)];
    const [left, right] = [scalar(symbol('A', [i, j]), free), scalar(symbol('A', [j, i]), free)];
    expect(agree(left, right, net, { where: [compare(i, '=', j)] }).verdict).toBe('agrees');
    expect(agree(left, right, net, { where: [compare(i, '!=', j)] }).verdict).toBe('differs');
  });
});

describe('networks', () => {
  const free = [range('l', one, L)];
  const gradient = scalar(derivative(C, w(l)), free);
  const answer = (first: Formula): Formula => {
    const m = symbol('m');
    return multiply(
      number(2),
      subtract(f(L), symbol('y')),
      subtract(one, power(f(L), number(2))),
      f(subtract(l, one)),
      product(
        'm',
        { lower: first, upper: subtract(L, one) },
        multiply(w(add(m, one)), subtract(one, power(f(m), number(2)))),
      ),
    );
  };

  it('have one gradient', () => {
    expect(agree(gradient, scalar(answer(l), free), chain)).toMatchObject({
      verdict: 'agrees',
      points: 6,
    });
  });

  it.each<[string, Formula]>([
    ['a range one short', answer(add(l, one))],
    ['a sign lost', multiply(number(-1), answer(l))],
    ['the output for the input', multiply(answer(l), f(l), power(f(subtract(l, one)), number(-1)))],
    [
      'a formula for one layer only',
      multiply(
        number(2),
        subtract(f(L), symbol('y')),
        subtract(one, power(f(L), number(2))),
        f(subtract(L, one)),
      ),
    ],
  ])('have no other gradient: %s', (_, wrong) => {
    expect(agree(gradient, scalar(wrong, free), chain).verdict).toBe('differs');
  });

  it('differ where one side reads an entry that does not exist', () => {
    const beyond = scalar(f(add(l, one)), free);
    const result = agree(scalar(f(l), free), beyond, chain);
    expect(result.verdict).toBe('differs');
  });

  it('hold all ranges that either side implies', () => {
    const before = [range('l', one, subtract(L, one))];
    const left = scalar(multiply(f(l), w(l)), free);
    const right = scalar(
      multiply(w(l), f(l), w(add(l, one)), power(w(add(l, one)), number(-1))),
      before,
    );
    expect(agree(left, right, chain).verdict).toBe('agrees');
  });

  it('have error signals that need the transposed weights', () => {
    const net = deepNet(
      'tanh',
      sum(
        'j',
        { lower: one, upper: symbol('n', [L]) },
        power(subtract(symbol('a', [L, j]), symbol('y', [j])), number(2)),
      ),
    );
    const next = add(l, one);
    const signal = (layer: Formula, unit: Formula) => derivative(C, symbol('z', [layer, unit]));
    const slopeAt = subtract(one, power(symbol('a', [l, j]), number(2)));
    const ranges = [range('l', one, subtract(L, one)), range('j', one, symbol('n', [l]))];
    const right = (weight: Formula) =>
      scalar(
        multiply(
          slopeAt,
          sum('k', { lower: one, upper: symbol('n', [next]) }, multiply(weight, signal(next, k))),
        ),
        ranges,
      );
    const left = scalar(signal(l, j), ranges);
    expect(agree(left, right(symbol('w', [next, k, j])), net).verdict).toBe('agrees');
    expect(agree(left, right(symbol('w', [next, j, k])), net).verdict).toBe('differs');
  });
});

describe('what cannot be compared', () => {
  it('is unknown, with the reason', () => {
    const net = networkOf([family('x', 'leaf')], [], {
      functions: new Map([['G', { name: 'G', latex: 'G', parameters: ['u'], body: undefined }]]),
    });
    const bare = scalar(derivative(symbol('G'), x));
    expect(agree(bare, scalar(zero), net)).toMatchObject({
      verdict: 'unknown',
      reason: 'G is a function, but stands without argument',
    });
    expect(agree(scalar(delta(k, one)), scalar(zero), scalars)).toMatchObject({
      verdict: 'unknown',
      reason: 'nothing fixes the number k; give it, as in `k = 3`',
    });
  });
});

describe('inequalities', () => {
  const s = call('sigmoid', [x]);
  const relation = (left: Formula, sign: '<=' | '>=' | '<' | '>' | '!=', right: Formula) =>
    agreeRelation(scalar(left), sign, scalar(right), scalars).verdict;

  it('only agree, at many points', () => {
    const result = agreeRelation(
      scalar(multiply(s, subtract(one, s))),
      '<=',
      scalar(number('1/4')),
      scalars,
    );
    expect(result).toMatchObject({ verdict: 'agrees' });
    expect(result.points).toBeGreaterThan(100);
  });

  it('are refuted by a witness, also a rare one', () => {
    const ascent = call('sin', [add(x, multiply(y, call('cos', [x])))]);
    expect(relation(ascent, '>=', call('sin', [x]))).toBe('differs');
    expect(relation(multiply(s, subtract(one, s)), '<', number('1/4'))).toBe('differs');
    expect(relation(power(x, number(2)), '>', zero)).toBe('differs');
    expect(relation(x, '!=', x)).toBe('differs');
  });

  it('hold strictly where floating point has run out of digits', () => {
    expect(relation(s, '<', one)).toBe('agrees');
    expect(relation(x, '<', add(x, number('1e-30')))).toBe('agrees');
  });
});
