import { describe, expect, test } from 'vitest';
import { call, derivative, type Formula, symbol } from '../../src/expression/formula.js';
import { type FunctionRow, functionNamed, functionTable } from '../../src/expression/functions.js';
import { differentiate } from '../../src/laws/differentiate.js';
import { definitionAt, domainAt, rowFormulas } from '../../src/laws/row-formulas.js';
import { close, evaluate, type Point, truth } from './evaluator.js';

const grid = [-7.3, -2.6, -1.7, -1.2, -0.83, -0.55, -0.21, 0.17, 0.44, 0.79, 1.3, 1.9, 2.8, 6.1];
const arguments_ = ['u', 'v'];
const names = [...functionTable.keys()];
const rowNamed = (name: string): FunctionRow => functionTable.get(name) as FunctionRow;

/** Points inside the domain of a row and away from its border, kinks and poles. */
function pointsOf(row: FunctionRow): readonly Point[] {
  const pairs = grid.flatMap((u) =>
    row.parameters.length === 1 ? [[u]] : [-1.4, 0.6, 2.3].map((v) => [u, v]),
  );
  const points = pairs.map(
    (pair): Point => ({
      seed: 1,
      values: new Map(pair.map((value, k) => [`${arguments_[k]}`, value])),
    }),
  );
  const parameters = row.parameters.map((name) => symbol(name));
  const near = (point: Point, shift: number): Point => ({
    ...point,
    values: new Map([...(point.values ?? [])].map(([name, value]) => [name, value + shift])),
  });
  const fine = (point: Point): boolean =>
    domainAt(row, parameters).every((condition) => truth(condition, point)) &&
    Math.abs(evaluate(call(row.name, parameters), point)) < 1e3;
  return points.filter((point) => [0, -0.02, 0.02].every((shift) => fine(near(point, shift))));
}

const parametersOf = (row: FunctionRow): readonly Formula[] =>
  row.parameters.map((name) => symbol(name));

describe('every function by its row', () => {
  test.each(names)('the derivative of %s is that of its value', (name) => {
    const row = rowNamed(name);
    const points = pointsOf(row);
    expect(points.length).toBeGreaterThanOrEqual(3);
    for (const [place, parameter] of row.parameters.entries()) {
      const by = symbol(parameter);
      const slope = rowFormulas(row).derivatives[place] as Formula;
      for (const point of points) {
        const here = evaluate(slope, point);
        const measured = evaluate(derivative(call(name, parametersOf(row)), by), point);
        if (Number.isNaN(measured)) continue;
        expect(
          close(here, measured, 1e-6),
          `${name} at ${[...(point.values ?? [])]}: ${here}, ${measured}`,
        ).toBe(true);
      }
    }
  });

  test('a wrong derivative is caught', () => {
    const point: Point = { seed: 1, values: new Map([['u', 0.7]]) };
    const measured = evaluate(derivative(call('tanh', [symbol('u')]), symbol('u')), point);
    expect(close(1 + Math.tanh(0.7) ** 2, measured, 1e-6)).toBe(false);
  });

  test.each(names.filter((name) => rowNamed(name).definition))(
    'the definition of %s has its value',
    (name) => {
      const row = rowNamed(name);
      const definition = definitionAt(row, parametersOf(row)) as Formula;
      let seen = 0;
      for (const point of pointsOf(row)) {
        const value = evaluate(definition, point);
        if (Number.isNaN(value)) continue;
        seen += 1;
        expect(close(value, evaluate(call(name, parametersOf(row)), point), 1e-9)).toBe(true);
      }
      expect(seen).toBeGreaterThanOrEqual(3);
    },
  );

  test.each(names.filter((name) => rowNamed(name).limits))('the limits of %s', (name) => {
    const row = rowNamed(name);
    const { limits } = rowFormulas(row);
    for (const [limit, far] of [
      [limits.atMinusInfinity, -1],
      [limits.atInfinity, 1],
    ] as const) {
      if (!limit) continue;
      const value = evaluate(limit, { seed: 1 });
      const at = (size: number) => row.value(far * size);
      // Nearer and nearer: slow ones such as the softsign are still on their way.
      const errors = [1e2, 1e4, 1e6].map((size) => Math.abs(at(size) - value));
      expect(errors[2]).toBeLessThan(1e-5);
      expect(errors[2] as number).toBeLessThanOrEqual(errors[0] as number);
    }
  });

  test('each row reads and names its parameters', () => {
    for (const row of functionTable.values()) {
      expect(row.derivatives.length).toBe(row.parameters.length);
      expect(functionNamed(row.name)).toBe(row);
      for (const alias of row.aliases) expect(functionNamed(alias)).toBe(row);
    }
  });

  test('no name means two functions', () => {
    const all = [...functionTable.values()].flatMap((row) => [row.name, ...row.aliases]);
    expect(new Set(all).size).toBe(all.length);
  });
});

test('every function of the worksheet is there, with the inverses', () => {
  const listed =
    'exp log ln log2 log10 log1p expm1 sqrt cbrt abs max min sign sin cos tan cot sec csc ' +
    'arcsin arccos arctan arccot arcsec arccsc asin acos atan acot asec acsc ' +
    'sinh cosh tanh coth sech csch asinh acosh atanh acoth asech acsch arsinh arcosh artanh ' +
    'pow hypot sinc erf sigmoid relu leaky_relu elu selu softplus softsign silu gelu mish hardtanh';
  for (const name of listed.split(' ')) expect(functionNamed(name), name).toBeDefined();
});

describe('kinks and their conventions', () => {
  const u = symbol('u');
  const slopeAt = (name: string, at: number, value?: number, of = name): number => {
    const conventions = value === undefined ? [] : [{ function: of, at, value }];
    const slope = differentiate(call(name, [u]), u, { conventions });
    return evaluate(slope, { seed: 1, values: new Map([['u', at]]) });
  };

  test('the text of each row says what the row says it says', () => {
    for (const row of functionTable.values())
      for (const [place, at] of row.kinks.entries()) {
        const slope = slopeAt(row.name, at);
        if (Number.isFinite(slope)) expect(slope).toBe(row.slopesAtKinks?.[place] ?? 0);
      }
  });

  test('a convention decides', () => {
    expect(slopeAt('relu', 0)).toBe(0);
    expect(slopeAt('relu', 0, 1)).toBe(1);
    expect(slopeAt('relu', 0, 0.5)).toBe(0.5);
    expect(slopeAt('abs', 0, 1)).toBe(1);
    expect(slopeAt('hardtanh', 1, 1)).toBe(1);
    expect(slopeAt('leaky_relu', 0, 1)).toBe(1);
  });

  test('a convention for another function or another place does not', () => {
    expect(slopeAt('relu', 0, 1, 'abs')).toBe(0);
    const conventions = [{ function: 'relu', at: 3, value: 7 }];
    const slope = differentiate(call('relu', [u]), u, { conventions });
    expect(evaluate(slope, { seed: 1, values: new Map([['u', 3]]) })).toBe(1);
  });

  test('largest of three: the largest carries the derivative', () => {
    const [a, b, c] = [symbol('a'), symbol('b'), symbol('c')];
    const values = new Map([
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ]);
    const slopes = [a, b, c].map((by) =>
      evaluate(differentiate(call('max', [a, b, c]), by), { seed: 1, values }),
    );
    expect(slopes).toEqual([0, 1, 0]);
    const least = [a, b, c].map((by) =>
      evaluate(differentiate(call('min', [a, b, c]), by), { seed: 1, values }),
    );
    expect(least).toEqual([1, 0, 0]);
  });

  test('second derivatives of known functions are written out', () => {
    const twice = call('tanh', [u], {
      slots: [
        { argument: 0, at: [] },
        { argument: 0, at: [] },
      ],
    });
    const third = differentiate(twice, u);
    const t = Math.tanh(0.4);
    const exact = -2 * (1 - t * t) * (1 - 3 * t * t);
    expect(evaluate(third, { seed: 1, values: new Map([['u', 0.4]]) })).toBeCloseTo(exact, 12);
    expect(
      evaluate(differentiate(call('relu', [u]), u), { seed: 1, values: new Map([['u', -2]]) }),
    ).toBe(0);
  });
});
