import fc from 'fast-check';
import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { call, type Formula, number, rawMultiply, symbol } from '../../src/expression/formula.js';
import { functionTable } from '../../src/expression/functions.js';
import { type Display, plainDisplay } from '../../src/write/display.js';
import { unrolled, writeLatex, writePlain, writeUnicode } from '../../src/write/write.js';
import { formulas } from './formulas.js';

const layered: Display = {
  ...plainDisplay,
  upperSlots: (name) => (name === 'w' || name === 'h' ? 1 : 0),
};

const render = (latex: string): string =>
  katex.renderToString(latex, { strict: 'error', throwOnError: true, trust: false });

describe('LaTeX', () => {
  it('is taken by KaTeX with strict errors, for generated formulas', () => {
    fc.assert(
      fc.property(formulas(4), (formula) => {
        render(writeLatex(formula, layered));
        render(unrolled(formula, layered).latex);
      }),
      { numRuns: 300, seed: 3 },
    );
  });

  it('is refused by KaTeX where a name carries two subscripts (so that the test can fail)', () => {
    expect(() => render('W_{xh}_{ij}')).toThrow('Double subscript');
  });

  for (const row of functionTable.values()) {
    it(`writes ${row.name} for KaTeX`, () => {
      const args: readonly Formula[] = row.parameters.map((name) => symbol(name));
      const slope = { slots: [{ argument: 0, at: [] }] };
      expect(render(writeLatex(call(row.name, args)))).toContain('katex');
      expect(render(writeLatex(call(row.name, args, slope)))).toContain('katex');
    });
  }
});

/** Brackets that open and close in the right order. */
function isBalanced(text: string): boolean {
  const closing: Record<string, string> = { '(': ')', '{': '}', '[': ']' };
  const open: string[] = [];
  for (const character of text) {
    if (closing[character]) open.push(closing[character] as string);
    else if (')}]'.includes(character) && open.pop() !== character) return false;
  }
  return open.length === 0;
}

describe('plain math', () => {
  it('has balanced brackets, no doubled brackets and no doubled signs', () => {
    fc.assert(
      fc.property(formulas(4), (formula) => {
        const text = writePlain(formula, layered);
        expect(isBalanced(text)).toBe(true);
        expect(text).not.toMatch(/--|\+ -|- -/);
        expect(isBalanced(writeUnicode(formula, layered))).toBe(true);
        expect(hasDoubledBrackets(text)).toBe(false);
      }),
      { numRuns: 300, seed: 4 },
    );
  });

  it('finds doubled brackets (so that the test above can fail)', () => {
    expect(hasDoubledBrackets('x ((a + b))')).toBe(true);
    expect(hasDoubledBrackets('((a) + (b))')).toBe(false);
    expect(writePlain(rawMultiply([number(2), number(3)]))).toBe('2 * 3');
  });
});

/** Whether some bracket directly holds another one and nothing else. */
function hasDoubledBrackets(text: string): boolean {
  const open: number[] = [];
  const closeOf = new Map<number, number>();
  [...text].forEach((character, place) => {
    if (character === '(') open.push(place);
    if (character === ')') closeOf.set(open.pop() as number, place);
  });
  return [...closeOf].some(([start, end]) => closeOf.get(start + 1) === end - 1);
}
