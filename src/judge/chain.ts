/** A hand derivation: every line judged against the line before it, and against its chain's start. */
import type { Condition, Formula, Relation } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { freeNames } from '../expression/walk.js';
import type { Network } from '../network/network.js';
import { told } from '../rewrite/told.js';
import { type Doubt, doubtsOf } from './ambiguity.js';
import { failureAtBoundary } from './boundary.js';
import { closedFormOfSide } from './closed-form.js';
import { type Comparison, compareDerivation, compareSides } from './compare.js';
import { findSlip } from './find-slip.js';
import { type Judgement, undecided } from './judgement.js';
import { placesOf } from './places.js';
import type { Slip } from './slips/slip.js';
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

/** What is told of sides that are equal but for the points where a condition is met with equality. */
export const BOUNDARY_SLIP: Slip = {
  kind: 'other',
  message:
    'the two sides are equal but for the boundary of a condition (both > and <, or both >= and <=)',
  suggestion: undefined,
};

/** How sides that are equal elsewhere fail on the boundary of a condition. */
export function failureOnBoundary(
  comparison: Comparison,
  judgement: Judgement,
  network: Network,
): Judgement | undefined {
  const holds = judgement.verdict === 'agrees' || judgement.verdict === 'proved';
  return holds && !judgement.onlyGiven ? failureAtBoundary(comparison, network) : undefined;
}

/** Judges one line of a chain. */
export function judgeLine(line: ChainLine, network: Network): LineJudgement {
  const judgement = compareDerivation(line, network);
  const onBoundary = failureOnBoundary(line, judgement, network);
  if (onBoundary)
    return {
      line,
      judgement: onBoundary,
      head: headOf(line, onBoundary, network),
      slip: BOUNDARY_SLIP,
    };
  return {
    line,
    judgement,
    head: headOf(line, judgement, network),
    slip: slipOf(line, judgement, network),
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
): Slip | undefined {
  const { left, right } = comparison;
  const free = freeLetters(left, network);
  const doubts = doubtsOf(right, network, free);
  switch (judgement.verdict) {
    case 'unknown':
      return undefined;
    case 'differs':
      return (
        slipOfNotation(comparison, doubts, network) ??
        slipOfContent(comparison, clashOf(judgement), network) ??
        unexplained(comparison, network)
      );
    default: {
      const clear = doubts.find((doubt) => doubt.kind === 'sum' && doubleUse(right, free));
      return clear && { kind: clear.kind, message: clear.message, suggestion: undefined };
    }
  }
}

/** Ambiguous notation that would hold as it was probably meant. */
function slipOfNotation(
  comparison: Comparison,
  doubts: readonly Doubt[],
  network: Network,
): Slip | undefined {
  for (const { kind, message, meant } of doubts) {
    if (!meant) continue;
    const { verdict } = compareSides({ ...comparison, right: meant }, network);
    if (verdict === 'proved' || verdict === 'agrees')
      return { kind, message: told`${message}; that would hold`, suggestion: meant };
  }
  return undefined;
}

/** A change of the right side that makes the line hold, or else one of the left side. */
function slipOfContent(
  { left, right, where }: Comparison,
  clash: Slip | undefined,
  network: Network,
): Slip | undefined {
  const shared = { where, network, clash };
  const forward = findSlip({ ...shared, reference: left, suspect: right });
  if (forward && forward !== clash) return forward;
  const backward = findSlip({ ...shared, reference: right, suspect: left });
  return backward?.suggestion
    ? { ...backward, message: told`on the left side: ${backward.message}` }
    : forward;
}

/** Places of a closed form up to which it is told where nothing else is known. */
const LARGEST_TOLD = 40;

/** A wrong line that no single change mends: what the left side comes to is told. */
function unexplained({ left, where }: Comparison, network: Network): Slip {
  const message = 'the two sides are not equal, and no single change was found that makes them so';
  const expected = closedFormOfSide(left, where, network);
  return expected && placesOf(expected).length <= LARGEST_TOLD && !same(expected, left)
    ? { kind: 'other', message: told`${message}; expected ${expected}`, suggestion: expected }
    : { kind: 'other', message, suggestion: undefined };
}

/** What is told of sides that cannot be compared, if no change makes them fit. */
function clashOf({ reason, message }: Judgement): Slip | undefined {
  if (message === undefined || (reason !== 'shape' && reason !== 'entry')) return undefined;
  const kind = reason === 'shape' ? 'shape' : 'index';
  return { kind, message, suggestion: undefined };
}

/** A bound index that is free elsewhere in the same side: misleading even where the line holds. */
const doubleUse = (formula: Formula, free: ReadonlySet<string>): boolean =>
  [...free].some((letter) => freeNames(formula).has(letter));
