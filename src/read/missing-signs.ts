/** Derivatives with one of their signs forgotten: `\frac{\partial C}{w}`, `dC/w`, `C/dw`. */
import { derivative, type Formula } from '../expression/formula.js';
import { writePlain } from '../write/write.js';
import type { Parser } from './grammar.js';
import { ReadError } from './problem.js';
import type { Token } from './token.js';
import { isKnownName } from './vocabulary.js';

/** Where the sign is forgotten. */
export type MissingPlace = 'above' | 'below';

/** A derivative whose other sign is forgotten: it is told, and read with the sign only to go on. */
export class MissingSign extends ReadError {
  constructor(
    place: Token,
    /** The token that the sign belongs before. */
    readonly before: Token,
    readonly meant: Formula,
    where: MissingPlace,
  ) {
    super(
      place,
      `a derivative has a sign above and below, here it is missing ${where} the bar; did you mean ${writePlain(meant)}?`,
    );
  }
}

/** `\frac{\partial C}{w}`: thrown if what stands on the two sides makes a derivative. */
export function refuseFraction(
  parser: Parser,
  above: readonly Token[],
  below: readonly Token[],
  missing: MissingPlace,
  place: Token,
): void {
  const read = (tokens: readonly Token[], signed: boolean): Formula | undefined => {
    const from = signed && tokens[0]?.kind === 'command' ? tokens.slice(1) : tokens;
    try {
      return parser.whole(signed ? withoutD(from) : from, place);
    } catch (problem) {
      if (problem instanceof ReadError) return undefined;
      throw problem;
    }
  };
  const of = read(above, missing === 'below');
  const by = read(below, missing === 'above');
  const before = missing === 'below' ? below[0] : above[0];
  if (of && by?.kind === 'symbol' && before)
    throw new MissingSign(place, before, derivative(of, by), missing);
}

/** The tokens of `dC` without its `d`. */
function withoutD(tokens: readonly Token[]): readonly Token[] {
  const [first, ...rest] = tokens;
  if (first?.kind !== 'word' || first.text[0] !== 'd' || first.text.length === 1) return tokens;
  const { text, column, length } = first;
  return [{ ...first, text: text.slice(1), column: column + 1, length: length - 1 }, ...rest];
}

/** Whether a word is `d` and a name, and no name itself. */
export function isDifferential(parser: Parser, token: Token, of: 'defined' | 'named'): boolean {
  const { vocabulary } = parser.context;
  if (token.kind === 'command') return token.text === 'partial';
  if (token.kind !== 'word' || !/^d[A-Za-z]/.test(token.text)) return false;
  if (vocabulary.names.get('d')?.declared || vocabulary.names.get(token.text)?.declared)
    return false;
  const rest = token.text.slice(1);
  const isName = vocabulary.names.has(token.text) || !isKnownName(vocabulary, token.text);
  const inside = vocabulary.names.get(rest);
  return isName && (of === 'defined' ? inside?.defined === true : inside !== undefined);
}

/** `dC/w`, read up to the bar: thrown if a name of the sheet stands below it. */
export function refuseMissingBelow(parser: Parser, start: Token, of: Formula): void {
  const { cursor } = parser;
  const before = cursor.peek();
  if (before.kind !== 'word' && before.kind !== 'name') return;
  const by = parser.factorWithoutDerivative();
  if (by.kind !== 'symbol') return;
  throw new MissingSign(start, before, derivative(of, by), 'below');
}

/** `C/dw`, read up to the bar: thrown if a quantity of the sheet stands above it. */
export function refuseMissingAbove(parser: Parser, start: Token, of: Formula): void {
  const { cursor } = parser;
  const token = cursor.peek();
  if (of.kind !== 'symbol' || !parser.context.vocabulary.names.get(of.name)?.defined) return;
  if (!isDifferential(parser, token, 'named')) return;
  const mark = cursor.mark();
  if (token.kind === 'word') cursor.split(1);
  cursor.take();
  const by = cursor.atEnd ? undefined : parser.factorWithoutDerivative();
  cursor.reset(mark);
  if (by?.kind === 'symbol') throw new MissingSign(start, start, derivative(of, by), 'above');
}

/** The tokens of a line with the forgotten sign put in. */
export function withSign(tokens: readonly Token[], { before }: MissingSign): readonly Token[] {
  const isBefore = (token: Token): boolean =>
    token.line === before.line &&
    token.column <= before.column &&
    before.column < token.column + Math.max(1, token.length);
  const at = tokens.findIndex(isBefore);
  if (at < 0) return tokens;
  const sign: Token = { ...before, kind: 'command', text: 'partial', length: 0, latex: true };
  return [...tokens.slice(0, at), sign, ...tokens.slice(at)];
}
