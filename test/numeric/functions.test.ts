import { describe, expect, it } from 'vitest';
import { call, derivative, type Formula, symbol } from '../../src/expression/formula.js';
import { functionTable } from '../../src/expression/functions.js';
import { rowFormulas } from '../../src/laws/row-formulas.js';
import { BigMachine } from '../../src/numeric/big-machine.js';
import { exactArithmetic } from '../../src/numeric/exact.js';
import { Machine } from '../../src/numeric/machine.js';
import { family, fixedWorld, networkOf } from './networks.js';

/** Points inside the domain of every function, away from kinks; for one and for two arguments. */
const POINTS: readonly (readonly [number, number])[] = [
  [0.37, 1.3],
  [0.82, 0.4],
];
const OUTSIDE = new Set(['asec', 'acsc', 'acosh', 'acoth']);
const argumentsOf = (name: string, count: number, point: readonly [number, number]) =>
  (OUTSIDE.has(name) ? [1 + point[0]] : [...point]).slice(0, count);

const network = networkOf([family('u', 'leaf'), family('v', 'leaf')], []);
const names = ['u', 'v'] as const;

const rows = [...functionTable.values()].map((row) => [row.name, row] as const);

describe.each(rows)('%s', (name, row) => {
  const cases = POINTS.map((point) => argumentsOf(name, row.parameters.length, point));
  const formula = call(
    name,
    row.parameters.map((_, place) => symbol(names[place] as string)),
  );

  it.each(cases)('has on the tape the slope of its own values at %d', (...point) => {
    const machine = new Machine(network, fixedWorld(point));
    for (const [place] of row.parameters.entries()) {
      const by = symbol(names[place] as string);
      const moved = (amount: number) =>
        row.value(...point.map((value, at) => (at === place ? value + amount : value)));
      const step = 1e-5;
      const difference = (moved(step) - moved(-step)) / (2 * step);
      const slope = numberOf(machine, derivative(formula, by));
      expect(Math.abs(slope - difference)).toBeLessThan(1e-7 * (1 + Math.abs(difference)));
    }
  });

  it.each(cases)('has the same slope in its row at %d', (...point) => {
    const machine = new Machine(network, fixedWorld(point));
    for (const [place, text] of rowFormulas(row).derivatives.entries()) {
      const slope = numberOf(machine, derivative(formula, symbol(names[place] as string)));
      expect(numberOf(machine, text)).toBeCloseTo(slope, 12);
    }
  });

  it.each(cases)('has the same value and slopes in 64 digits at %d', (...point) => {
    const world = fixedWorld(point);
    const machine = new Machine(network, world);
    const big = new BigMachine(network, world, exactArithmetic().make);
    const slopes = row.parameters.map((_, place) =>
      derivative(formula, symbol(names[place] as string)),
    );
    for (const part of [formula, ...slopes]) {
      const exact = big.value(part, new Map(), 1).toNumber();
      expect(Math.abs(numberOf(machine, part) - exact)).toBeLessThan(1e-12 * (1 + Math.abs(exact)));
    }
  });

  it.each(cases)('has the second derivative of its values in 64 digits at %d', (...point) => {
    const world = fixedWorld(point);
    const second = derivative(derivative(formula, symbol('u')), symbol('u'));
    const big = new BigMachine(network, world, exactArithmetic().make);
    const exact = big.value(second, new Map(), 2).toNumber();
    const value = numberOf(new Machine(network, world), second);
    expect(Math.abs(value - exact)).toBeLessThan(1e-10 * (1 + Math.abs(exact)));
  });
});

const numberOf = (machine: Machine, formula: Formula): number =>
  machine.tape.value(machine.run(formula, new Map()));
