/** How verdicts look and what they mean, in every kind of document. */
import type { Verdict } from './view.js';

export interface VerdictWords {
  /** One character, told apart without colour. */
  readonly mark: string;
  readonly word: Verdict;
  /** For a hover title, a screen reader, a legend. */
  readonly meaning: string;
  readonly tone: 'good' | 'bad' | 'open';
}

const row = (
  word: Verdict,
  mark: string,
  tone: VerdictWords['tone'],
  meaning: string,
): VerdictWords => ({ word, mark, tone, meaning });

export const verdictWords: Readonly<Record<Verdict, VerdictWords>> = {
  proved: row(
    'proved',
    '✓',
    'good',
    'proved: follows by recorded steps or has the same normal form',
  ),
  agrees: row('agrees', '≈', 'good', 'agrees: equal at every point tried, not proved'),
  differs: row(
    'differs',
    '✗',
    'bad',
    'differs: there is a point at which the two sides are not equal',
  ),
  unknown: row('unknown', '?', 'open', 'unknown: could not be decided'),
  unread: row('unread', '!', 'bad', 'unread: could not be read'),
};

/** `agrees at 24 points`; the meaning without points. */
export function verdictSentence(verdict: Verdict, points?: number): string {
  if (verdict === 'agrees' && points !== undefined)
    return `agrees: equal at all ${points} points tried, not proved`;
  return verdictWords[verdict].meaning;
}

/** Whether an assertion holds, as a verdict-like mark. */
export function holdsWord(holds: boolean | null): string {
  if (holds === null) return 'could not be decided';
  return holds ? 'holds' : 'does not hold';
}

/** Titles of the forms of an answer, in the order in which they are shown. */
export const formTitles = {
  indexed: 'Indexed',
  matrix: 'Matrix',
  scalar: 'Scalar',
  recurrence: 'Recurrence',
  unrolled: 'Unrolled',
  expanded: 'Expanded',
} as const;

/** Forms that are shown on demand only (`as expanded`): on pages as a tab, on paper not at all. */
export const lesserForms: ReadonlySet<string> = new Set(['expanded', 'scalar']);

export type FormKey = keyof typeof formTitles;
export const formKeys = Object.keys(formTitles) as readonly FormKey[];
