import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, type Formula, multiply, number, symbol } from '../../../src/expression/formula.js';
import { toAffine } from '../../../src/gradient/conditions/affine.js';
import { atLeast, type Constraint, equal } from '../../../src/gradient/conditions/constraint.js';
import { type Facts, implied, impossible } from '../../../src/gradient/conditions/decide.js';

const facts: Facts = { isSize: (atom) => atom.kind === 'symbol' && /^[NLn]$/.test(atom.name) };
const i = symbol('i');
const j = symbol('j');
const l = symbol('l');
const L = symbol('L');
const n = (index: Formula) => symbol('n', [index]);

const names = ['x', 'y', 'z'] as const;
const SIDE = 6;

const form = fc.tuple(
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -3, max: 3 }),
  fc.integer({ min: -7, max: 7 }),
);
const constraint = fc.record({
  kind: fc.constantFrom('>=' as const, '=' as const, '!=' as const, '>=' as const),
  form,
});
type Drawn = { readonly kind: '>=' | '=' | '!='; readonly form: readonly number[] };

const toConstraint = ({ kind, form: [a, b, c, d] }: Drawn): Constraint => ({
  kind,
  form: toAffine(
    add(
      ...names.map((name, place) => multiply(number([a, b, c][place] as number), symbol(name))),
      number(d as number),
    ),
  ),
});

const box = names.flatMap((name) => [
  atLeast(symbol(name), number(-SIDE)),
  atLeast(number(SIDE), symbol(name)),
]);

function somePoint(drawn: readonly Drawn[]): boolean {
  for (let x = -SIDE; x <= SIDE; x += 1)
    for (let y = -SIDE; y <= SIDE; y += 1)
      for (let z = -SIDE; z <= SIDE; z += 1) {
        const holds = drawn.every(({ kind, form: [a, b, c, d] }) => {
          const value = (a as number) * x + (b as number) * y + (c as number) * z + (d as number);
          return kind === '>=' ? value >= 0 : kind === '=' ? value === 0 : value !== 0;
        });
        if (holds) return true;
      }
  return false;
}

describe('deciding conditions on integers', () => {
  it('never calls a possible region impossible, and finds nearly all impossible ones', () => {
    let impossibleOnes = 0;
    let missed = 0;
    fc.assert(
      fc.property(fc.array(constraint, { minLength: 1, maxLength: 5 }), (drawn) => {
        const answer = impossible([...box, ...drawn.map(toConstraint)], facts);
        const possible = somePoint(drawn);
        if (!possible) impossibleOnes += 1;
        if (!possible && !answer) missed += 1;
        return !(possible && answer);
      }),
      { numRuns: 300, seed: 7 },
    );
    expect(impossibleOnes).toBeGreaterThan(20);
    expect(missed / impossibleOnes).toBeLessThan(0.1);
  });

  it('knows that sizes are at least one, those with an index too', () => {
    expect(implied(atLeast(L, number(1)), [], facts)).toBe(true);
    expect(implied(atLeast(n(l), number(1)), [], facts)).toBe(true);
    expect(implied(atLeast(i, number(1)), [], facts)).toBe(false);
  });

  it('follows an equality into the size', () => {
    const context = [atLeast(j, number(1)), atLeast(n(l), j)];
    expect(implied(atLeast(n(l), j), context, facts)).toBe(true);
    expect(implied(atLeast(n(add(l, number(1))), j), context, facts)).toBe(false);
  });

  it('tightens by the common divisor after every substitution', () => {
    // x = 2 z, y = 3 w, 3 x - 2 y = 1 has no integer solution.
    const [x, y, z, w] = ['x', 'y', 'z', 'w'].map((name) => symbol(name)) as [
      Formula,
      Formula,
      Formula,
      Formula,
    ];
    const system = [
      equal(x, multiply(number(2), z)),
      equal(y, multiply(number(3), w)),
      equal(add(multiply(number(3), x), multiply(number(-2), y)), number(1)),
    ];
    expect(impossible(system, facts)).toBe(true);
  });

  it('uses integers: 2 i = 5 is impossible, 1 <= 2 i <= 3 leaves i = 1', () => {
    const twice = multiply(number(2), i);
    expect(impossible([equal(twice, number(5))], facts)).toBe(true);
    const context = [atLeast(twice, number(1)), atLeast(number(3), twice)];
    expect(implied(equal(i, number(1)), context, facts)).toBe(true);
  });
});
