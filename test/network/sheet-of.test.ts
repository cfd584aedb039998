import { describe, expect, it } from 'vitest';
import {
  call,
  multiply,
  number,
  power,
  subtract,
  sum,
  symbol,
} from '../../src/expression/formula.js';
import { readFormula, readSheet } from '../../src/index.js';
import { buildNetwork } from '../../src/network/build.js';
import { lower } from '../../src/network/lower.js';
import { sheetOf } from '../../src/network/sheet-of.js';
import { valuesOf } from '../../src/numeric/values.js';

const [x, w, b] = [symbol('x'), symbol('w'), symbol('b')];

describe('definitions made by a program', () => {
  it('make the network that their text makes', () => {
    const [k] = [symbol('k')];
    const right = sum('k', undefined, multiply(symbol('w', [k]), symbol('x', [k])));
    const loss = power(subtract(symbol('z'), symbol('t')), number(2));
    const made = sheetOf([
      { left: symbol('z'), right: call('tanh', [right]) },
      { left: symbol('C'), right: loss },
    ]);
    const typed = readSheet('z = tanh(sum_k w_k x_k)\nC = (z - t)^2\n');
    expect(buildNetwork(made).definitions).toEqual(buildNetwork(typed).definitions);
  });

  it('are asked about as usual', () => {
    const made = sheetOf([{ left: symbol('C'), right: multiply(number(3), number(4)) }]);
    const network = buildNetwork(made);
    expect(valuesOf(lower(readFormula('C', made), network), network)).toEqual({
      kind: 'numbers',
      value: 12,
    });
  });

  it('are refused if they do not come back as they were', () => {
    const clash = [{ left: symbol('y'), right: multiply(w, call('f(', [x]), b) }];
    expect(() => sheetOf(clash)).toThrow(
      /^the definition "y = .*" does not mean what was given once it is written.*; use names that can be typed, of letters and digits, each with the same number of indices$/s,
    );
    expect(() => sheetOf([{ left: symbol('y'), right: symbol('a b') }])).toThrow(
      'the definition "y = a b" does not mean what was given once it is written; use names that ' +
        'can be typed, of letters and digits, each with the same number of indices',
    );
    const ranges = [{ index: 'l', lower: number(1), upper: symbol('L\nz = q') }];
    const layer = { left: symbol('a', [symbol('l')]), right: symbol('w', [symbol('l')]), ranges };
    expect(() => sheetOf([layer])).toThrow('does not mean what was given');
    // A line break in a name makes no further statements.
    expect(() => sheetOf([{ left: symbol('y'), right: symbol('a\nfind y') }])).toThrow(
      'does not mean what was given',
    );
  });
});
