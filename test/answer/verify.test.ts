/** The library's second door: lines of a hand derivation judged without a `check` statement. */
import { describe, expect, it } from 'vitest';
import { verifyDerivation } from '../../src/verify.js';

const scope = {
  file: 'sheet.hg',
  text: 'z = w x\ny = sigmoid(z)\nC = 1/2 (y - t)^2\n',
  line: undefined,
};

describe('a hand derivation', () => {
  it('is judged line by line in the scope of a worksheet', async () => {
    const check = await verifyDerivation(
      ['dC/dw = dC/dy dy/dz dz/dw', '= (y - t) y (1 - y) x', '= (t - y) y (1 - y) x'],
      scope,
    );
    const held = check.lines.map((line) => line.verdict !== 'differs');
    expect(held).toEqual([true, true, false]);
    expect(check.verdict).toBe('differs');
    expect(check.lines[2]?.slip?.kind).toBe('sign');
  });

  it('needs lines', async () => {
    await expect(verifyDerivation([], scope)).rejects.toThrow();
  });

  it('has a bound', async () => {
    await expect(verifyDerivation(Array(501).fill('a = a'), scope)).rejects.toThrow(
      'a derivation of 501 lines: at most 500 are judged',
    );
  });
});
