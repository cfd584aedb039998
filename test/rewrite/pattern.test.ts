import { describe, expect, test } from 'vitest';
import {
  add,
  exp,
  type Formula,
  log,
  multiply,
  number,
  one,
  power,
  rawMultiply,
  sum,
  symbol,
} from '../../src/expression/formula.js';
import { structureKey } from '../../src/expression/same.js';
import { fill, match, matchSome, type Variables } from '../../src/rewrite/pattern.js';

const [u, v, us] = [symbol('u'), symbol('v'), symbol('us')];
const [x, y, z] = [symbol('x'), symbol('y'), symbol('z')];
const variables: Variables = new Map([
  ['u', 'one'],
  ['v', 'one'],
  ['us', 'many'],
  ['c', 'number'],
  ['n', 'integer'],
]);

/** The bindings as texts, or that there are none. */
function bound(pattern: Formula, subject: Formula): Record<string, string> | undefined {
  const bindings = match(pattern, subject, variables);
  return (
    bindings &&
    Object.fromEntries([...bindings].map(([name, formula]) => [name, structureKey(formula)]))
  );
}
const key = structureKey;

describe('matching', () => {
  test('a name stands for any formula, twice for the same one', () => {
    expect(bound(exp(u), exp(add(x, y)))).toEqual({ u: key(add(x, y)) });
    expect(bound(power(u, u), power(x, x))).toEqual({ u: key(x) });
    expect(bound(power(u, u), power(x, y))).toBeUndefined();
  });

  test('the order in sums and products does not count', () => {
    expect(bound(add(exp(u), log(u)), add(log(x), exp(x)))).toEqual({ u: key(x) });
    expect(bound(multiply(u, power(u, number(-1))), multiply(power(y, number(-1)), y))).toEqual({
      u: key(y),
    });
  });

  test('a first choice that fails is taken back', () => {
    const subject = multiply(exp(x), exp(y), log(y));
    expect(bound(multiply(exp(u), log(u), exp(v)), subject)).toEqual({ u: key(y), v: key(x) });
  });

  test('numbers of operands must agree unless a name takes many', () => {
    expect(bound(multiply(u, v), multiply(x, y, z))).toBeUndefined();
    expect(bound(multiply(exp(u), us), multiply(x, exp(y), z))).toEqual({
      u: key(y),
      us: key(multiply(x, z)),
    });
    expect(bound(multiply(exp(u), us), exp(y))).toBeUndefined();
  });

  test('a name that takes many takes one at least', () => {
    expect(bound(multiply(exp(u), us), multiply(exp(y), x))).toEqual({ u: key(y), us: key(x) });
    expect(bound(multiply(exp(u), log(v), us), multiply(exp(y), log(x)))).toBeUndefined();
    expect(bound(add(exp(u), log(v), us), add(exp(y), log(x)))).toBeUndefined();
  });

  test('two names cannot both take many', () => {
    const both: Variables = new Map([...variables, ['vs', 'many']]);
    expect(() => match(multiply(us, symbol('vs')), multiply(x, y, z), both)).toThrow(
      new Error('a pattern has one name for many operands at most'),
    );
  });

  test('numbers and integers', () => {
    expect(bound(multiply(symbol('c'), u), multiply(number('1/2'), x))).toEqual({
      c: '1/2',
      u: key(x),
    });
    expect(bound(multiply(symbol('c'), u), multiply(x, y))).toBeUndefined();
    expect(bound(power(u, symbol('n')), power(x, number('1/2')))).toBeUndefined();
    expect(bound(power(u, symbol('n')), power(x, y))).toBeUndefined();
    expect(bound(power(u, symbol('n')), power(x, number(-2)))).toEqual({ u: key(x), n: '-2' });
  });

  test('a name that is no variable stands for itself', () => {
    expect(bound(multiply(u, x), multiply(y, x))).toEqual({ u: key(y) });
    expect(bound(multiply(u, x), multiply(y, z))).toBeUndefined();
  });

  test('names of functions and indices count', () => {
    expect(bound(exp(u), log(x))).toBeUndefined();
    expect(bound(symbol('w', [u]), symbol('w', [x]))).toEqual({ u: key(x) });
    expect(bound(symbol('w', [u]), symbol('v', [x]))).toBeUndefined();
    const sumOf = (index: string) =>
      sum(index, { lower: one, upper: x }, symbol('w', [symbol(index)]));
    expect(bound(exp(sumOf('k')), exp(sumOf('m')))).toEqual({});
  });

  test('some operands of a longer product', () => {
    const found = matchSome(multiply(exp(u), exp(v)), multiply(x, exp(y), z, exp(x)), variables);
    expect(found?.taken).toEqual([1, 3]);
    expect(matchSome(multiply(exp(u), exp(v)), add(exp(x), exp(y)), variables)).toBeUndefined();
  });

  test('a search that would not end gives up', () => {
    const names = Array.from({ length: 12 }, (_, place) => `v${place}`);
    const many: Variables = new Map([...names.map((name) => [name, 'one'] as const), ['u', 'one']]);
    const wanted = rawMultiply([...names.map((name) => exp(symbol(name))), power(u, u)]);
    const offered = rawMultiply([...names.map((name) => exp(symbol(name))), power(x, y)]);
    expect(match(wanted, offered, many)).toBeUndefined();
  });
});

test('filling works out numbers where the pattern has operations', () => {
  const bindings = new Map<string, Formula>([
    ['u', x],
    ['v', number(3)],
  ]);
  expect(key(fill(power(u, add(v, one)), bindings))).toBe(key(power(x, number(4))));
  expect(key(fill(multiply(u, exp(v)), bindings))).toBe(key(multiply(x, exp(number(3)))));
  expect(fill(y, bindings)).toBe(y);
});
