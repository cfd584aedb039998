import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, type Formula, multiply, power } from '../../src/expression/formula.js';
import { structureKey } from '../../src/expression/same.js';
import { rewriteUp } from '../../src/expression/walk.js';
import { readSheet } from '../../src/read/document.js';
import { readFormula } from '../../src/read/read.js';
import { plainDisplay } from '../../src/write/display.js';
import { writeLatex, writePlain } from '../../src/write/write.js';
import { formulas } from '../write/formulas.js';

const sheet = readSheet(
  [
    'function g',
    'h^l_i = sum_{j=1}^N w^l_ij h^(l-1)_j for l = 1..L, i = 1..N',
    'v in R^N',
    'A in R^(N x N)',
    'x in R',
    'y in R',
    'c in R',
    'Loss = sum_{i=1}^N v_i h^L_i + sum_{i=1}^N sum_{k=1}^N A_ik',
  ].join('\n'),
);
const display = {
  ...plainDisplay,
  upperSlots: (name: string) => (name === 'w' || name === 'h' ? 1 : 0),
  isFunction: (name: string) => name === 'g',
};

/** Numbers folded, as the constructors do: `3/4 x` may be written `3 x/4`. */
const folded = (formula: Formula): Formula =>
  rewriteUp(formula, (part) => {
    if (part.kind === 'add') return add(...part.terms);
    if (part.kind === 'multiply') return multiply(...part.factors);
    if (part.kind !== 'power') return part;
    const { base, exponent } = part;
    const isWhole = exponent.kind === 'number' && exponent.value.d === 1n;
    if (isWhole && base.kind === 'multiply')
      return multiply(...base.factors.map((factor) => power(factor, exponent)));
    return power(base, exponent);
  });

describe('what is written is read back', () => {
  it.each([
    ['plain', writePlain],
    ['LaTeX', writeLatex],
  ] as const)('%s', (_name, write) => {
    fc.assert(
      fc.property(formulas(2), (formula) => {
        const read = readFormula(write(formula, display), sheet);
        expect(structureKey(folded(read))).toBe(structureKey(folded(formula)));
      }),
      { numRuns: 150, seed: 11 },
    );
  });
});
