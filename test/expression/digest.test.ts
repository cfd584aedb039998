import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digest } from '../../src/expression/digest.js';

const ofNode = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

describe('the digest of a text', () => {
  it('is SHA-256, as the standard gives it for its examples', () => {
    expect(digest('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(digest('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('is what Node says, at every length around the ends of blocks', () => {
    for (let length = 0; length <= 200; length += 1) {
      const text = 'x'.repeat(length);
      expect(digest(text)).toBe(ofNode(text));
    }
  });

  it('is what Node says of any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        (text) => digest(text) === ofNode(text),
      ),
    );
  });
});
