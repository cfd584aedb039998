import { describe, expect, it } from 'vitest';
import { symbol } from '../../src/expression/formula.js';
import { atLeast, equal } from '../../src/gradient/conditions/constraint.js';
import { FreshNames } from '../../src/gradient/facts.js';
import { solveRecurrence } from '../../src/gradient/recurrence.js';
import type { Room, Term } from '../../src/gradient/term.js';
import { add, at, d, number, x } from './networks.js';

const L = symbol('L');
const l = symbol('l');
const room: Room = {
  names: new FreshNames(),
  facts: {
    isSize: (atom) => atom.kind === 'symbol' && atom.name === 'L',
    isIndex: () => true,
  },
};
const context = [atLeast(l, number(1)), atLeast(L, l)];
const border: Term = { variables: [], constraints: [equal(l, L)], factors: [x('g')] };
const step = (index: string, guard = [atLeast(L, add(l, number(1)))]): Term => ({
  variables: [],
  constraints: guard,
  factors: [d(x('C'), x('z', index)), x('c', 'l')],
});
const solve = (...terms: readonly Term[]) =>
  solveRecurrence({ target: x('C'), family: 'z', parameters: ['l'], terms, context }, room);

describe('solving first-order recurrences', () => {
  it('solves one step of one, the border being a source like any other', () => {
    const { solved } = solve(border, step('l+1'));
    expect(solved?.terms).toHaveLength(1);
    expect(solved?.terms[0]?.variables).toEqual([]);
    expect(solved?.terms[0]?.factors.map((factor) => factor.kind)).toEqual(['symbol', 'product']);
  });

  it.each([
    ['two offsets', [border, step('l+1'), step('l+2')], 'several shifts'],
    ['a step of two', [border, step('l+2')], 'the step is not one'],
    [
      'a step that fails on the way',
      [border, step('l+1', [atLeast(number(3), at('l'))])],
      'does not hold all the way',
    ],
    [
      'its own derivative inside a sum',
      [border, { ...step('l+1'), variables: ['k'] }],
      'inside a sum',
    ],
  ])('leaves %s, and says why', (_, terms, reason) => {
    const solution = solve(...(terms as readonly Term[]));
    expect(solution.solved).toBeUndefined();
    expect('reason' in solution && solution.reason).toContain(reason);
  });
});
