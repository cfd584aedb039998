/** The likeliest slip of a line that does not hold. */
import type { Condition, Formula } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { freeNames } from '../expression/walk.js';
import { lower } from '../network/lower.js';
import type { Network } from '../network/network.js';
import { againstClosedForm } from './against-closed-form.js';
import type { SlipContext, SlipKind, SlipRow } from './slips/slip.js';
import { slipTable } from './slips/table.js';
import { makeTester } from './tester.js';

/** A slip found: what is wrong, in words, and the side put right. */
export interface Slip {
  readonly kind: SlipKind;
  readonly message: string;
  readonly suggestion: Formula | undefined;
}

/** Changes tried for one line. */
const MOST_CHANGES = 2500;

export interface SlipRequest {
  readonly reference: Formula;
  readonly suspect: Formula;
  readonly where: readonly Condition[];
  readonly network: Network;
  readonly print: (formula: Formula) => string;
  /** The line is a clash of shapes: changes of transposes, order and layers are tried first. */
  readonly clash: string | undefined;
}

/** Tries the table of slips on the suspect; `undefined` if no change makes the line hold. */
export function findSlip(request: SlipRequest): Slip | undefined {
  const { reference, suspect, where, network, print } = request;
  let test: (candidate: Formula) => boolean;
  try {
    test = makeTester(lower(reference, network, { where }), suspect, where, network);
  } catch {
    return undefined;
  }
  const context: SlipContext = {
    network,
    reference,
    suspect,
    free: freeLetters(reference, network),
    print,
  };
  return (
    firstThatHolds(rowsFor(request), context, test) ??
    freeLetterSlip(context) ??
    closedFormSlip(request) ??
    (request.clash ? { kind: 'shape', message: request.clash, suggestion: undefined } : undefined)
  );
}

function closedFormSlip(request: SlipRequest): Slip | undefined {
  const { reference, suspect, where, network, print } = request;
  try {
    const options = { where };
    return againstClosedForm(
      lower(reference, network, options),
      lower(suspect, network, options),
      where,
      network,
      print,
    );
  } catch {
    // A side that cannot be lowered is told by its clash.
    return undefined;
  }
}

/** Index letters and names that stand free in the formula and are not quantities. */
function freeLetters(formula: Formula, network: Network): ReadonlySet<string> {
  return new Set(
    [...freeNames(formula)].filter((name) => {
      const family = network.families.get(name);
      return family === undefined || family.role === 'index';
    }),
  );
}

const clashFirst: ReadonlySet<SlipKind> = new Set(['transpose', 'order', 'layer', 'index', 'sum']);

function rowsFor(request: SlipRequest): readonly SlipRow[] {
  if (!request.clash) return slipTable;
  const first = slipTable.filter((row) => clashFirst.has(row.kind));
  return [...first, ...slipTable.filter((row) => !clashFirst.has(row.kind))];
}

function firstThatHolds(
  rows: readonly SlipRow[],
  context: SlipContext,
  test: (candidate: Formula) => boolean,
): Slip | undefined {
  const tried = new Set<string>([structureKey(context.suspect)]);
  for (const row of rows)
    for (const change of row.changes(context)) {
      const key = structureKey(change.formula);
      if (tried.has(key)) continue;
      tried.add(key);
      if (tried.size > MOST_CHANGES) return undefined;
      if (!test(change.formula)) continue;
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
  const extra = [...freeLetters(context.suspect, context.network)].filter(
    (letter) => !context.free.has(letter),
  );
  const letter = extra[0];
  if (letter === undefined) return undefined;
  return {
    kind: 'index',
    message: `the index ${letter} stands free on the right only: it must be summed over, or be another index`,
    suggestion: undefined,
  };
}
