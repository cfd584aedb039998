/** Surface operations on whole families. */
import type { Formula, OperationFormula } from '../expression/formula.js';
import { Level, type Piece, piece } from './piece.js';
import { atLeast, type Printer, textOf } from './printer.js';
import { entryText, hasUpper } from './symbols.js';

type Write = (args: readonly Formula[], printer: Printer) => Piece;

const first = (args: readonly Formula[], printer: Printer): string => {
  const [argument] = args;
  return argument ? textOf(argument, printer) : '';
};

/** A base that something is raised from: a name with an index above needs brackets. */
function baseText(argument: Formula, printer: Printer): string {
  const part = printer.piece(argument);
  const isRaised = argument.kind === 'symbol' && hasUpper(argument, printer);
  return isRaised || part.level < Level.atom ? printer.notation.brackets(part.text) : part.text;
}

const named =
  (name: string): Write =>
  (args, printer) => {
    const { notation, display } = printer;
    return piece(
      `${notation.functionName(name, display)}${notation.brackets(args.map((part) => textOf(part, printer)).join(', '))}`,
      Level.atom,
    );
  };

const norm =
  (kind: '1' | '2' | 'F'): Write =>
  (args, printer) =>
    piece(printer.notation.norm(first(args, printer), kind), Level.atom);

const between =
  (sign: 'times' | 'divide' | 'power'): Write =>
  (args, printer) =>
    piece(
      args
        .map((part, place) =>
          part.kind === 'operation' && part.name === 'elementwise' && place === 0
            ? textOf(part, printer)
            : atLeast(Level.fraction, printer.piece(part), printer),
        )
        .join(printer.notation.elementwise[sign]),
      Level.elementwise,
    );

const operations: Readonly<Record<OperationFormula['name'], Write>> = {
  transpose: ([argument], printer) =>
    piece(
      argument ? `${baseText(argument, printer)}${printer.notation.transpose}` : '',
      Level.power,
    ),
  elementwise: between('times'),
  elementwise_divide: between('divide'),
  elementwise_power: between('power'),
  inverse: (args, printer) => {
    const [argument] = args;
    const shown = argument && printer.notation.inverse(baseText(argument, printer));
    return shown === undefined ? named('inv')(args, printer) : piece(shown, Level.power);
  },
  determinant: named('det'),
  trace: named('tr'),
  diagonal: named('diag'),
  norm: norm('2'),
  norm1: norm('1'),
  frobenius: norm('F'),
  identity: (_, { notation }) => piece(notation.identity, Level.atom),
  ones: (_, { notation }) => piece(notation.ones, Level.atom),
  entry: ([argument, ...indices], printer) => {
    if (argument === undefined) return piece('', Level.atom);
    const base = printer.notation.brackets(textOf(argument, printer));
    const below = entryText(indices, printer);
    return piece(`${base}${below}`, Level.atom, { first: 'bracket' });
  },
  list: (args, printer) =>
    piece(printer.notation.list(args.map((part) => textOf(part, printer))), Level.atom),
};

export const operationPiece = (formula: OperationFormula, printer: Printer): Piece =>
  operations[formula.name](formula.args, printer);
