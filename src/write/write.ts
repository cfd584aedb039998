/** Formulas to text: plain math, LaTeX, Unicode. One printer, three tables. */

import { withoutMark } from '../expression/family-mark.js';
import type { Condition, Formula } from '../expression/formula.js';
import { children, freeNames } from '../expression/walk.js';
import { politeBoundNames } from './bound-names.js';
import { boundedPiece } from './bounded.js';
import { callPiece, derivativePiece } from './calls.js';
import { type Display, plainDisplay } from './display.js';
import { arrayText, familyPiece } from './families.js';
import { latex } from './latex.js';
import { latexInline } from './latex-inline.js';
import type { Notation } from './notation.js';
import { operationPiece } from './operations.js';
import { Level, type Piece, piece } from './piece.js';
import { plain } from './plain.js';
import {
  type BoundedStyle,
  conditionText,
  numberPiece,
  type Printer,
  type Surroundings,
  textOf,
} from './printer.js';
import { addPiece, multiplyPiece, powerPiece } from './products.js';
import { symbolPiece } from './symbols.js';
import { unicode } from './unicode.js';

type Kind = Formula['kind'];
type Writers = {
  readonly [K in Kind]: (
    formula: Extract<Formula, { kind: K }>,
    printer: Printer,
    surroundings: Surroundings,
  ) => Piece;
};

type AnyWriter = (formula: Formula, printer: Printer, surroundings: Surroundings) => Piece;

/** One row for each kind of node. */
const writers: Writers = {
  number: (formula, printer) => numberPiece(formula.value, printer),
  constant: (formula, { notation }) => piece(notation.constants[formula.name], Level.atom),
  symbol: symbolPiece,
  whole: () => piece(':', Level.atom),
  blank: (_, { notation }) => piece(notation.blank, Level.atom),
  add: addPiece,
  multiply: multiplyPiece,
  power: powerPiece,
  call: callPiece,
  sum: boundedPiece,
  product: boundedPiece,
  delta: (formula, printer) => {
    const isTaken = printer.names.has('delta') || printer.display.isDeclared?.('delta') === true;
    const [left, right] = [formula.left, formula.right].map((part) =>
      textOf(part, printer).replace(/ ([+-]) /g, '$1'),
    ) as [string, string];
    return piece(printer.notation.delta(left, right, isTaken), Level.atom);
  },
  indicator: (formula, printer) =>
    piece(printer.notation.indicator(conditionText(formula.when, printer)), Level.power, {
      first: 'other',
    }),
  cases: (formula, printer) => {
    const branches = formula.branches.map(({ when, value }) => ({
      value: textOf(value, printer),
      when: conditionText(when, printer),
    }));
    const otherwise = formula.otherwise && textOf(formula.otherwise, printer);
    return piece(printer.notation.cases(branches, otherwise), Level.atom);
  },
  derivative: derivativePiece,
  family: familyPiece,
  array: (formula, printer) => piece(arrayText(formula, printer), Level.atom),
  operation: operationPiece,
};

function functionsIn(formula: Formula, names = new Set<string>()): ReadonlySet<string> {
  if (formula.kind === 'call') names.add(formula.name);
  for (const part of children(formula)) functionsIn(part, names);
  return names;
}

function printerFor(
  formula: Formula,
  notation: Notation,
  display: Display,
  style: BoundedStyle,
): Printer {
  const printer: Printer = {
    notation,
    display,
    style,
    functions: functionsIn(formula),
    names: freeNames(formula),
    piece: (part, surroundings = 'alone') => {
      const write = writers[part.kind] as AnyWriter;
      return write(part, printer, surroundings);
    },
  };
  return printer;
}

function write(
  formula: Formula,
  notation: Notation,
  display: Display,
  style: BoundedStyle = 'sign',
): string {
  const polite = politeBoundNames(formula);
  return withoutMark(textOf(polite, printerFor(polite, notation, display, style)));
}

/** Plain math, which the reader reads back to the same formula. */
export const writePlain = (formula: Formula, display: Display = plainDisplay): string =>
  write(formula, plain, display);

/** LaTeX, which KaTeX takes with `strict: 'error'` and the reader reads back. */
export const writeLatex = (formula: Formula, display: Display = plainDisplay): string =>
  write(formula, latex, display);

/** LaTeX for a line of words, with a slash for every fraction. */
export const writeLatexInline = (formula: Formula, display: Display = plainDisplay): string =>
  write(formula, latexInline, display);

/** Unicode for a terminal; not meant to be read back. */
export const writeUnicode = (formula: Formula, display: Display = plainDisplay): string =>
  write(formula, unicode, display);

/** Products and sums by their first and last terms: `w_2 ... w_L`; plain and LaTeX. */
export const unrolled = (
  formula: Formula,
  display: Display = plainDisplay,
): { readonly text: string; readonly latex: string } => ({
  text: write(formula, plain, display, 'ellipsis'),
  latex: write(formula, latex, display, 'ellipsis'),
});

function writeConditionIn(condition: Condition, notation: Notation, display: Display): string {
  const carrier: Formula = { kind: 'indicator', when: condition };
  return withoutMark(conditionText(condition, printerFor(carrier, notation, display, 'sign')));
}

/** A condition in plain math: `z > 0`, `l < L`. */
export const writeCondition = (condition: Condition, display: Display = plainDisplay): string =>
  writeConditionIn(condition, plain, display);

/** A condition in LaTeX. */
export const writeConditionLatex = (
  condition: Condition,
  display: Display = plainDisplay,
): string => writeConditionIn(condition, latex, display);

/** A condition in LaTeX for a line of words. */
export const writeConditionLatexInline = (
  condition: Condition,
  display: Display = plainDisplay,
): string => writeConditionIn(condition, latexInline, display);

/** A condition for the terminal. */
export const writeConditionUnicode = (
  condition: Condition,
  display: Display = plainDisplay,
): string => writeConditionIn(condition, unicode, display);
