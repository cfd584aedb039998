import { describe, expect, it } from 'vitest';
import { compare, symbol, zero } from '../../src/expression/formula.js';
import { told } from '../../src/rewrite/told.js';

describe('a sentence with formulas in it', () => {
  const term = symbol('w');

  it('keeps the formulas as what they are', () => {
    expect(told`the sign of the term ${term} is wrong`).toEqual([
      'the sign of the term ',
      term,
      ' is wrong',
    ]);
    const condition = compare(term, '>', zero);
    expect(told`${condition}`).toEqual([condition]);
  });

  it('is one text where it has words only', () => {
    expect(told`the ${'sum'} is missing`).toBe('the sum is missing');
    expect(told`${''}`).toBe('');
  });

  it('takes in other sentences', () => {
    const inner = told`a factor ${term} is missing`;
    expect(told`on the left side: ${inner}`).toEqual([
      'on the left side: ',
      'a factor ',
      term,
      ' is missing',
    ]);
    expect(told`that is all${''}; ${told`no more`}`).toBe('that is all; no more');
  });
});
