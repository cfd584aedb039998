import { describe, expect, test } from 'vitest';
import type { Formula } from '../../src/expression/formula.js';
import { add, derivative, multiply, number, power, symbol } from '../../src/expression/formula.js';
import { allLaws, valueLaws } from '../../src/laws/all.js';
import type { Law } from '../../src/rewrite/law.js';
import { close, evaluate, type Point, truth } from './evaluator.js';

/** Positive values for some points and any for others; what is NaN on both sides says nothing. */
const points: readonly Point[] = Array.from({ length: 16 }, (_, seed): Point => {
  const positive = new Map(
    ['x', 'a', 'u', 'v', 'w'].map((name, k) => [name, 0.3 + 0.17 * (seed + k)]),
  );
  const indices = new Map([
    ['i', 1 + (seed % 2)],
    ['j', 1],
    ['n', 3],
    ['m', 2],
  ]);
  return seed % 2 === 0 ? { seed, values: positive, indices } : { seed, indices };
});

/** The number of points at which a law was seen to hold, or the first at which it fails. */
function tried(law: Law): { readonly held: number; readonly failed: string | undefined } {
  const applied = law.apply(law.example, law.exampleContext ?? {});
  if (!applied) return { held: 0, failed: 'does not apply to its own example' };
  let held = 0;
  for (const drawn of points) {
    const point = { ...drawn, functions: law.exampleContext?.functions };
    if (!applied.assumes.every((condition) => truth(condition, point))) continue;
    const [before, after] = [law.example, applied.after].map((side: Formula) =>
      evaluate(side, point),
    ) as [number, number];
    // Near a pole the differences of the evaluator are not to be trusted.
    if (!(Math.abs(before) < 50 && Math.abs(after) < 50)) continue;
    if (!close(before, after)) return { held, failed: `${before} became ${after}` };
    held += 1;
  }
  return { held, failed: undefined };
}

describe('every law', () => {
  test.each(valueLaws.map((law) => [law.name, law] as const))(
    '%s holds on its example',
    (_, law) => {
      const { held, failed } = tried(law);
      expect(failed).toBeUndefined();
      expect(held).toBeGreaterThanOrEqual(4);
    },
  );

  test('is named in small letters and hyphens, and stated', () => {
    for (const law of allLaws) {
      expect(law.name).toMatch(/^[a-z_]+(-[a-z0-9_]+)*$/);
      expect(law.statement.length).toBeGreaterThan(5);
    }
  });
});

describe('planted lies', () => {
  const x = symbol('x');
  const lie = (change: (of: Formula, by: Formula) => Formula): Law => ({
    name: 'lie',
    statement: 'not so',
    example: derivative(multiply(power(x, number(2)), { ...add(x, number(3)) }), x),
    apply: (formula) =>
      formula.kind === 'derivative'
        ? { after: change(formula.of, formula.by), bindings: new Map(), assumes: [] }
        : undefined,
  });

  test('a product rule that multiplies the derivatives is caught', () => {
    const wrong = lie((of, by) =>
      of.kind === 'multiply' ? multiply(...of.factors.map((u) => derivative(u, by))) : of,
    );
    expect(tried(wrong).failed).toBeDefined();
  });

  test('a derivative that is silently zero is caught', () => {
    expect(tried(lie(() => number(0))).failed).toBeDefined();
  });

  test('an exponent that forgets to count down is caught', () => {
    const wrong: Law = {
      ...lie((of) => of),
      example: derivative(power(x, number(3)), x),
      apply: () => ({
        after: multiply(number(3), power(x, number(3))),
        bindings: new Map(),
        assumes: [],
      }),
    };
    expect(tried(wrong).failed).toBeDefined();
  });
});
