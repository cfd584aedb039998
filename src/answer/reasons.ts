/** Reasons as documents show them: sentences, with their formulas in every notation. */
import type { StepView } from '../document/view.js';
import type { Condition, Formula } from '../expression/formula.js';
import type { Reason } from '../rewrite/step.js';
import type { Display } from '../write/display.js';
import { conditionView, formulaView } from './formulas.js';

const conditionKinds: ReadonlySet<string> = new Set(['compare', 'and', 'or', 'member']);
const isCondition = (piece: Formula | Condition): piece is Condition =>
  conditionKinds.has(piece.kind);

/** The sentence in plain math, and with its formulas as the terminal shows them. */
export function reasonView(
  reason: Reason,
  display: Display,
): Pick<StepView, 'because' | 'becauseUnicode'> {
  if (typeof reason === 'string') return { because: reason };
  const views = reason.map((piece) =>
    typeof piece === 'string'
      ? { text: piece, unicode: piece }
      : isCondition(piece)
        ? conditionView(piece, display)
        : formulaView(piece, display),
  );
  return {
    because: views.map((view) => view.text).join(''),
    becauseUnicode: views.map((view) => view.unicode ?? view.text).join(''),
  };
}
