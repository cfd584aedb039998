import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  type Formula,
  multiply,
  number,
  operation,
  power,
  sum,
  symbol,
  whole,
} from '../../src/expression/formula.js';
import { mapChildren } from '../../src/expression/walk.js';
import { lengthOf } from '../../src/forms/measure.js';
import { type Confirm, candidates, raiseConfirmed } from '../../src/forms/raise.js';
import type { Lowered } from '../../src/network/network.js';
import { writePlain } from '../../src/write/write.js';
import { type Prepared, prepare } from './prepare.js';
import { questions } from './questions.js';
import { largestDifference, type World } from './small-numbers.js';

const symmetric = {
  name: 'S',
  slots: [],
  kind: 'leaf',
  role: 'quantity',
  row: false,
  guessed: false,
  latex: 'S',
  symmetric: true,
} as const;
const facts = { families: new Map([['S', symmetric]]), layout: 'numerator' } as const;

const CLOSE = 1e-6;
const confirmIn =
  ({ axes, world }: Pick<Prepared, 'axes' | 'world'>): Confirm =>
  (formula, lowered) => {
    try {
      return largestDifference(formula, lowered.body, axes, world) < CLOSE;
    } catch {
      return false;
    }
  };

const isRefusal = (answer: object): answer is { readonly reason: string } => 'reason' in answer;

describe('matrix forms of a set of public questions', () => {
  for (const question of questions) {
    it(question.name, () => {
      const prepared = prepare(question);
      const { hand, lowered, axes, world } = prepared;
      expect(largestDifference(hand, lowered.body, axes, world)).toBeLessThan(CLOSE);
      const answer = raiseConfirmed(lowered, facts, confirmIn(prepared));
      if (isRefusal(answer)) throw new Error(answer.reason);
      expect(lengthOf(answer)).toBeLessThanOrEqual(lengthOf(hand));
    });
  }

  it('asks more than sixty', () => {
    expect(questions.length).toBeGreaterThan(60);
    expect(new Set(questions.map((question) => question.name)).size).toBe(questions.length);
  });
});

/** The formula with the first transpose in it forgotten. */
function withoutFirstTranspose(formula: Formula): Formula {
  let done = false;
  const visit = (part: Formula): Formula => {
    if (done) return part;
    if (part.kind === 'operation' && part.name === 'transpose') {
      done = true;
      return part.args[0] as Formula;
    }
    return mapChildren(part, visit);
  };
  return visit(formula);
}

describe('the check by numbers', () => {
  it('catches a transpose left out, wherever a form has one', () => {
    let planted = 0;
    for (const question of questions) {
      const prepared = prepare(question);
      const list = candidates(prepared.lowered, facts);
      if (isRefusal(list)) continue;
      const wrong = list
        .map(withoutFirstTranspose)
        .filter((formula, place) => formula !== list[place]);
      for (const formula of wrong) {
        planted += 1;
        // tr(X^3): X X for X^T X^T would be wrong, and so on; none may pass.
        expect(confirmIn(prepared)(formula, prepared.lowered), writePlain(formula)).toBe(false);
      }
    }
    expect(planted).toBeGreaterThan(30);
  });

  it('refuses rather than show a form that the numbers do not confirm', () => {
    const { lowered } = prepare(questions[0] as (typeof questions)[number]);
    expect(raiseConfirmed(lowered, facts, () => false)).toEqual({
      reason: 'no matrix form found agrees with the indexed form in numbers',
    });
  });
});

const range = (size: string) => ({ lower: number(1), upper: symbol(size) });
const s = (name: string, letters: string): Formula =>
  symbol(
    name,
    [...letters].map((letter) => symbol(letter)),
  );
const lowered = (body: Formula, ...axes: (readonly [string, string])[]): Lowered => ({
  axes: axes.map(([index, size]) => ({ index, ...range(size) })),
  row: false,
  body,
  free: [],
  guessed: [],
});
const first = (item: Lowered): string => {
  const list = candidates(item, facts);
  return isRefusal(list) ? list.reason : writePlain(list[0] as Formula);
};

describe('raising', () => {
  it('keeps layers and named gradients as they are', () => {
    const l = symbol('l');
    const next = add(l, number(1));
    const back = sum(
      'k',
      range('N'),
      multiply(symbol('w', [next, symbol('k'), symbol('j')]), symbol('delta', [next, symbol('k')])),
    );
    expect(first(lowered(back, ['j', 'M']))).toBe('w_{l+1}^T delta_{l+1}');
    const layered = {
      latexName: (name: string) => name,
      upperSlots: () => 1,
    };
    const list = candidates(lowered(back, ['j', 'M']), facts);
    expect(isRefusal(list) ? '' : writePlain(list[0] as Formula, layered)).toBe(
      '(w^(l+1))^T delta^(l+1)',
    );
  });

  it('gives the reason where there is no matrix form', () => {
    const three = symbol('T', [symbol('i'), symbol('j'), symbol('k')]);
    expect(first(lowered(three, ['i', 'm'], ['j', 'n'], ['k', 'p']))).toBe(
      'the answer has 3 free indices; matrices have two',
    );
    const convolution = sum(
      'k',
      range('p'),
      multiply(s('w', 'k'), symbol('x', [add(symbol('i'), symbol('k'))])),
    );
    expect(first(lowered(convolution, ['i', 'm']))).toBe(
      'x has a shifted index, which no matrix has',
    );
    const part = sum('j', range('n'), s('x', 'j'), [compare(symbol('j'), '!=', symbol('i'))]);
    expect(first(lowered(part, ['i', 'n']))).toBe('a sum over part of a range');
    const star = sum(
      'k',
      range('p'),
      multiply(s('A', 'ik'), s('B', 'jk'), s('A', 'uk'), s('x', 'u')),
    );
    const open = sum('u', range('m'), star);
    expect(first(lowered(open, ['i', 'm'], ['j', 'n']))).not.toContain('undefined');
  });

  it('does not take a family b for an index b', () => {
    const body = multiply(number(2), symbol('b', [symbol('a')]), symbol('x', [symbol('b')]));
    expect(first(lowered(body, ['a', 'm'], ['b', 'n']))).toBe('2 b x^T');
  });

  it('writes squares of families as elementwise products', () => {
    const body = power(s('h', 'i'), number(2));
    expect(first(lowered(add(number(1), multiply(number(-1), body)), ['i', 'n']))).toBe(
      '1 - h .* h',
    );
  });

  it('gives a row its transpose', () => {
    const item = { ...lowered(s('x', 'i'), ['i', 'n']), row: true };
    expect(candidates(item, facts)).toEqual([operation('transpose', symbol('x', [whole]))]);
  });
});

describe('the small evaluator of these tests', () => {
  it('sees a wrong transpose because its sizes are unequal', () => {
    const world: World = {
      dims: new Map([['A', 'mn']]),
      sizes: new Map([
        ['m', 2],
        ['n', 3],
      ]),
    };
    const axes = [
      { index: 'i', size: 'm' },
      { index: 'j', size: 'n' },
    ];
    const right = symbol('A', [whole, whole]);
    expect(largestDifference(right, s('A', 'ij'), axes, world)).toBe(0);
    expect(() =>
      largestDifference(operation('transpose', right), s('A', 'ij'), axes, world),
    ).toThrow('shape 3x2, expected 2x3');
  });
});
