/** One letter for a number and for a family: `L = sum_t L_t`. */

/**
 * Ends the inner name of the family, so that the two are two names everywhere. The sign is invisible
 * and is left out wherever a name is written.
 */
export const FAMILY_MARK = '\u2063';

/** A name, or a text with names, as people write it. */
export const withoutMark = (text: string): string =>
  text.includes(FAMILY_MARK) ? text.replaceAll(FAMILY_MARK, '') : text;
