/** Lines of a derivation as documents show them, each with its own verdict. */
import type { StepView } from '../document/view.js';
import type { Condition } from '../expression/formula.js';
import { compareGenerally } from '../judge/compare.js';
import type { Lowered } from '../network/network.js';
import type { Line } from './closed-form.js';
import { formulaView } from './formulas.js';
import type { Setting } from './session.js';

/** One line compared by numbers with what was asked. */
export function stepView(
  line: Line,
  asked: Lowered,
  where: readonly Condition[],
  setting: Setting,
): StepView {
  const after = { ...asked, body: line.formula };
  const { verdict } = compareGenerally(asked, '=', after, where, setting.network);
  return {
    law: line.law,
    because: line.because,
    formula: formulaView(line.formula, setting.display),
    verdict,
    ...(line.inner.length > 0
      ? { inner: line.inner.map((inner) => stepView(inner, asked, where, setting)) }
      : {}),
  };
}
