/** Judgements and slips as documents show them. */
import type {
  FormulaView,
  PointView,
  SlipView,
  ValueView,
  Verdict,
  WitnessView,
} from '../document/view.js';
import { withoutMark } from '../expression/family-mark.js';
import type { Comparison } from '../judge/compare.js';
import type { Judgement } from '../judge/judgement.js';
import type { Slip } from '../judge/slips/slip.js';
import type { Display } from '../write/display.js';
import { conditionView, formulaView } from './formulas.js';
import { piecesField, sentencePieces, sentenceText } from './reasons.js';

/** An assertion that was judged, with the two sides that decided, if any did. */
export interface JudgedAssertion {
  readonly judgement: Judgement;
  readonly comparison: Comparison | undefined;
}

/** The fields that every judged thing has. */
export interface JudgedFields {
  readonly verdict: Verdict;
  readonly points?: number;
  readonly left?: ValueView;
  readonly right?: ValueView;
  readonly witness?: WitnessView;
  readonly point?: readonly PointView[];
  readonly reason?: string;
}

export function judgedFields(judgement: Judgement, display: Display): JudgedFields {
  return {
    verdict: judgement.verdict,
    ...(judgement.points > 0 ? { points: judgement.points } : {}),
    ...(isShown(judgement.left) ? { left: judgement.left } : {}),
    ...(isShown(judgement.right) ? { right: judgement.right } : {}),
    ...(judgement.witness ? { witness: namesAsWritten(judgement.witness) } : {}),
    ...(judgement.point.length > 0 ? { point: pointView(judgement.point, display) } : {}),
    ...(judgement.message !== undefined ? { reason: judgement.message } : {}),
  };
}

/** Whether a value can be told: one that is not defined has no number. */
const isShown = (value: ValueView | undefined): value is ValueView =>
  Array.isArray(value) ? value.every(isShown) : Number.isFinite(value);

const pointView = (point: Judgement['point'], display: Display): readonly PointView[] =>
  point.map(({ entry, value }) => ({ name: formulaView(entry, display), value }));

const namesAsWritten = (witness: WitnessView): WitnessView =>
  Object.fromEntries(Object.entries(witness).map(([name, value]) => [withoutMark(name), value]));

/** What a proof used: assumptions of the sheet, and conditions of the proof. */
export const assumedViews = (judgement: Judgement, display: Display): readonly FormulaView[] => [
  ...judgement.assumed.map((assumption) => conditionView(assumption.condition, display)),
  ...judgement.conditions.map((condition) => conditionView(condition, display)),
];

export function slipView(slip: Slip, display: Display): SlipView {
  const pieces = sentencePieces(slip.message, display);
  return {
    kind: slip.kind,
    message: sentenceText(pieces),
    ...piecesField(pieces),
    ...(slip.suggestion ? { suggestion: formulaView(slip.suggestion, display) } : {}),
  };
}

/** Whether something holds: `null` where that could not be decided. */
export const holdsOf = (verdict: Verdict): boolean | null =>
  verdict === 'proved' || verdict === 'agrees' ? true : verdict === 'differs' ? false : null;
