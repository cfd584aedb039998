import { describe, expect, test } from 'vitest';
import {
  add,
  call,
  divide,
  type Formula,
  multiply,
  number,
  power,
  subtract,
  symbol,
} from '../../src/expression/formula.js';
import { functionTable } from '../../src/expression/functions.js';
import { differentiate } from '../../src/laws/differentiate.js';
import { bigDifference, bigValue, mathjsDerivative } from './big-numbers.js';

const [x, y] = [symbol('x'), symbol('y')];
const apply = (name: string, ...args: readonly Formula[]): Formula => call(name, args);
const two = number(2);

/** Something in x of either sign that lies in the domain of most functions, near a centre. */
const near = (centre: string, width: string): Formula =>
  add(number(centre), multiply(number(width), apply('sin', multiply(two, x))));

/** Centres inside the domain of each function; two where it has two sides. */
const centres: Readonly<Record<string, readonly string[]>> = {
  log: ['2'],
  log2: ['2'],
  log10: ['2'],
  log1p: ['1'],
  sqrt: ['2'],
  asec: ['2', '-2'],
  acsc: ['2', '-2'],
  acosh: ['2'],
  acoth: ['2', '-2'],
  asech: ['1/2'],
  coth: ['1', '-1'],
  csch: ['1', '-1'],
  acsch: ['1', '-1'],
  cot: ['1', '-1'],
  csc: ['1', '-1'],
  hardtanh: ['0.3', '2'],
  atanh: ['0.1'],
  cbrt: ['1', '-1'],
  pow: ['2'],
};

interface Case {
  readonly title: string;
  readonly formula: Formula;
}

const rows = [...functionTable.values()];

/** Every function on something near each centre. */
const applied: readonly Case[] = rows.flatMap((row) =>
  (centres[row.name] ?? ['0.4', '-0.4']).map((centre) => {
    const inside = near(centre, '0.25');
    const args = row.parameters.length === 1 ? [inside] : [inside, add(y, multiply(x, x))];
    return { title: `${row.name} near ${centre}`, formula: apply(row.name, ...args) };
  }),
);

/** Smooth functions that take any number, for compositions. */
const outer = [
  'sin',
  'tanh',
  'sigmoid',
  'exp',
  'softplus',
  'atan',
  'gelu',
  'erf',
  'softsign',
  'asinh',
];
const inner = ['cos', 'sigmoid', 'silu', 'asinh', 'mish'];
const deep: readonly Case[] = outer.flatMap((first) =>
  inner.map((second) => {
    const core = subtract(multiply(x, y), power(x, two));
    return {
      title: `${first} of ${second} of a product`,
      formula: multiply(y, apply(first, add(apply(second, apply('tanh', core)), x))),
    };
  }),
);

const algebra: readonly Case[] = [
  { title: 'a quotient', formula: divide(subtract(x, y), add(two, multiply(x, x))) },
  { title: 'a quotient of functions', formula: divide(apply('sin', x), apply('cosh', x)) },
  { title: 'a negative power', formula: power(add(two, apply('sin', x)), number(-3)) },
  { title: 'a root', formula: power(add(two, apply('cos', x)), number('1/3')) },
  { title: 'a symbolic power', formula: power(add(two, multiply(x, x)), y) },
  { title: 'a constant base', formula: power(add(two, multiply(y, y)), apply('sin', x)) },
  { title: 'both', formula: power(add(two, apply('sin', x)), multiply(x, y)) },
  { title: 'five factors', formula: multiply(x, apply('sin', x), y, apply('exp', x), x) },
  { title: 'a squared error', formula: power(subtract(apply('tanh', multiply(x, y)), y), two) },
  {
    title: 'a cross-entropy',
    formula: multiply(
      number(-1),
      add(
        multiply(y, apply('log', apply('sigmoid', x))),
        multiply(subtract(number(1), y), apply('log', subtract(number(1), apply('sigmoid', x)))),
      ),
    ),
  },
];

/** mathjs 15.2.0 gives the derivative of acoth the wrong sign; its own acoth says so. */
const wrongInMathjs = (formula: Formula): boolean =>
  formula.kind === 'call' && formula.name === 'acoth';

const cases: readonly Case[] = [...applied, ...deep, ...algebra];
const points = [
  { x: '0.37', y: '1.21' },
  { x: '-0.83', y: '-0.64' },
];

describe('derivatives against central differences in 64 digits', () => {
  test('there are enough of them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(150);
    expect(cases.length * points.length).toBeGreaterThanOrEqual(300);
  });

  let decided = 0;
  let decidedByMathjs = 0;
  test.each(cases.map((item) => [item.title, item] as const))('%s', (_, { formula }) => {
    const derivative = differentiate(formula, x);
    let seen = 0;
    for (const values of points) {
      const measured = bigDifference(formula, 'x', values);
      if (Number.isNaN(measured)) continue;
      seen += 1;
      const ours = bigValue(derivative, values);
      expect(Math.abs(ours - measured)).toBeLessThanOrEqual(
        1e-13 * Math.max(1, Math.abs(measured)),
      );
      const theirs = mathjsDerivative(formula, 'x', values);
      if (theirs === undefined || wrongInMathjs(formula)) continue;
      decidedByMathjs += 1;
      expect(Math.abs(ours - theirs)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(theirs)));
    }
    expect(seen).toBeGreaterThan(0);
    decided += seen;
  });

  test('none of them went missing', () => {
    expect(decided).toBeGreaterThanOrEqual(200);
    expect(decidedByMathjs).toBeGreaterThanOrEqual(100);
  });
});
