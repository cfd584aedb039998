/** What is known of two sides after looking at them. */
import type { Condition, Formula } from '../expression/formula.js';
import type { Assumption, NestedNumbers } from '../network/network.js';

export type JudgeVerdict = 'proved' | 'agrees' | 'differs' | 'unknown';

export interface Judgement {
  readonly verdict: JudgeVerdict;
  /** Points at which both sides were computed. */
  readonly points: number;
  /**
   * Why it differs or is unknown: the numbers, the shapes, an entry that does not exist, what could
   * not be understood, or a branch at which no point lies.
   */
  readonly reason: 'numbers' | 'shape' | 'entry' | 'not understood' | 'branch' | undefined;
  /** For shapes and what was not understood: a sentence. */
  readonly message: string | undefined;
  readonly witness: Readonly<Record<string, NestedNumbers>> | undefined;
  /** The same numbers with what they are numbers of. */
  readonly point: readonly { readonly entry: Formula; readonly value: NestedNumbers }[];
  readonly left: number | undefined;
  readonly right: number | undefined;
  /** Assumptions of the sheet that the proof used. */
  readonly assumed: readonly Assumption[];
  /** Conditions that the proof needs (`p != 0`). */
  readonly conditions: readonly Condition[];
  /** The sides agree for the numbers of the sheet, not for other numbers. */
  readonly onlyGiven: boolean;
}

export const undecided = (message: string, points = 0): Judgement => ({
  verdict: 'unknown',
  points,
  reason: 'not understood',
  message,
  witness: undefined,
  point: [],
  left: undefined,
  right: undefined,
  assumed: [],
  conditions: [],
  onlyGiven: false,
});

export const shapeClash = (message: string): Judgement => ({
  ...undecided(message),
  verdict: 'differs',
  reason: 'shape',
});
