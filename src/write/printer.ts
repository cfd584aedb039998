/** What the parts of the printer share: the notation, and printing a formula within another. */
import type { Condition, Formula, NumberFormula } from '../expression/formula.js';
import type { Display } from './display.js';
import type { Notation } from './notation.js';
import { Level, type Piece, piece } from './piece.js';

/** How bounded sums and products are written: with a sign, or by first and last terms. */
export type BoundedStyle = 'sign' | 'ellipsis';

/** Where a formula stands: `within` a product or a product sign, sum signs need more brackets. */
export type Surroundings = 'alone' | 'within';

export interface Printer {
  readonly notation: Notation;
  readonly display: Display;
  readonly style: BoundedStyle;
  /** Names of functions that the formula calls; a product must not look like such a call. */
  readonly functions: ReadonlySet<string>;
  /** Names that occur free in the formula. */
  readonly names: ReadonlySet<string>;
  readonly piece: (formula: Formula, surroundings?: Surroundings) => Piece;
}

/** The text of a formula where everything may stand, such as between brackets. */
export const textOf = (formula: Formula, printer: Printer): string => printer.piece(formula).text;

/** The text of a piece where at least that level is needed. */
export const atLeast = (level: Level, part: Piece, printer: Printer): string =>
  part.level >= level ? part.text : printer.notation.brackets(part.text);

export function conditionText(condition: Condition, printer: Printer): string {
  const { notation } = printer;
  switch (condition.kind) {
    case 'compare': {
      const relation = notation.relations[condition.relation];
      return `${textOf(condition.left, printer)}${relation}${textOf(condition.right, printer)}`;
    }
    case 'member':
      return `${textOf(condition.element, printer)}${notation.member}${condition.set}`;
    default:
      return condition.parts
        .map((part) =>
          part.kind === 'or' && condition.kind === 'and'
            ? notation.brackets(conditionText(part, printer))
            : conditionText(part, printer),
        )
        .join(condition.kind === 'and' ? notation.and : notation.or);
  }
}

/** Most digits after the point for a number to be written as a decimal. */
const MOST_DECIMALS = 20;

/** `0.05` for 1/20; nothing for 1/2, 3/4 (better as fractions) and 1/3 (not a finite decimal). */
export function decimalOf(value: NumberFormula['value']): string | undefined {
  if (value.d <= 8n) return undefined;
  let decimals = 0;
  let scale = 1n;
  while (scale % value.d !== 0n) {
    scale *= 10n;
    decimals += 1;
    if (decimals > MOST_DECIMALS) return undefined;
  }
  const digits = String(value.n * (scale / value.d)).padStart(decimals + 1, '0');
  return `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

export function numberPiece(value: NumberFormula['value'], printer: Printer): Piece {
  const { notation } = printer;
  const size = value.abs();
  const negative = value.compare(0) < 0;
  const decimal = decimalOf(size);
  if (size.d === 1n || decimal !== undefined) {
    const text = notation.digits(decimal ?? String(size.n));
    return negative ? piece(`-${text}`, Level.sum) : piece(text, Level.atom);
  }
  const text = notation.stacked
    ? notation.stacked(String(size.n), String(size.d))
    : `${size.n}/${size.d}`;
  if (negative) return piece(`-${text}`, Level.sum);
  return piece(text, notation.stacked ? Level.fraction : Level.slash);
}
