/** Bound indices stay bound when names in a term are replaced. */
import { describe, expect, it } from 'vitest';
import { delta, multiply, number, sum, symbol } from '../../src/expression/formula.js';
import { freeNames } from '../../src/expression/walk.js';
import { expand } from '../../src/simplify/expand.js';
import { normalForm } from '../../src/simplify/normal-form.js';

const [i, k, n, a] = ['i', 'k', 'n', 'a'].map((name) => symbol(name)) as [
  ReturnType<typeof symbol>,
  ReturnType<typeof symbol>,
  ReturnType<typeof symbol>,
  ReturnType<typeof symbol>,
];
const w = (row: typeof i, column: typeof i) => symbol('w', [row, column]);
const all = { lower: number(1), upper: n };

describe('a delta that replaces a free index beside two sums', () => {
  // Found by the property test: w[k, i] left its sum when k became i.
  const formula = multiply(
    sum('i', all, w(i, i)),
    w(i, i),
    delta(i, k),
    a,
    sum('i', all, w(k, i)),
    a,
    w(i, i),
  );
  const names = new Set(['w', 'i', 'k', 'n', 'a']);

  it.each([
    ['the normal form', normalForm(formula)],
    ['multiplied out', expand(formula)],
  ])('leaves no index without its sum in %s', (_, result) => {
    if (!result) throw new Error('over budget');
    expect([...freeNames(result)].filter((name) => !names.has(name))).toEqual([]);
  });
});
