/** LaTeX for a line of words: fractions with a slash, so that their letters keep their size. */
import { differentials, latex } from './latex.js';
import type { Notation } from './notation.js';
import { Level } from './piece.js';

export const latexInline: Notation = {
  ...latex,
  stacked: undefined,
  // `1/2 (a - b)` must not look like 1/(2 (a - b)).
  beside: (left) => (left.level === Level.slash ? ' \\, ' : ' '),
  derivative: (of, by) => {
    const { above, under } = differentials(of, by);
    return `${above}/${under}`;
  },
};
