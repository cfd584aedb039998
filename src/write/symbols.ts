/** Names with their indices. */
import type { Formula, SymbolFormula } from '../expression/formula.js';
import { functionNamed } from '../expression/functions.js';
import { Level, type Piece, piece } from './piece.js';
import { type Printer, textOf } from './printer.js';

/** An index as it stands in a sub- or superscript, without spaces: `l-1`, `2i+k`. */
export const indexText = (index: Formula, printer: Printer): string =>
  textOf(index, printer)
    .replace(/ ([+-]) /g, '$1')
    .replace(/(\d) ([A-Za-z])/g, '$1$2');

/** The entry taken of something in brackets: `(A x)_k`, `softmax(Z)_{1,2}`. */
export function entryText(indices: readonly Formula[], printer: Printer): string {
  const texts = indices.map((index) => indexText(index, printer));
  const areDigits = texts.length > 1 && texts.every((text) => /^\d+$/.test(text));
  return areDigits ? `_{${texts.join(',')}}` : printer.notation.lower(texts);
}

const isWhole = (index: Formula): boolean => index.kind === 'whole';

/** The indices above and below that have to be written; those that are all whole are left out. */
export function writtenIndices(
  name: string,
  indices: readonly Formula[],
  printer: Printer,
): { readonly upper: string; readonly lower: string } {
  const { notation, display } = printer;
  const count = Math.min(display.upperSlots(name), indices.length);
  const above = indices.slice(0, count);
  const below = indices.slice(count);
  const texts = (list: readonly Formula[]) => list.map((index) => indexText(index, printer));
  return {
    upper: above.every(isWhole) ? '' : notation.upper(texts(above)),
    lower: below.every(isWhole) ? '' : notation.lower(texts(below)),
  };
}

/** Whether an index stands above the name, so that a power needs brackets. */
export const hasUpper = (formula: SymbolFormula, printer: Printer): boolean =>
  printer.display.upperSlots(formula.name) > 0;

/** Whether `name (x)` could be taken for a call. */
export const isFunctionName = (name: string, printer: Printer): boolean =>
  printer.functions.has(name) ||
  functionNamed(name) !== undefined ||
  printer.display.isFunction?.(name) === true;

/** The name with its indices. */
export function symbolText(formula: SymbolFormula, printer: Printer): string {
  const { upper, lower } = writtenIndices(formula.name, formula.indices, printer);
  return printer.notation.indexed(
    printer.notation.name(formula.name, printer.display),
    upper,
    lower,
  );
}

export const symbolPiece = (formula: SymbolFormula, printer: Printer): Piece =>
  piece(symbolText(formula, printer), Level.atom, {
    callable: isFunctionName(formula.name, printer),
  });
