import { describe, expect, it } from 'vitest';
import { type SoakResult, soak } from './soak.js';
import { studentSlips } from './student-slips.js';

describe('a sample of the soak', () => {
  let result: SoakResult | undefined;
  const sample = (): SoakResult => {
    result ??= soak({ seed: 4, wrong: 500, rewritten: 200, slipOfEvery: 25 });
    return result;
  };

  it('accepts no line with a slip', () => {
    expect(sample().wrong).toBe(500);
    expect(sample().accepted).toEqual([]);
  });

  it('accuses no line that says the same otherwise', () => {
    expect(sample().rewritten).toBe(200);
    expect(sample().accused).toEqual([]);
  });

  it('names most slips', () => {
    const { slipsAsked, slipsWrong } = sample();
    expect(slipsAsked).toBeGreaterThan(5);
    expect(slipsWrong.length).toBeLessThanOrEqual(slipsAsked / 5);
  });

  it('knows more than fifteen kinds of slip', () => {
    expect(new Set(studentSlips.map(({ name }) => name)).size).toBeGreaterThan(15);
  });
}, 120_000);
