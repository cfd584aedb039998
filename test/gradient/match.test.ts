import { describe, expect, it } from 'vitest';
import { call } from '../../src/expression/formula.js';
import { match } from '../../src/gradient/match.js';
import { writePlain } from '../../src/write/write.js';
import { multiply, total, x } from './networks.js';

const found = (pattern: Parameters<typeof match>[0], formula: Parameters<typeof match>[1]) => {
  const bindings = match(pattern, formula, new Set(['l', 'j']));
  return bindings && [...bindings].map(([name, value]) => `${name} = ${writePlain(value)}`);
};

describe('matching index patterns', () => {
  it('solves shifted indices', () => {
    expect(found(x('a', 'l-1', 'j'), x('a', 'p+1', 3))).toEqual(['l = p + 2', 'j = 3']);
  });

  it('wants one value for a letter that stands twice', () => {
    expect(found(x('a', 'l', 'l'), x('a', 'p', 'p'))).toEqual(['l = p']);
    expect(found(x('a', 'l', 'l'), x('a', 'p', 'q'))).toBeUndefined();
  });

  it('knows bound letters by their place, and lets none out', () => {
    const sum = (bound: string, row: string) =>
      total(bound, 1, 'n', multiply(x('w', row, bound), x('v', bound)));
    expect(found(sum('k', 'j'), sum('m', 'i'))).toEqual(['j = i']);
    const escaping = total('m', 1, 'n', multiply(x('w', 'm', 'm'), x('v', 'm')));
    expect(found(sum('k', 'j'), escaping)).toBeUndefined();
  });

  it('tells functions and names apart', () => {
    expect(found(call('tanh', [x('z', 'j')]), call('tanh', [x('z', 2)]))).toEqual(['j = 2']);
    expect(found(call('tanh', [x('z', 'j')]), call('exp', [x('z', 2)]))).toBeUndefined();
    expect(found(call('tanh', [x('z', 'j')]), call('tanh', [x('u', 2)]))).toBeUndefined();
  });
});
