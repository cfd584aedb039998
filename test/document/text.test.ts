import { describe, expect, it } from 'vitest';
import { writeText } from '../../src/document/text.js';
import type { ResultView } from '../../src/document/view.js';
import { every, find, formula } from './samples.js';

const plain = (results: readonly ResultView[], steps: 'none' | 'main' | 'all' = 'main') =>
  writeText(results, { color: 'off', steps });

describe('results in the terminal', () => {
  it('shows a derivation with the verdict and the reason of every line', () => {
    expect(plain([find])).toBe(
      `line 12  find ∂C/∂w₁

    ∂C/∂w₁
  ✓ = ∂C/∂y ∂y/∂z₂ ∂z₂/∂a₁ ∂a₁/∂z₁ ∂z₁/∂w₁   Chain rule through y, z_2, a_1 and z_1
  ✓ = (y − t) y (1 − y) w₂ 1{z₁ > 0} x
          Each local derivative, the slope of the sigmoid through its own output

  answer    (y − t) y (1 − y) w₂ 1{z₁ > 0} x  ✓ proved
  value     2.0809165621704553
  unrolled  ∂C/∂y w₂
  checked   Equal to the exact derivative at 24 random points.
  checked   Central differences with 64 digits agree to 31 digits at 3 points.
  note      At z_1 = 0 the convention relu'(0) = 0 was used.
`,
    );
  });

  it('shows small steps when all are asked for, and none when none are', () => {
    expect(plain([find], 'all')).toContain('≈     = (y - t) dy/dz_2');
    expect(plain([find], 'main')).not.toContain('dy/dz_2   ');
    expect(plain([find], 'none')).not.toContain('Chain rule');
  });

  it('says below a wrong line what is wrong, what may be meant and where it shows', () => {
    const check = every.find(({ kind }) => kind === 'check') as ResultView;
    expect(plain([check])).toBe(
      `line 19  check  ✗ differs
  20 ✓ dC/db = (y - t) y (1 - y)
  21 ✗ = (t - y) y (1 - y)
       sign: the sign of the whole line is turned
       perhaps (y - t) y (1 - y)
       at y = 0.5, t = -0.5
       left 0.25, right -0.25
       assuming sum_k y_k = 1
  22 ! = ((y - t
       a bracket is not closed
`,
    );
  });

  it('has a paragraph for every kind of result', () => {
    const paragraphs = plain(every, 'none').split('\n\n');
    expect(paragraphs).toHaveLength(every.length);
    for (const [place, result] of every.entries())
      expect(paragraphs[place]).toContain(`line ${result.line}`);
  });

  it('colours only when asked, and lets no control character of the author through', () => {
    const control = String.fromCharCode(27);
    const hostile: ResultView = {
      kind: 'error',
      line: 1,
      column: 1,
      message: `what is ${control}]0;owned${String.fromCharCode(7)} this`,
    };
    const name = formula(`a${control}[2J`, 'a', `a${control}[2J`);
    const claim: ResultView = {
      kind: 'claim',
      line: 2,
      formula: name,
      holds: true,
      verdict: 'proved',
    };
    const text = plain([hostile, claim]);
    expect(text).not.toContain(control);
    expect(text).toContain('�]0;owned� this');
    expect(writeText([claim], { color: 'on', steps: 'main' })).toContain(`${control}[32m`);
  });
});
