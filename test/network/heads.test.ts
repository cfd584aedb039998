/** A sheet with a definition for every layer: nobody looks at all of them. */
import { describe, expect, it } from 'vitest';
import { type Formula, multiply, number, symbol } from '../../src/expression/formula.js';
import { ByMention } from '../../src/network/by-mention.js';
import { cyclesAmong } from '../../src/network/cycles-among.js';
import { headsOf } from '../../src/network/heads.js';
import type { Definition } from '../../src/network/network.js';

const at = (name: string, ...indices: readonly number[]): Formula =>
  symbol(name, indices.map(number));

const definition = (name: string, head: readonly Formula[], right: Formula): Definition => ({
  name,
  head,
  ranges: [],
  where: [],
  right,
  line: 1,
});

const layers = Array.from({ length: 100 }, (_, place) =>
  definition('z', [number(place + 1)], multiply(at('w', place + 1), at('f', place))),
);
const everywhere = definition('z', [symbol('l')], at('x'));

describe('definitions by their heads', () => {
  it('gives those that can hold at a number, in the order of the sheet', () => {
    const heads = headsOf([...layers.slice(0, 50), everywhere, ...layers.slice(50)]);
    expect(heads.at('z', [7])).toEqual([layers[6], everywhere]);
    expect(heads.at('z', [number(70)])).toEqual([everywhere, layers[69]]);
    expect(heads.at('z', [1000])).toEqual([everywhere]);
  });

  it('gives all for a letter, and none for another name', () => {
    const heads = headsOf(layers);
    expect(heads.at('z', [symbol('l')])).toHaveLength(100);
    expect(heads.of('z')).toHaveLength(100);
    expect(heads.at('w', [1])).toEqual([]);
  });
});

describe('patterns by what they mention', () => {
  const patterns = new ByMention(
    [...layers, everywhere],
    ({ right }) => right,
    () => ['x'],
  );

  it('gives those whose entry stands in the formula, and those without one', () => {
    const formula = multiply(at('y'), at('w', 7), at('f', 6));
    expect(patterns.candidates(formula)).toEqual([layers[6], everywhere]);
    expect(patterns.candidates(at('y'))).toEqual([everywhere]);
  });

  it('tries all where there are few', () => {
    const few = new ByMention(
      layers.slice(0, 3),
      ({ right }) => right,
      () => [],
    );
    expect(few.candidates(at('y'))).toHaveLength(3);
  });
});

describe('cycles', () => {
  it('are found in their order, and no chain is too deep', () => {
    const next = new Map([
      [1, [2]],
      [2, [3, 1]],
      [3, [4]],
      [4, [4]],
      [6, [5]],
      [5, [7]],
      [7, [6]],
    ]);
    const found = cyclesAmong([1, 2, 3, 4, 5, 6, 7], (item) => next.get(item));
    expect(found.map((cycle) => [...cycle])).toEqual([[1, 2], [4], [5, 6, 7]]);
    const long = Array.from({ length: 100_000 }, (_, place) => place);
    expect(cyclesAmong(long, (item) => [item + 1])).toEqual([]);
    expect(cyclesAmong(long, (item) => [(item + 1) % long.length])[0]?.size).toBe(100_000);
  });
});
