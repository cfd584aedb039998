/** Formulas whose writing could be taken for something else: read, written, and read to the same. */
import { describe, expect, it } from 'vitest';
import { structureKey } from '../../src/expression/same.js';
import { readSheet } from '../../src/read/document.js';
import { readFormula } from '../../src/read/read.js';
import { writeLatex, writePlain } from '../../src/write/write.js';

const scope = readSheet('Loss = x y + A_11\nA in R^(N x N)\n');

describe('what is written', () => {
  it.each([
    ['a d that is a factor before a derivative', 'd * dLoss/dx', 'd * dLoss/dx'],
    ['a d that is a factor before a fraction', 'd * x/delta', 'd * x/delta'],
    ['a d above a line', '(d)/delta', '(d)/delta'],
    ['a sum up to a Greek letter', 'sum_{i=1}^theta i', 'sum_{i=1}^{theta} i'],
    ['a sum up to a name with an accent', 'sum_{i=1}^{yhat} i', 'sum_{i=1}^{yhat} i'],
    ['a negative fraction behind a quotient', '(x/y)(-7/3)', 'x/y (-7)/3'],
    ['a power of an entry beside LaTeX', '\\mathcal{L} (A_{Nx})^N', '\\mathcal{L} (A_Nx)^N'],
    ['a size in a size', '\\lvert 2 + \\lvert x\\rvert y\\rvert', 'abs(2 + abs(x) y)'],
    ['a norm in a norm', 'norm(x norm(y))', 'norm(x norm(y))'],
  ])('comes back: %s', (_what, text, plain) => {
    const formula = readFormula(text, scope);
    expect(writePlain(formula)).toBe(plain);
    for (const written of [writePlain(formula), writeLatex(formula)])
      expect(structureKey(readFormula(written, scope))).toBe(structureKey(formula));
  });
});

describe('an alphabet of LaTeX', () => {
  it.each([
    ['\\mathcal{}', 'met nothing'],
    ['\\mathcal\\', 'met "\\\\"'],
    ['\\mathcal{\\f}', 'met "\\\\f"'],
    ['\\mathcal}', 'met "}"'],
  ])('takes a letter: %s', (text, met) => {
    expect(() => readFormula(text)).toThrow(
      `line 1, column 1: expected a letter after "\\mathcal", ${met}; write \\mathcal{L}`,
    );
  });
  it.each(['\\mathcal{L}', '\\mathcal{\\hat L}', '\\mathfrak{Re}'])('%s is a name', (text) => {
    expect(writeLatex(readFormula(text))).toBe(text);
  });
});
