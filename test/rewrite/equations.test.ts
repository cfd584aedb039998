import { describe, expect, test } from 'vitest';
import { multiply, number, power, symbol } from '../../src/expression/formula.js';
import { structureKey } from '../../src/expression/same.js';
import { algebraLaws, algebraRows } from '../../src/laws/algebra.js';
import { lawOf } from '../../src/laws/equations.js';
import { formulaFrom } from '../../src/laws/plain-text.js';
import { lawBook, replay } from '../../src/rewrite/replay.js';
import { answerOf } from '../../src/rewrite/step.js';
import { exhaust } from '../../src/rewrite/strategy.js';

const book = lawBook(algebraLaws);
const became = (law: string, text: string): string | undefined => {
  const after = book.get(law)?.apply(formulaFrom(text), {})?.after;
  return after && structureKey(after);
};
const read = (text: string): string => structureKey(formulaFrom(text));

describe('a law as an equation', () => {
  test('is refused where the right side has a name of its own', () => {
    expect(() => lawOf({ name: 'bad', says: 'u v = u w' })).toThrow(
      'the law bad uses w, which its left side does not bind; bind it there',
    );
    expect(() => lawOf({ name: 'bad', says: 'u = u', assumes: ['w > 0'] })).toThrow(
      'the law bad uses w, which its left side does not bind; bind it there',
    );
  });

  test('is refused where it is no equation', () => {
    expect(() => lawOf({ name: 'bad', says: 'u v' })).toThrow(
      'the law bad is one equation `left = right`; met `u v`',
    );
  });

  test('applies to a whole and to some operands of a longer one', () => {
    expect(became('exp-of-sum', 'exp(x) exp(y)')).toBe(read('exp(x + y)'));
    expect(became('exp-of-sum', 'a exp(x) b exp(y)')).toBe(read('a exp(x + y) b'));
    expect(became('sigmoid-complement', 'z + 1 - sigmoid(x)')).toBe(read('z + sigmoid(-x)'));
    expect(became('distribute', '(f - y) x')).toBe(read('x f + x (-1) y'));
  });

  test('does not apply to what only looks like it', () => {
    expect(became('exp-of-sum', 'exp(x) + exp(y)')).toBeUndefined();
    expect(became('sech-squared', 'sech(x)^3')).toBeUndefined();
    // sqrt(x^2) is |x|, not x.
    expect(
      book.get('power-of-power')?.apply(power(power(symbol('x'), number(2)), number('1/2')), {}),
    ).toBeUndefined();
  });

  test('carries what it assumes, for these formulas', () => {
    const applied = book.get('log-of-product')?.apply(formulaFrom('log(x (y + 1))'), {});
    expect(applied?.assumes.length).toBe(2);
    expect(applied?.assumes.map((c) => (c.kind === 'compare' ? structureKey(c.left) : ''))).toEqual(
      [read('x'), read('y + 1')],
    );
  });

  test('every row is a law', () => {
    expect(algebraLaws.length).toBe(algebraRows.length);
  });
});

describe('using laws until nothing applies', () => {
  const laws = ['exp-of-sum', 'square', 'one-factor-more']
    .map((name) => book.get(name))
    .filter((law) => law !== undefined);

  test('ends, with steps that replay', () => {
    const { derivation, ended } = exhaust(formulaFrom('exp(x) y exp(y) exp(z)'), laws, 20);
    expect(ended).toBe('nothing applies');
    expect(structureKey(answerOf(derivation))).toBe(read('exp(x + y + z) y'));
    expect(replay(derivation, book)).toEqual({ holds: true });
  });

  test('says when the bound was reached, and keeps what was found', () => {
    const many = multiply(...Array.from({ length: 9 }, () => symbol('x')));
    const { derivation, ended } = exhaust(many, laws, 3);
    expect(ended).toBe('bound reached');
    expect(derivation.steps.length).toBe(3);
    expect(exhaust(many, laws, 50).ended).toBe('nothing applies');
  });
});
