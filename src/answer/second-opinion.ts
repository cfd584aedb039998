/** Another system's opinion on polynomial identities: told beside the verdict, never deciding it. */
import type { CheckedView } from '../document/view.js';
import type { Formula } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { polynomialOver } from '../numeric/atoms.js';
import type { SecondOpinion } from '../numeric/second-opinion.js';

/** Milliseconds that an answer waits for an opinion. */
const PATIENCE = 1500;

/**
 * What nerdamer finds where both sides are polynomials in names; nothing elsewhere, or where it was
 * not asked for, is not installed or is too slow.
 */
export async function polynomialOpinion(
  asked: Formula,
  answer: Formula,
  secondOpinion: SecondOpinion | undefined,
): Promise<readonly CheckedView[]> {
  if (!secondOpinion || same(asked, answer)) return [];
  if (![asked, answer].every((side) => polynomialOver(side).plain)) return [];
  const opinion = await secondOpinion(asked, answer, PATIENCE).catch(() => 'none' as const);
  if (opinion === 'none') return [];
  const found =
    opinion === 'agrees'
      ? 'finds the same polynomial'
      : 'finds another polynomial; it may be wrong';
  return [{ how: 'second opinion', message: `nerdamer, expanding both sides, ${found}` }];
}
