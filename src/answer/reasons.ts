/** Sentences as documents show them, with their formulas in every notation. */
import { LONGEST_UNBROKEN } from '../document/tell.js';
import type { FormulaView, SentenceView, StepView } from '../document/view.js';
import type { Condition, Formula } from '../expression/formula.js';
import type { Reason } from '../rewrite/step.js';
import type { Display } from '../write/display.js';
import {
  writeCondition,
  writeConditionLatexInline,
  writeConditionUnicode,
  writeLatexInline,
  writePlain,
  writeUnicode,
} from '../write/write.js';
import { relationView } from './formulas.js';

const conditionKinds: ReadonlySet<string> = new Set(['compare', 'and', 'or', 'member']);
const isCondition = (piece: Formula | Condition): piece is Condition =>
  conditionKinds.has(piece.kind);

/** Words as they are, formulas and conditions in every notation, LaTeX with slashes for fractions. */
export function sentencePieces(reason: Reason, display: Display): SentenceView {
  if (typeof reason === 'string') return [reason];
  return reason.map((piece) => (typeof piece === 'string' ? piece : inlineView(piece, display)));
}

const inlineView = (piece: Formula | Condition, display: Display): FormulaView =>
  isCondition(piece)
    ? {
        text: writeCondition(piece, display),
        latex: writeConditionLatexInline(piece, display),
        unicode: writeConditionUnicode(piece, display),
      }
    : {
        text: writePlain(piece, display),
        latex: writeLatexInline(piece, display),
        unicode: writeUnicode(piece, display),
      };

/** The whole in plain math. */
export const sentenceText = (pieces: SentenceView): string =>
  pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');

/** The pieces where there are formulas among them, equations in one piece. */
export function piecesField(pieces: SentenceView): { readonly pieces?: SentenceView } {
  return pieces.every((piece) => typeof piece === 'string')
    ? {}
    : { pieces: withWholeEquations(pieces) };
}

function withWholeEquations(pieces: SentenceView): SentenceView {
  const whole: (string | FormulaView)[] = [];
  for (const piece of pieces) {
    const [left, sign] = whole.slice(-2);
    if (typeof piece !== 'string' && sign === ' = ' && left && typeof left !== 'string')
      whole.splice(-2, 2, relationView(left, '=', piece));
    else whole.push(piece);
  }
  return whole;
}

/** A short formula stays on one line. */
const unbroken = (text: string): string =>
  text.trim().length <= LONGEST_UNBROKEN ? text.replace(/(?<=\S) (?=\S)/g, '\u00a0') : text;

const terminalText = (pieces: SentenceView): string =>
  pieces
    .map((piece) =>
      typeof piece === 'string'
        ? piece.replace(/^ = $/, '\u00a0=\u00a0')
        : unbroken(piece.unicode ?? piece.text),
    )
    .join('');

/** The reason of a step in plain math, as the terminal shows it, and in pieces. */
export function reasonView(
  reason: Reason,
  display: Display,
): Pick<StepView, 'because' | 'becauseUnicode' | 'pieces'> {
  if (typeof reason === 'string') return { because: reason };
  const pieces = sentencePieces(reason, display);
  return {
    because: sentenceText(pieces),
    becauseUnicode: terminalText(pieces),
    ...piecesField(pieces),
  };
}
