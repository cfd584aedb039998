import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { highlightChange } from '../../src/document/highlight.js';

describe('the part that changed', () => {
  it.each([
    ['one factor', 'a b c', 'a d c', 'a\\htmlClass{changed}{ d} c'],
    ['a factor with its index', 'a b_1 c', 'a b_2 c', 'a\\htmlClass{changed}{ b_2} c'],
    [
      'a fraction as a whole',
      'a \\frac{u}{v} c',
      'a \\frac{u}{w} c',
      'a\\htmlClass{changed}{ \\frac{u}{w}} c',
    ],
    ['nothing, if all is new', 'a', 'b c', 'b c'],
    ['nothing, if nothing is new', 'a b', 'a b', 'a b'],
    ['nothing, if something only went', 'a b c', 'a c', 'a c'],
    ['nothing, if half a bracket is new', '(a) (b)', '(a + b) + c (b)', '(a + b) + c (b)'],
    [
      'a bracket with its sizes',
      'x \\left( a \\right)',
      'x \\left( b \\right)',
      'x\\htmlClass{changed}{ \\left( b \\right)}',
    ],
    ['the prime of a function', 'f(z) x', "f'(z) x", "\\htmlClass{changed}{f'}(z) x"],
  ])('marks %s', (_what, before, after, marked) => {
    expect(highlightChange(before, after)).toBe(marked);
    expect(() =>
      katex.renderToString(marked, {
        trust: true,
        strict: (code) => (code === 'htmlExtension' ? 'ignore' : 'error'),
      }),
    ).not.toThrow();
  });

  it('gives up on braces that do not fit', () =>
    expect(highlightChange('a} b', 'a} c')).toBe('a} c'));
});
