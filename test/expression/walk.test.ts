import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  add,
  array,
  compare,
  delta,
  type Formula,
  family,
  multiply,
  number,
  one,
  product,
  sum,
  symbol,
} from '../../src/expression/formula.js';
import { same } from '../../src/expression/same.js';
import {
  boundNames,
  children,
  contains,
  countNodes,
  freeNames,
  freshName,
  mapChildren,
  renameBound,
  rewriteUp,
  substitute,
} from '../../src/expression/walk.js';
import { close, evaluate, type Point } from '../laws/evaluator.js';
import { coreFormula } from './arbitrary.js';

const [k, m, n, x] = [symbol('k'), symbol('m'), symbol('n'), symbol('x')];
const w = (...indices: readonly Formula[]) => symbol('w', indices);
const toN = { lower: one, upper: n };
const runs = { numRuns: 300 };
const point = (indices: Record<string, number>, seed = 1): Point => ({
  seed,
  indices: new Map(Object.entries(indices)),
});

describe('substitute', () => {
  test('renames a bound index that would capture', () => {
    const formula = sum('k', toN, multiply(w(k), x));
    const result = substitute(formula, new Map([['x', w(k)]]));
    expect(same(result, sum('m', toN, multiply(w(m), w(k))))).toBe(true);
    expect(freeNames(result).has('k')).toBe(true);
  });

  test('leaves a bound index of the replaced name alone, but not its range', () => {
    const formula = sum('k', { lower: one, upper: k }, w(k));
    const result = substitute(formula, new Map([['k', number(3)]]));
    expect(same(result, sum('k', { lower: one, upper: number(3) }, w(k)))).toBe(true);
  });

  test('replaces in conditions, ranges of later binders and entries', () => {
    const formula = family('softmax', [{ index: 'k', lower: one, upper: m }], multiply(w(k), x), [
      m,
    ]);
    const result = substitute(formula, new Map([['m', k]]));
    const binder = { index: 'j', lower: one, upper: k };
    expect(same(result, family('softmax', [binder], multiply(w(symbol('j')), x), [k]))).toBe(true);
    const guarded = sum('k', toN, w(k), [compare(k, '!=', m)]);
    const moved = substitute(guarded, new Map([['m', k]]));
    expect(same(moved, sum('j', toN, w(symbol('j')), [compare(symbol('j'), '!=', k)]))).toBe(true);
  });

  test('all replacements happen at once', () => {
    const result = substitute(
      w(k, m),
      new Map([
        ['k', m],
        ['m', k],
      ]),
    );
    expect(same(result, w(m, k))).toBe(true);
  });

  test('the number is that of the formula where the name has the number of the replacement', () => {
    const replacement = fc.constantFrom<Formula>(m, k, add(m, one), number(2), symbol('k1'));
    fc.assert(
      fc.property(coreFormula, fc.constantFrom('k', 'm'), replacement, (formula, name, by) => {
        const here = point({ k: 2, m: 1, k1: 3 });
        const there = point({ k: 2, m: 1, k1: 3, [name]: evaluate(by, here) });
        const result = substitute(formula, new Map([[name, by]]));
        return close(evaluate(result, here), evaluate(formula, there), 1e-9);
      }),
      runs,
    );
  });

  test('nothing free, nothing done', () => {
    fc.assert(
      fc.property(coreFormula, (formula) => {
        return substitute(formula, new Map([['never', one]])) === formula;
      }),
      runs,
    );
  });
});

describe('renameBound', () => {
  const opened = (formula: Formula) => {
    if (formula.kind !== 'sum' && formula.kind !== 'product') throw new Error('not bound');
    return formula;
  };

  test('avoids the names taken and those of its own body', () => {
    const formula = opened(sum('k', toN, multiply(w(k), symbol('k1'))));
    const renamed = renameBound(formula, new Set(['k']));
    expect(renamed.index).toBe('k2');
    expect(same(renamed, formula)).toBe(true);
  });

  test('keeps a name that nobody has taken', () => {
    const formula = opened(sum('k', toN, multiply(w(k), symbol('k1'))));
    expect(renameBound(formula, new Set(['x']))).toBe(formula);
  });

  test('keeps sameness and never captures', () => {
    const bodies = fc.tuple(fc.constantFrom('k', 'm', 'k1'), coreFormula);
    fc.assert(
      fc.property(bodies, ([index, body]) => {
        const formula = opened(product(index, { lower: one, upper: number(2) }, body));
        const renamed = renameBound(formula, new Set(['k', 'm', 'k1', 'k2']));
        return same(renamed, formula) && !['k', 'm', 'k1', 'k2'].includes(renamed.index);
      }),
      runs,
    );
  });
});

describe('names', () => {
  test('free names: not those bound, but those of ranges', () => {
    const formula = add(sum('k', toN, w(k)), delta(m, one));
    expect([...freeNames(formula)].sort()).toEqual(['m', 'n', 'w']);
    const ragged = array(
      [
        { index: 'k', lower: one, upper: m },
        { index: 'm', lower: one, upper: k },
      ],
      w(k, m),
    );
    expect([...freeNames(ragged)].sort()).toEqual(['m', 'w']);
    expect(boundNames(ragged)).toEqual(['k', 'm']);
  });

  test('fresh names count up from the stem', () => {
    expect(freshName('k', new Set())).toBe('k');
    expect(freshName('k', new Set(['k']))).toBe('k1');
    expect(freshName('k1', new Set(['k1', 'k2']))).toBe('k3');
  });
});

describe('walking', () => {
  test('mapping nothing gives the very same object; children and mapping agree on the order', () => {
    fc.assert(
      fc.property(coreFormula, (formula) => {
        const met: Formula[] = [];
        const result = mapChildren(formula, (part) => {
          met.push(part);
          return part;
        });
        expect(met).toEqual([...children(formula)]);
        return result === formula && rewriteUp(formula, (part) => part) === formula;
      }),
      runs,
    );
  });

  test('rewriting from the leaves visits shared parts once', () => {
    let part: Formula = add(x, one);
    for (let depth = 0; depth < 40; depth += 1) part = multiply(add(part, x), add(part, one));
    let visits = 0;
    rewriteUp(part, (inner) => {
      visits += 1;
      return inner;
    });
    expect(visits).toBeLessThan(200);
    expect(countNodes(part)).toBe(visits);
  });

  test('containing', () => {
    const formula = sum('k', toN, w(k), [compare(k, '!=', m)]);
    expect(contains(formula, (part) => same(part, m))).toBe(true);
    expect(contains(formula, (part) => same(part, x))).toBe(false);
  });
});
