/** The likeliest slip of a line that does not hold. */
import { type Condition, type Formula, isNumber, symbol } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { splitNumbered } from '../network/inference/facts.js';
import { lower } from '../network/lower.js';
import type { Lowered, Network } from '../network/network.js';
import { told } from '../rewrite/told.js';
import { againstClosedForm, inLettersOf } from './against-closed-form.js';
import { closedFormOf } from './closed-form.js';
import {
  freeLetters,
  type Slip,
  type SlipContext,
  type SlipKind,
  type SlipRow,
} from './slips/slip.js';
import { slipTable } from './slips/table.js';
import { makeTester, type Tester } from './tester.js';

/** Changes tried for one line; this bounds the time of a wrong line. */
const MOST_CHANGES = 2500;

export interface SlipRequest {
  readonly reference: Formula;
  readonly suspect: Formula;
  readonly where: readonly Condition[];
  readonly network: Network;
  /** For a clash of shapes: what is told if no change of transposes, order or layers mends it. */
  readonly clash: Slip | undefined;
}

/** Tries the table of slips on the suspect; `undefined` if nothing explains the line. */
export function findSlip(written: SlipRequest): Slip | undefined {
  const { where, network } = written;
  // Names that end in a number are names of the network, not letters with an index.
  const named = (side: Formula): Formula => splitNumbered(side, network.vocabulary.numbered);
  const request = {
    ...written,
    reference: named(written.reference),
    suspect: named(written.suspect),
  };
  const { reference, suspect } = request;
  const target = loweredOrNothing(reference, where, network);
  if (!target) return undefined;
  const test = makeTester(target, suspect, where, network);
  const closed = closedFormOf(target, where, network);
  const context: SlipContext = {
    network,
    reference,
    suspect,
    closed: target.axes.length === 0 ? closed : undefined,
    free: freeLetters(reference, network),
  };
  return (
    firstThatHolds(rowsFor(request), context, test) ??
    freeLetterSlip(context) ??
    closedFormSlip(request, target, closed, test) ??
    request.clash
  );
}

/** `undefined` for a side that has no meaning: its clash is told instead. */
function loweredOrNothing(
  formula: Formula,
  where: readonly Condition[],
  network: Network,
): Lowered | undefined {
  try {
    return lower(formula, network, { where });
  } catch {
    return undefined;
  }
}

function closedFormSlip(
  { suspect, where, network, clash }: SlipRequest,
  target: Lowered,
  closed: Formula | undefined,
  test: Tester,
): Slip | undefined {
  const side = loweredOrNothing(suspect, where, network);
  const expected = closed && side && inLettersOf(closed, target, side);
  const slip = expected && againstClosedForm({ suspect: side, closed: expected, network, test });
  // Of shapes that clash only a wrong layer is a better explanation than the clash itself.
  return clash === undefined || slip?.kind === 'layer' ? slip : undefined;
}

const clashFirst: ReadonlySet<SlipKind> = new Set(['transpose', 'order', 'layer', 'index', 'sum']);

function rowsFor(request: SlipRequest): readonly SlipRow[] {
  if (!request.clash) return slipTable;
  const first = slipTable.filter((row) => clashFirst.has(row.kind));
  return [...first, ...slipTable.filter((row) => !clashFirst.has(row.kind))];
}

const singleNames: ReadonlySet<Formula['kind']> = new Set([
  'symbol',
  'derivative',
  'call',
  'number',
]);

function firstThatHolds(
  rows: readonly SlipRow[],
  context: SlipContext,
  test: Tester,
): Slip | undefined {
  // Nothing was changed in a zero: what should stand there is told by the closed form.
  if (isNumber(context.suspect, 0)) return undefined;
  const tried = new Set([structureKey(context.suspect)]);
  // To put the single name of the other side in place of a line would always hold, and explains
  // nothing; a longer side that one small change leads back to is the best explanation there is.
  if (singleNames.has(context.reference.kind)) tried.add(structureKey(context.reference));
  for (const row of rows)
    for (const change of row.changes(context)) {
      const key = structureKey(change.formula);
      if (tried.has(key)) continue;
      tried.add(key);
      if (tried.size > MOST_CHANGES) return undefined;
      if (!test.holds(change.formula)) continue;
      return {
        kind: change.kind ?? row.kind,
        message: change.message,
        suggestion: change.formula,
      };
    }
  return undefined;
}

/** A letter that is free on one side only explains a line even if no single change mends it. */
function freeLetterSlip(context: SlipContext): Slip | undefined {
  const letter = [...freeLetters(context.suspect, context.network)].find(
    (name) => !context.free.has(name),
  );
  if (letter === undefined) return undefined;
  return {
    kind: 'index',
    message: told`the index ${symbol(letter)} stands free on the right only: it must be summed over, or be another index`,
    suggestion: undefined,
  };
}
