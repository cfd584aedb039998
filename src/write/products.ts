/** Sums and products of terms: signs, fractions, order and brackets. */
import Fraction from 'fraction.js';
import {
  type AddFormula,
  type Formula,
  isNumber,
  type MultiplyFormula,
  number,
  type PowerFormula,
  power,
  rawMultiply,
} from '../expression/formula.js';
import { Level, type Piece, piece } from './piece.js';
import {
  atLeast,
  decimalOf,
  numberPiece,
  type Printer,
  type Surroundings,
  textOf,
} from './printer.js';
import { hasUpper } from './symbols.js';

/** A term without its sign. */
function unsigned(term: Formula): { readonly negative: boolean; readonly rest: Formula } {
  if (term.kind === 'number' && term.value.compare(0) < 0)
    return { negative: true, rest: number(term.value.neg()) };
  const first = term.kind === 'multiply' ? term.factors[0] : undefined;
  if (term.kind !== 'multiply' || first?.kind !== 'number' || first.value.compare(0) >= 0)
    return { negative: false, rest: term };
  const others = term.factors.slice(1);
  const size = first.value.neg();
  const rest = rawMultiply(size.equals(1) ? others : [number(size), ...others]);
  return { negative: true, rest };
}

export function addPiece(formula: AddFormula, printer: Printer): Piece {
  const texts = formula.terms.map((term, place) => {
    const { negative, rest } = unsigned(term);
    const part = printer.piece(rest);
    const text = atLeast(
      negative && place === 0 ? Level.product : Level.elementwise,
      part,
      printer,
    );
    if (place === 0) return negative ? `-${text}` : text;
    return negative ? ` - ${text}` : ` + ${text}`;
  });
  return piece(texts.join(''), Level.sum);
}

interface Group {
  readonly above: Formula[];
  readonly below: Formula[];
}

/** `x^2` for `x^(-2)`: what stands under the line; nothing for other factors. */
function underTheLine(formula: Formula): Formula | undefined {
  if (formula.kind !== 'power' || formula.exponent.kind !== 'number') return undefined;
  const { value } = formula.exponent;
  const isWholeNegative = value.d === 1n && value.compare(0) < 0;
  return isWholeNegative ? power(formula.base, number(value.neg())) : undefined;
}

/**
 * Cuts a product into fractions from left to right, keeping the order: factors with negative
 * whole exponents go under those just before them.
 */
function groupsOf(factors: readonly Formula[]): readonly Group[] {
  const groups: Group[] = [{ above: [], below: [] }];
  for (const factor of factors) {
    let current = groups[groups.length - 1] as Group;
    const under = underTheLine(factor);
    if (under) {
      current.below.push(under);
      continue;
    }
    if (current.below.length > 0) {
      current = { above: [], below: [] };
      groups.push(current);
    }
    const isFraction =
      factor.kind === 'number' && factor.value.d !== 1n && decimalOf(factor.value) === undefined;
    if (isFraction && current.above.length === 0) {
      const { s, n, d } = factor.value;
      if (s * n !== 1n) current.above.push(number(s * n));
      current.below.push(number(d));
    } else {
      current.above.push(factor);
    }
  }
  return groups;
}

/** Whether it is a `d` that nobody declared: before another factor it would be a differential. */
const isLoneD = (part: Piece | undefined, { notation, display }: Printer): boolean =>
  part?.text === 'd' && notation.stacked === undefined && display.isDeclared?.('d') !== true;

/** Factors side by side. */
function sideBySide(parts: readonly Piece[], printer: Printer): Piece {
  const { notation } = printer;
  if (parts.length === 1) return parts[0] as Piece;
  let text = '';
  let first: Piece['first'] = 'other';
  let callable = false;
  let before: Piece = piece('', Level.atom);
  parts.forEach((part, place) => {
    const last = place === parts.length - 1;
    const isSlash = part.level === Level.slash;
    const bare = part.level >= Level.product && (last || !part.open) && (place === 0 || !isSlash);
    const shown = bare ? part.text : notation.brackets(part.text);
    const begins = bare ? part.first : 'bracket';
    if (place === 0) {
      text = shown;
      first = begins;
    } else {
      const explicit =
        begins === 'digit' ||
        (begins === 'bracket' && callable) ||
        isLoneD(parts[place - 1], printer);
      text += `${explicit ? notation.times.explicit : notation.beside(before, part)}${shown}`;
    }
    before = bare ? part : piece(shown, Level.atom);
    callable = bare && part.callable;
  });
  const end = parts[parts.length - 1] as Piece;
  return piece(text, Level.product, { open: end.open, first, callable });
}

function fraction(group: Group, printer: Printer): Piece {
  const { notation } = printer;
  const over = (factors: readonly Formula[]) =>
    factors.map((factor) => factorPiece(factor, printer, 'alone'));
  const above =
    group.above.length === 0 ? [numberPiece(new Fraction(1), printer)] : over(group.above);
  const below = over(group.below);
  const stacked = notation.stacked;
  if (stacked) {
    const bracketless = (parts: readonly Piece[]) => sideBySide(parts, printer).text;
    return piece(stacked(bracketless(above), bracketless(below)), Level.fraction);
  }
  const closed = above.map((part) =>
    part.open || part.level < Level.power
      ? piece(notation.brackets(part.text), Level.atom, { first: 'bracket' })
      : part,
  );
  const upper = sideBySide(closed, printer);
  const lower = sideBySide(below, printer);
  const under = lower.open ? notation.brackets(lower.text) : atLeast(Level.power, lower, printer);
  // `d/delta` is the start of an operator.
  const isOperator = upper.text === 'd' && under.startsWith('d');
  return piece(`${isOperator ? notation.brackets(upper.text) : upper.text}/${under}`, Level.slash, {
    first: upper.first,
  });
}

/** A factor of a product with several: sums inside it may not reach for the factors after. */
function factorPiece(factor: Formula, printer: Printer, surroundings: Surroundings): Piece {
  if (factor.kind !== 'sum' && factor.kind !== 'product') return printer.piece(factor);
  const part = printer.piece(factor, 'within');
  return surroundings === 'within' && part.open
    ? piece(printer.notation.brackets(part.text), Level.atom, { first: 'bracket' })
    : part;
}

export function multiplyPiece(
  formula: MultiplyFormula,
  printer: Printer,
  surroundings: Surroundings = 'alone',
): Piece {
  const { negative, rest } = unsigned(formula);
  if (negative) {
    const part =
      rest.kind === 'multiply'
        ? multiplyPiece(rest, printer, surroundings)
        : factorPiece(rest, printer, surroundings);
    return piece(`-${atLeast(Level.product, part, printer)}`, Level.sum, { open: part.open });
  }
  const groups = groupsOf(formula.factors);
  const only = groups.length === 1;
  const parts = groups.flatMap((group) => {
    if (group.below.length > 0) return [fraction(group, printer)];
    return group.above.map((factor) => factorPiece(factor, printer, surroundings));
  });
  if (parts.length === 1 && only) return parts[0] as Piece;
  return joined(parts, printer);
}

/** Groups side by side: `a/b c/d` reads from left to right, so they need no brackets. */
const joined = (parts: readonly Piece[], printer: Printer): Piece =>
  sideBySide(
    parts.map((part, place) =>
      place > 0 && part.level === Level.slash && part.first !== 'digit'
        ? { ...part, level: Level.product }
        : part,
    ),
    printer,
  );

/** `1/x`, `x^2`, `(h^(2)_i)^2`, `x^(n+1)`. */
export function powerPiece(formula: PowerFormula, printer: Printer): Piece {
  const under = underTheLine(formula);
  if (under) return fraction({ above: [], below: [under] }, printer);
  if (isNumber(formula.exponent, 1)) return printer.piece(formula.base);
  const { notation } = printer;
  const base = printer.piece(formula.base);
  const isIndexed = formula.base.kind === 'symbol' && hasUpper(formula.base, printer);
  // A command beside it makes the text LaTeX, where `A_Ni^N` ends its indices after one letter.
  const isRun = /_\w{2,}$/.test(base.text) && [...printer.names].some((name) => name[0] === '\\');
  const text =
    isIndexed || isRun || base.open
      ? notation.brackets(base.text)
      : atLeast(Level.atom, base, printer);
  const exponent = textOf(formula.exponent, printer).replace(/ ([+-]) /g, '$1');
  return piece(`${text}${notation.exponent(exponent)}`, Level.power, {
    first: base.level < Level.atom || isIndexed ? 'bracket' : base.first,
  });
}
