/** Sentences with formulas in them, as `Reason` has them. */
import type { Condition, Formula } from '../expression/formula.js';
import type { Reason } from './step.js';

/** A formula, a condition, words, or a sentence that is part of a longer one. */
type Told = Formula | Condition | Reason;

const isPieces = (told: Told): told is Exclude<Reason, string> => Array.isArray(told);

/**
 * A sentence from a template: told`the sign of the term ${term} is wrong`. Formulas stay formulas, so
 * that each document can write them in its own notation; words alone are one text.
 */
export function told(words: TemplateStringsArray, ...between: readonly Told[]): Reason {
  const pieces = words.flatMap((text, place) => {
    const piece = between[place];
    return piece === undefined ? [text] : [text, ...(isPieces(piece) ? piece : [piece])];
  });
  const kept = pieces.filter((piece) => piece !== '');
  const texts = kept.filter((piece) => typeof piece === 'string');
  return texts.length === kept.length ? texts.join('') : kept;
}
