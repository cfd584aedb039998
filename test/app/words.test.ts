/** Formulas that begin with a minus are not options. */
import { describe, expect, it } from 'vitest';
import { formulasLast } from '../../src/app/words.js';

describe('the words of a call', () => {
  it.each([
    [
      ['equal', '-y/p', '-y/p', '--with', 'a.hg', '--json'],
      ['equal', '--with', 'a.hg', '--json', '--', '-y/p', '-y/p'],
    ],
    [
      ['diff', '-x^2', 'x', '--order', '2'],
      ['diff', '--order', '2', '--', '-x^2', 'x'],
    ],
    [
      ['equal', '--with=a.hg:3', 'a', '-a'],
      ['equal', '--with=a.hg:3', '--', 'a', '-a'],
    ],
    [
      ['equal', '--wiht', 'a', 'b'],
      ['equal', '--wiht', '--', 'a', 'b'],
    ],
    [
      ['equal', '--help'],
      ['equal', '--help'],
    ],
    [
      ['equal', '--', '-a', '-b'],
      ['equal', '--', '-a', '-b'],
    ],
    [
      ['solve', '-', '--to', 'json'],
      ['solve', '-', '--to', 'json'],
    ],
    [[], []],
  ])('%j are taken as %j', (words, taken) => {
    expect(formulasLast(words)).toEqual(taken);
  });
});
