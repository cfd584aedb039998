import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  type Formula,
  multiply,
  number,
  power,
  rawAdd,
  rawMultiply,
  symbol,
} from '../../src/expression/formula.js';
import { structureKey } from '../../src/expression/same.js';
import { rewriteUp } from '../../src/expression/walk.js';
import { readDocument } from '../../src/read/document.js';
import { readFormula } from '../../src/read/read.js';
import { type Display, plainDisplay } from '../../src/write/display.js';
import { writeLatex, writePlain } from '../../src/write/write.js';
import { formulas } from './formulas.js';

const declarations = [
  'function g',
  'h^l_i = sum_{j=1}^N w^l_ij h^(l-1)_j for l = 1..L, i = 1..N',
  'v in R^N',
  'A in R^(N x N)',
  'x in R',
  'y in R',
  'c in R',
  'Loss = sum_{i=1}^N v_i h^L_i + sum_{i=1}^N sum_{k=1}^N A_ik',
].join('\n');

const [sheet] = readDocument(`${declarations}\n`, 'names.hg').scopes;

const display: Display = {
  ...plainDisplay,
  upperSlots: (name) => (name === 'w' || name === 'h' ? 1 : 0),
  isFunction: (name) => name === 'g',
};

/**
 * What reading and writing may change: numbers gathered in front, powers of products and of
 * numbers worked out, nested sums and products flattened.
 */
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

const sameAs = (formula: Formula, text: string): boolean => {
  const read = readFormula(text, sheet);
  return structureKey(folded(read)) === structureKey(folded(formula));
};

describe('what is written is read back to the same formula', () => {
  for (const [notation, write] of [
    ['plain math', writePlain],
    ['LaTeX', writeLatex],
  ] as const)
    it(`in ${notation}`, () => {
      fc.assert(
        fc.property(formulas(4), (formula) => {
          const text = write(formula, display);
          if (!sameAs(formula, text))
            throw new Error(
              `read otherwise: ${text}\n${structureKey(folded(formula))}\n${structureKey(folded(readFormula(text, sheet)))}`,
            );
        }),
        { numRuns: 300, seed: 11 },
      );
    });

  it('tells formulas apart (so that the tests above can fail)', () => {
    const [x, y] = [symbol('x'), symbol('y')];
    expect(sameAs(rawAdd([x, rawMultiply([number(-1), y])]), 'x - y')).toBe(true);
    expect(sameAs(rawAdd([x, rawMultiply([number(-1), y])]), 'y - x')).toBe(false);
    expect(sameAs(rawMultiply([x, y]), 'y x')).toBe(false);
  });
});
