/** Sums and products over an index: with a sign, or with an ellipsis. */
import type { BoundFormula, Condition, Formula } from '../expression/formula.js';
import { freeNames, substitute } from '../expression/walk.js';
import { pathSumPiece } from './path-sum.js';
import { Level, type Piece, piece } from './piece.js';
import { atLeast, conditionText, type Printer, type Surroundings } from './printer.js';
import { indexText } from './symbols.js';

/** What stands under and over the sign: `k`, `k=1` with `K`, `j != i`. */
function limitsText(formula: BoundFormula, printer: Printer): string {
  const { notation, display } = printer;
  const index = notation.name(formula.index, display);
  const conditions = formula.where.map((condition) => compact(conditionText(condition, printer)));
  const bounds = formula.bounds;
  if (bounds === undefined || display.isWholeRange?.(formula.index, bounds)) {
    const namesIt = formula.where.some((condition) => startsWith(condition, formula.index));
    const below = namesIt ? conditions : [index, ...conditions];
    return notation.limits(below.join(', '), undefined);
  }
  const lower = `${index}=${indexText(bounds.lower, printer)}`;
  return notation.limits([lower, ...conditions].join(', '), indexText(bounds.upper, printer));
}

/** Whether the condition itself names the index first, so that `sum_{j != i}` says all. */
const startsWith = (condition: Condition, index: string): boolean => {
  const first =
    condition.kind === 'compare'
      ? condition.left
      : condition.kind === 'member'
        ? condition.element
        : undefined;
  return first?.kind === 'symbol' && first.name === index && first.indices.length === 0;
};

const compact = (text: string): string => text.replace(/ ([+-]) /g, '$1');

/**
 * The body after the sign. A further sign that ends it needs no brackets, unless the outer one
 * stands within a product or is a product itself: there it would end the outer one's reach.
 */
function bodyText(formula: BoundFormula, printer: Printer, surroundings: Surroundings): string {
  const { body } = formula;
  const inside = surroundings === 'within' || formula.kind === 'product' ? 'within' : 'alone';
  const part = printer.piece(body, inside);
  const isSign = body.kind === 'sum' || body.kind === 'product';
  if (isSign && inside === 'within' && part.open) return printer.notation.brackets(part.text);
  return atLeast(Level.product, part, printer);
}

function endText(formula: BoundFormula, at: Formula, printer: Printer): string {
  const term = substitute(formula.body, new Map([[formula.index, at]]));
  const level = formula.kind === 'sum' ? Level.product : Level.power;
  const part = printer.piece(term);
  return part.open ? printer.notation.brackets(part.text) : atLeast(level, part, printer);
}

/** `(1 - f_1^2) ... (1 - f_L^2)`, where the body depends on the index and the range is plain. */
function ellipsisPiece(formula: BoundFormula, printer: Printer): Piece | undefined {
  const { bounds } = formula;
  if (bounds === undefined || formula.where.length > 0) return undefined;
  if (!freeNames(formula.body).has(formula.index)) return undefined;
  const first = endText(formula, bounds.lower, printer);
  const last = endText(formula, bounds.upper, printer);
  const middle = printer.notation.ellipsis[formula.kind];
  return piece(`${first}${middle}${last}`, formula.kind === 'sum' ? Level.sum : Level.product);
}

export function boundedPiece(
  formula: BoundFormula,
  printer: Printer,
  surroundings: Surroundings = 'alone',
): Piece {
  if (printer.style === 'ellipsis') {
    const shown = ellipsisPiece(formula, printer);
    if (shown) return shown;
  }
  const paths = pathSumPiece(formula, printer, surroundings);
  if (paths) return paths;
  const { notation } = printer;
  const sign = `${notation.sign[formula.kind]}${limitsText(formula, printer)}`;
  const text = `${sign}${notation.afterSign}${bodyText(formula, printer, surroundings)}`;
  return piece(text, Level.product, { open: true, first: 'bounded' });
}
