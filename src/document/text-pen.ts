/** What the parts of the terminal writer share: the pen, and lines put beside each other. */
import type { FormulaView, StepDetail, Verdict } from './view.js';
import { type VerdictWords, verdictWords } from './words.js';

type Formatter = (text: string) => string;

export interface Colors {
  readonly bold: Formatter;
  readonly dim: Formatter;
  readonly red: Formatter;
  readonly green: Formatter;
  readonly yellow: Formatter;
  readonly cyan: Formatter;
}

export interface Pen {
  readonly colors: Colors;
  readonly steps: StepDetail;
  readonly width: number;
}

/** A formula as the terminal shows it. */
export const shown = (formula: FormulaView): string => formula.unicode ?? formula.text;

/** Lines moved to the right. */
export const indent = (lines: readonly string[], by: number): readonly string[] =>
  lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));

const toneColor: Readonly<Record<VerdictWords['tone'], 'green' | 'red' | 'yellow'>> = {
  good: 'green',
  bad: 'red',
  open: 'yellow',
};

/** `✓`, coloured. */
export function mark(verdict: Verdict, pen: Pen): string {
  const words = verdictWords[verdict];
  return pen.colors[toneColor[words.tone]](words.mark);
}

/** `✓ proved`, `≈ agrees (24 points)`, coloured. */
export function verdictLabel(verdict: Verdict, points: number | undefined, pen: Pen): string {
  const words = verdictWords[verdict];
  const evidence = verdict === 'agrees' && points !== undefined ? ` (${points} points)` : '';
  return pen.colors[toneColor[words.tone]](`${words.mark} ${words.word}${evidence}`);
}

/** Number of characters that a terminal shows: combining marks take no room. */
export const widthOf = (text: string): number => [...text.replace(/\p{Mn}/gu, '')].length;

/** Breaks a sentence into lines of at most `width` characters. */
export function wrap(sentence: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of sentence.split(/[ \t\n]+/)) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return line === '' ? lines : [...lines, line];
}
