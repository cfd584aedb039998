/**
 * A second opinion on polynomial identities. It is reported beside a verdict and never decides it.
 * Who asks for one hands the asking in, so that nothing of it is loaded by those who do not.
 */
import { type Formula, subtract } from '../expression/formula.js';
import { polynomialOver } from './atoms.js';

/** `none`: no opinion (not a polynomial identity, too large, or no answer in time). */
export type Opinion = 'agrees' | 'disagrees' | 'none';

/**
 * Whether the difference of two core formulas is found to be the zero polynomial.
 * @param patience milliseconds after which the opinion is `none`
 */
export type SecondOpinion = (left: Formula, right: Formula, patience?: number) => Promise<Opinion>;

/** Multiplies a polynomial out, or gives nothing if that takes longer than the patience. */
export type Expand = (text: string, patience: number) => Promise<string | undefined>;

/** Longest text that is handed over. */
const LONGEST_TEXT = 6000;
/** The thread is ended after this many milliseconds, its start included. */
const PATIENCE = 4000;

/** The opinion of a system that can multiply out. */
export function opinionBy(expand: Expand): SecondOpinion {
  return async (left, right, patience = PATIENCE) => {
    const { text, plain } = polynomialOver(subtract(left, right));
    if (text.length > LONGEST_TEXT) return 'none';
    const expanded = await expand(text, patience);
    if (expanded === undefined) return 'none';
    if (expanded === '0') return 'agrees';
    // Atoms that are functions can be related, so a rest of such atoms means nothing.
    return plain ? 'disagrees' : 'none';
  };
}
