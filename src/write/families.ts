/** Whole families: `softmax(z)_i`, `C(a^L)`, and what is written where there is no short form. */
import {
  type ArrayFormula,
  type Binder,
  divide,
  exp,
  type FamilyFormula,
  type Formula,
  log,
  operation,
  subtract,
  sum,
  symbol,
  whole,
} from '../expression/formula.js';
import { functionNamed } from '../expression/functions.js';
import { freeNames, mapChildren, substitute } from '../expression/walk.js';
import { pathSumPiece } from './path-sum.js';
import { Level, type Piece, piece } from './piece.js';
import { type Printer, textOf } from './printer.js';
import { entryText } from './symbols.js';

const isVariable = (formula: Formula, name: string): boolean =>
  formula.kind === 'symbol' && formula.name === name && formula.indices.length === 0;

const mentions = (formula: Formula, binders: readonly Binder[]): boolean =>
  binders.some((binder) => freeNames(formula).has(binder.index));

/**
 * The family whose entries the body names, written without the binders: `z[l, j]` with binder `j`
 * is `z[l, :]`; sums and elementwise functions of such families too. `undefined` if the short form
 * would mean something else (a product of two families is a matrix product there).
 */
export function wholeFamily(body: Formula, binders: readonly Binder[]): Formula | undefined {
  if (!mentions(body, binders)) return binders.length === 0 ? body : undefined;
  switch (body.kind) {
    case 'symbol': {
      const tail = body.indices.slice(-binders.length);
      const head = body.indices.slice(0, -binders.length);
      if (tail.length < binders.length || head.some((index) => mentions(index, binders))) return;
      const inOrder = binders.every((binder, place) =>
        isVariable(tail[place] as Formula, binder.index),
      );
      if (inOrder) return symbol(body.name, [...head, ...binders.map(() => whole)]);
      const turned =
        binders.length === 2 &&
        binders.every((binder, place) => isVariable(tail[1 - place] as Formula, binder.index));
      return turned
        ? operation('transpose', symbol(body.name, [...head, whole, whole]))
        : undefined;
    }
    case 'call': {
      const elementwise =
        body.args.length === 1 &&
        body.indices.length === 0 &&
        (functionNamed(body.name) !== undefined || body.slots.length > 0 || binders.length > 0) &&
        body.slots.every((slot) => slot.at.length === 0) &&
        body.args[0]?.kind !== 'array';
      return elementwise ? each(body, binders) : undefined;
    }
    case 'add':
      return each(body, binders);
    case 'multiply': {
      const families = body.factors.filter((factor) => mentions(factor, binders));
      return families.length === 1 ? each(body, binders) : undefined;
    }
    default:
      return undefined;
  }
}

/** Every part that mentions the binders made whole; the others spread over the family. */
function each(body: Formula, binders: readonly Binder[]): Formula | undefined {
  let possible = true;
  const result = mapChildren(body, (part) => {
    if (!mentions(part, binders)) return part;
    const made = wholeFamily(part, binders);
    if (made === undefined) possible = false;
    return made ?? part;
  });
  return possible ? result : undefined;
}

/** The family as an argument; where it has no short form, its entry in brackets with the index. */
function argumentText(body: Formula, binders: readonly Binder[], printer: Printer): string {
  const short = wholeFamily(body, binders);
  if (short) return textOf(short, printer);
  const indices = binders.map((binder) => printer.notation.name(binder.index, printer.display));
  return `${printer.notation.list([textOf(body, printer)])}${printer.notation.lower(indices)}`;
}

export const arrayText = (formula: ArrayFormula, printer: Printer): string =>
  argumentText(formula.body, formula.binders, printer);

/** Names under which the reader knows these functions. */
const NAMES: Readonly<Record<FamilyFormula['name'], string>> = {
  softmax: 'softmax',
  log_softmax: 'log_softmax',
  logsumexp: 'logsumexp',
  max: 'max',
  min: 'min',
  inverse: 'inv',
  determinant: 'det',
  chain: 'chain',
};

/** The same through exponentials and sums, for families without a short form. */
function writtenOut(formula: FamilyFormula): Formula | undefined {
  const [binder] = formula.binders;
  if (binder === undefined) return undefined;
  const total = sum(binder.index, binder, exp(formula.body));
  const [at] = formula.at;
  const entry = at && substitute(formula.body, new Map([[binder.index, at]]));
  switch (formula.name) {
    case 'softmax':
      return entry && divide(exp(entry), total);
    case 'log_softmax':
      return entry && subtract(entry, log(total));
    case 'logsumexp':
      return log(total);
    default:
      return undefined;
  }
}

export function familyPiece(formula: FamilyFormula, printer: Printer): Piece {
  const { notation } = printer;
  if (formula.name === 'chain') return pathSumPiece(formula, printer) as Piece;
  const long = wholeFamily(formula.body, formula.binders) ? undefined : writtenOut(formula);
  if (long) return printer.piece(long);
  const name = notation.functionName(NAMES[formula.name], printer.display);
  const argument = argumentText(formula.body, formula.binders, printer);
  const at = formula.at.length === 0 ? '' : entryText(formula.at, printer);
  return piece(`${name}${notation.brackets(argument)}${at}`, Level.atom);
}
