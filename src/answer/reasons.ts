/** Reasons as documents show them: sentences, with their formulas in every notation. */
import type { StepView } from '../document/view.js';
import type { Condition, Formula } from '../expression/formula.js';
import type { Reason } from '../rewrite/step.js';
import type { Display } from '../write/display.js';
import { conditionView, formulaView } from './formulas.js';

const conditionKinds: ReadonlySet<string> = new Set(['compare', 'and', 'or', 'member']);
const isCondition = (piece: Formula | Condition): piece is Condition =>
  conditionKinds.has(piece.kind);

/** Longer formulas may be broken between lines. */
const LONGEST_UNBROKEN = 40;

/** A short formula stays on one line. */
const unbroken = (text: string): string =>
  text.trim().length <= LONGEST_UNBROKEN ? text.replace(/(?<=\S) (?=\S)/g, '\u00a0') : text;

/** The sentence in plain math, and with its formulas as the terminal shows them. */
export function reasonView(
  reason: Reason,
  display: Display,
): Pick<StepView, 'because' | 'becauseUnicode'> {
  if (typeof reason === 'string') return { because: reason };
  const views = reason.map((piece) =>
    typeof piece === 'string'
      ? { text: piece, unicode: undefined }
      : isCondition(piece)
        ? conditionView(piece, display)
        : formulaView(piece, display),
  );
  return {
    because: views.map((view) => view.text).join(''),
    becauseUnicode: views
      .map((view) =>
        view.unicode === undefined
          ? view.text.replace(/^ = $/, '\u00a0=\u00a0')
          : unbroken(view.unicode),
      )
      .join(''),
  };
}
