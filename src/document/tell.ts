/** Sentences of words and formulas, put together in the notation of a document. */
import type { FormulaView, SentenceView } from './view.js';

/** Letters of a formula in a sentence up to which it stays on one line. */
export const LONGEST_UNBROKEN = 40;

/** A sentence, or one formula, with words and formulas each written by a writer of the document's. */
export function tellWith(
  told: string | SentenceView | FormulaView,
  words: (text: string) => string,
  formula: (formula: FormulaView) => string,
): string {
  const isSentence = (value: typeof told): value is SentenceView => Array.isArray(value);
  const pieces = isSentence(told) ? told : [told];
  return pieces
    .map((piece) => (typeof piece === 'string' ? words(piece) : formula(piece)))
    .join('');
}
