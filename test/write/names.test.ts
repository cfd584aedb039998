import { describe, expect, it } from 'vitest';
import { rawMultiply, sum, symbol } from '../../src/expression/formula.js';
import { structureKey } from '../../src/expression/same.js';
import { politeBoundNames } from '../../src/write/bound-names.js';
import { defaultLatexName, unicodeName } from '../../src/write/names.js';

describe('names', () => {
  for (const [name, latex, unicode] of [
    ['w', 'w', 'w'],
    ['delta', '\\delta', 'δ'],
    ['Omega', '\\Omega', 'Ω'],
    ['yhat', '\\hat{y}', 'y\u0302'],
    ['thetabar', '\\bar{\\theta}', 'θ\u0304'],
    ['xtilde', '\\tilde{x}', 'x\u0303'],
    ['Loss', '\\mathrm{Loss}', 'Loss'],
    ['h2', '\\mathrm{h2}', 'h2'],
    ['W_xh', 'W_{xh}', 'W_xh'],
    // A comment sign in LaTeX.
    ['u_%', 'u_{\\%}', 'u_%'],
    ['\\mathcal{L}', '\\mathcal{L}', 'ℒ'],
    // A word that happens to end like an accent is a word.
    ['chat', '\\hat{c}', 'c\u0302'],
    ['what2', '\\mathrm{what2}', 'what2'],
  ] as const)
    it(`${name} is ${latex}`, () => {
      expect(defaultLatexName(name)).toBe(latex);
      expect(unicodeName(name)).toBe(unicode);
    });
});

describe('bound names', () => {
  const k = symbol('k');
  const total = sum('k', undefined, symbol('x', [k]));

  it('change only where they clash', () => {
    expect(politeBoundNames(total)).toBe(total);
  });

  it('change the name and nothing else', () => {
    const formula = rawMultiply([k, total]);
    const polite = politeBoundNames(formula);
    expect(structureKey(polite)).toBe(structureKey(formula));
    expect(polite).not.toEqual(formula);
  });

  it('avoid names of families that stand free', () => {
    const family = sum('m', undefined, rawMultiply([symbol('m'), symbol('x', [symbol('m')])]));
    const formula = rawMultiply([symbol('m', [symbol('a')]), family]);
    const polite = politeBoundNames(formula);
    expect(
      polite.kind === 'multiply' && polite.factors[1]?.kind === 'sum' && polite.factors[1].index,
    ).toBe('n');
  });
});
