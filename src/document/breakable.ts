/** Long formulas made ready to be broken by a page, which knows how wide it is. */
import { breakableParts, roughWidth } from './break-latex.js';

/** What is not wider stays whole: it fits a phone. */
const WIDEST_WHOLE = 24;

/**
 * A long formula with places between its factors at which a line may end, and with wide brackets
 * opened; at signs KaTeX lets a line end anyway.
 */
export function breakable(latex: string): string {
  if (roughWidth(latex) <= WIDEST_WHOLE) return latex;
  return (breakableParts(latex) ?? [{ text: latex, before: 'nothing' }])
    .map(({ text, before }) => (before === 'factor' ? `\\allowbreak ${text.trimStart()}` : text))
    .join('');
}
