/** Functions applied, and derivatives. */
import type {
  CallFormula,
  DerivativeFormula,
  Formula,
  SymbolFormula,
} from '../expression/formula.js';
import { functionNamed } from '../expression/functions.js';
import { same } from '../expression/same.js';
import { contains, freeNames, substitute } from '../expression/walk.js';
import { arrayText } from './families.js';
import { Level, type Piece, piece } from './piece.js';
import { atLeast, type Printer, textOf } from './printer.js';
import { hasUpper, isFunctionName, symbolText, writtenIndices } from './symbols.js';

const argumentText = (formula: Formula, printer: Printer): string =>
  formula.kind === 'array' ? arrayText(formula, printer) : textOf(formula, printer);

function functionText(formula: CallFormula, printer: Printer): string {
  const { notation, display } = printer;
  const { upper, lower } = writtenIndices(formula.name, formula.indices, printer);
  return notation.indexed(notation.functionName(formula.name, display), upper, lower);
}

/** The symbol by which a slot differentiates, where the argument is one that stands there only. */
function slotSymbol(formula: CallFormula, place: number): SymbolFormula | undefined {
  const slot = formula.slots[place];
  const argument = slot && formula.args[slot.argument];
  if (slot === undefined || argument === undefined) return undefined;
  const entry =
    argument.kind === 'array'
      ? substitute(
          argument.body,
          new Map(argument.binders.map((binder, at) => [binder.index, slot.at[at] as Formula])),
        )
      : argument;
  const elsewhere = formula.args.some(
    (other, at) =>
      at !== slot.argument && entry.kind === 'symbol' && freeNames(other).has(entry.name),
  );
  return entry.kind === 'symbol' && !elsewhere ? entry : undefined;
}

/** `dC/da^L_j` for an abstract function of families, `df(x, w)/dw` for one of several numbers. */
function slotsAsQuotient(formula: CallFormula, printer: Printer): Piece | undefined {
  const entries = formula.slots.map((_, place) => slotSymbol(formula, place));
  if (entries.some((entry) => entry === undefined)) return undefined;
  const name = functionText(formula, printer);
  const isOfFamilies = formula.args.some((argument) => argument.kind === 'array');
  const { brackets } = printer.notation;
  const of = isOfFamilies
    ? name
    : `${name}${brackets(formula.args.map((part) => argumentText(part, printer)).join(', '))}`;
  return quotient(of, (entries as SymbolFormula[]).toReversed(), printer);
}

export function callPiece(formula: CallFormula, printer: Printer): Piece {
  const { notation } = printer;
  const texts = formula.args.map((part) => argumentText(part, printer));
  const isPlainUnary = formula.args.length === 1 && formula.args[0]?.kind !== 'array';
  if (formula.slots.length > 0 && !isPlainUnary) {
    const shown = slotsAsQuotient(formula, printer);
    if (shown) return shown;
    // No shorter honest form: the derivative by the n-th argument, at the arguments.
    const places = formula.slots.map((slot) => String(slot.argument + 1)).join('');
    const entries = formula.slots.flatMap((slot) => slot.at.map((part) => textOf(part, printer)));
    const at = entries.length > 0 ? notation.lower(entries) : '';
    const name = `${functionText(formula, printer)}${notation.prime}`;
    const which = formula.args.length > 1 ? notation.lower([places]) : '';
    return piece(`${name}${which}${notation.brackets(texts.join(', '))}${at}`, Level.atom);
  }
  const special = notation.calls[formula.name];
  const [argument] = texts;
  if (special && argument !== undefined && formula.slots.length === 0 && texts.length === 1)
    return piece(special(argument), Level.atom);
  // An exponent that opens with a bracket could be taken for an index: `a^{(l) ...}`.
  const asPower = argument !== undefined && !/^(\\left)?\(/.test(argument);
  if (formula.name === 'exp' && formula.slots.length === 0 && asPower && isEulerFree(printer))
    return piece(`${notation.euler}${notation.exponent(argument)}`, Level.power);
  const primes = notation.prime.repeat(formula.slots.length);
  return piece(
    `${functionText(formula, printer)}${primes}${notation.brackets(texts.join(', '))}`,
    Level.atom,
  );
}

/** Whether `e` can stand for Euler's number here. */
const isEulerFree = ({ notation, names, display }: Printer): boolean =>
  notation.euler !== undefined && !names.has('e') && display.isDeclared?.('e') !== true;

/** The quotient of differentials; equal neighbours below are gathered (`dw^2`). */
function quotient(of: string, by: readonly SymbolFormula[], printer: Printer): Piece {
  const { notation } = printer;
  const below: { text: string; times: number }[] = [];
  by.forEach((entry, place) => {
    const previous = by[place - 1];
    const top = below[below.length - 1];
    if (top && previous && same(previous, entry) && !hasUpper(entry, printer)) top.times += 1;
    else below.push({ text: symbolText(entry, printer), times: 1 });
  });
  const last = by[by.length - 1] as SymbolFormula;
  return piece(notation.derivative(of, below), Level.fraction, {
    callable: notation.stacked === undefined && isFunctionName(last.name, printer),
  });
}

/** Whether an abstract function is applied to the very family: `C(a^L)` by `a^L` is `dC/da^L`. */
const isArgument = (entry: SymbolFormula, formula: CallFormula): boolean =>
  functionNamed(formula.name) === undefined &&
  formula.slots.length === 0 &&
  formula.args.some((argument) => {
    const family = argument.kind === 'array' ? argument.body : argument;
    const isWhole =
      argument.kind === 'array' || contains(argument, (part) => part.kind === 'whole');
    return isWhole && family.kind === 'symbol' && family.name === entry.name;
  });

/** `dC/dw_1`, `d2C/dw_1 dw_2`, and as an operator `d/dx (x^2)`. */
export function derivativePiece(formula: DerivativeFormula, printer: Printer): Piece {
  const by: SymbolFormula[] = [];
  let of: Formula = formula;
  while (of.kind === 'derivative' && of.by.kind === 'symbol') {
    by.push(of.by);
    of = of.of;
  }
  if (of.kind === 'symbol') return quotient(symbolText(of, printer), by, printer);
  if (of.kind === 'call' && by.every((entry) => isArgument(entry, of as CallFormula)))
    return quotient(functionText(of, printer), by, printer);
  const { notation } = printer;
  const variable = textOf(formula.by, printer);
  const operator = notation.derivative('', [{ text: variable, times: 1 }]);
  const body = atLeast(Level.atom, printer.piece(formula.of), printer);
  return piece(`${operator}${notation.times.juxtaposed}${body}`, Level.product, { open: true });
}
