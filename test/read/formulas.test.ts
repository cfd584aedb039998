import { describe, expect, it } from 'vitest';
import { structureKey } from '../../src/expression/same.js';
import { readFormula } from '../../src/read/read.js';
import { casesOf } from './fixtures.js';

describe('formulas are read into the right trees', () => {
  const cases = casesOf('formulas');
  it('has its cases', () => expect(cases.length).toBeGreaterThan(100));
  it.each(cases)('$input', ({ input, output }) => {
    expect(structureKey(readFormula(input))).toBe(output);
  });
});
