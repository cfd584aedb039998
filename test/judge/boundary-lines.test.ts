/** Check lines and `equal` are tried where their conditions hold with equality, as claims are. */
import { describe, expect, it } from 'vitest';
import { equalFormulas, verifyDerivation } from '../../src/verify.js';

const told =
  'the two sides are equal but for the boundary of a condition (both > and <, or both >= and <=)';

describe('sides that differ on a boundary alone', () => {
  it.each([
    ['max(a,b)', 'a 1{a > b} + b 1{a < b}'],
    ['abs(a) + 1{a >= 0}', 'abs(a) + 1{a > 0}'],
    ['sign(a)', '1{a >= 0} - 1{a < 0}'],
  ])('%s = %s', async (left, right) => {
    const equality = await equalFormulas(left, right);
    expect(equality).toMatchObject({ verdict: 'differs', equal: false });
    expect(equality.slip?.message).toBe(told);
    const { lines } = await verifyDerivation([`${left} = ${right}`]);
    expect(lines[0]).toMatchObject({ verdict: 'differs', slip: { kind: 'other', message: told } });
  });
});

describe('sides that are equal there as well', () => {
  it.each([
    ['max(a,b)', 'a 1{a > b} + b 1{a <= b}'],
    ['abs(a)', 'a 1{a >= 0} - a 1{a <= 0}'],
    ['relu(z)', 'z [[z > 0]]'],
    // Slopes at kinks are conventions.
    ["relu'(z)", '1{z >= 0}'],
  ])('%s = %s', async (left, right) => {
    expect((await equalFormulas(left, right)).equal).toBe(true);
    const { lines } = await verifyDerivation([`${left} = ${right}`]);
    expect(['proved', 'agrees']).toContain(lines[0]?.verdict);
    expect(lines[0]?.slip).toBeUndefined();
  });
});
