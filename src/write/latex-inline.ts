/** LaTeX for a line of words: fractions with a slash, so that their letters keep their size. */
import { differentials, latex } from './latex.js';
import type { Notation } from './notation.js';

export const latexInline: Notation = {
  ...latex,
  stacked: undefined,
  derivative: (of, by) => {
    const { above, under } = differentials(of, by);
    return `${above}/${under}`;
  },
};
