/** A hand derivation: every line judged against the line before it, and against its chain's start. */
import type { Condition, Formula, Relation } from '../expression/formula.js';
import { freeNames } from '../expression/walk.js';
import type { Network } from '../network/network.js';
import { doubtsOf } from './ambiguity.js';
import { type Comparison, compareDerivation, compareSides } from './compare.js';
import { findSlip, type Slip } from './find-slip.js';
import { type Judgement, undecided } from './judgement.js';
import { freeLetters } from './slips/slip.js';

/** One relation of a chain, with its left side filled in. */
export interface ChainLine {
  readonly left: Formula;
  readonly relation: Relation;
  readonly right: Formula;
  readonly where: readonly Condition[];
  /** The first side of the chain this line belongs to; `undefined` if it could not be read. */
  readonly start: Formula | undefined;
}

export interface LineJudgement {
  readonly line: ChainLine;
  readonly judgement: Judgement;
  /** Against the start of the chain. */
  readonly head: Judgement;
  readonly slip: Slip | undefined;
}

/** Judges one line of a chain. */
export function judgeLine(
  line: ChainLine,
  network: Network,
  print: (formula: Formula) => string,
): LineJudgement {
  const judgement = compareDerivation(line, network);
  return {
    line,
    judgement,
    head: headOf(line, judgement, network),
    slip: slipOf(line, judgement, network, print),
  };
}

function headOf(line: ChainLine, judgement: Judgement, network: Network): Judgement {
  if (line.start === undefined) return undecided('the start of this chain could not be read');
  return line.start === line.left
    ? judgement
    : compareDerivation({ ...line, left: line.start, relation: '=' }, network);
}

/** The slip of a wrong line, or of a line that holds but says something else than was meant. */
export function slipOf(
  comparison: Comparison,
  judgement: Judgement,
  network: Network,
  print: (formula: Formula) => string,
): Slip | undefined {
  const { left, right, where } = comparison;
  const free = freeLetters(left, network);
  const doubts = doubtsOf(right, network, free, print);
  if (judgement.verdict === 'differs') {
    for (const doubt of doubts) {
      if (!doubt.meant) continue;
      const meant = compareSides({ ...comparison, right: doubt.meant }, network);
      if (meant.verdict === 'proved' || meant.verdict === 'agrees')
        return {
          kind: doubt.kind,
          message: `${doubt.message}; that would hold`,
          suggestion: doubt.meant,
        };
    }
    const clash = judgement.reason === 'shape' ? judgement.message : undefined;
    const forward = findSlip({ reference: left, suspect: right, where, network, print, clash });
    if (forward && forward.kind !== 'shape') return forward;
    const backward = findSlip({ reference: right, suspect: left, where, network, print, clash });
    if (backward?.suggestion)
      return { ...backward, message: `on the left side: ${backward.message}` };
    if (forward) return forward;
    return {
      kind: 'other',
      message: 'the two sides are not equal; no single change was found that makes them so',
      suggestion: undefined,
    };
  }
  if (judgement.verdict === 'unknown') return undefined;
  const clear = doubts.find((doubt) => doubt.kind === 'sum' && doubleUse(right, free));
  return clear && { kind: clear.kind, message: clear.message, suggestion: undefined };
}

/** A bound index that is free elsewhere in the same side: misleading even where the line holds. */
const doubleUse = (formula: Formula, free: ReadonlySet<string>): boolean =>
  [...free].some((letter) => freeNames(formula).has(letter));
