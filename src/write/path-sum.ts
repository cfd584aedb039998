/**
 * Entries of ordered products of matrices as sums over paths: one index for every level,
 *
 *     sum_{k_l = j, k_(l+1), ..., k_L} (a^L_{k_L} - y_{k_L}) prod_{m=l}^{L-1} ...
 *
 * A path starts (and may end) at an index that is given; the others are summed over.
 */
import {
  add,
  type BoundFormula,
  type FamilyFormula,
  type Formula,
  number,
  product,
  rawMultiply,
  symbol,
} from '../expression/formula.js';
import { contains, freeNames, substitute } from '../expression/walk.js';
import { Level, type Piece, piece } from './piece.js';
import type { Printer, Surroundings } from './printer.js';
import { indexText } from './symbols.js';

const isChain = (formula: Formula): formula is FamilyFormula =>
  formula.kind === 'family' && formula.name === 'chain';

const isName = (formula: Formula | undefined, name: string): boolean =>
  formula?.kind === 'symbol' && formula.indices.length === 0 && formula.name === name;

/** How far the level of a factor lies from that of its row: `z^m_{k_m}` or `w^(m+1)_{k_(m+1),k_m}`. */
function shiftOfRow({ binders, body }: FamilyFormula): number {
  const [level, row, column] = binders.map((binder) => binder.index) as [string, string, string];
  const shifts: number[] = [];
  contains(body, (part) => {
    if (part.kind !== 'symbol') return false;
    const own = part.indices.filter((index) => isName(index, row) || isName(index, column));
    const [only] = own;
    if (own.length !== 1 || only === undefined) return false;
    for (const index of part.indices) {
      const shift = shiftFrom(index, level);
      if (shift !== undefined) shifts.push(isName(only, row) ? shift : shift - 1);
    }
    return false;
  });
  return shifts[0] ?? 0;
}

/** `n` in `level + n`. */
function shiftFrom(index: Formula, level: string): number | undefined {
  if (isName(index, level)) return 0;
  if (index.kind !== 'add' || index.terms.length !== 2) return undefined;
  const rest = index.terms.find((term) => !isName(term, level));
  return rest?.kind === 'number' && index.terms.some((term) => isName(term, level))
    ? rest.value.valueOf()
    : undefined;
}

interface Paths {
  readonly chain: FamilyFormula;
  /** What stands beside the product, at the start of the path and at its end. */
  readonly before: readonly Formula[];
  readonly rest: readonly Formula[];
  /** The letter of the path's indices, and its fixed ends. */
  readonly letter: string;
  readonly start: Formula | undefined;
  readonly end: Formula | undefined;
}

/** A sum over one end of an ordered product, or over neither. */
function pathsOf(formula: BoundFormula | FamilyFormula, printer: Printer): Paths | undefined {
  if (formula.kind === 'family') {
    const [start, end] = formula.at;
    const taken = new Set([...printer.names, ...freeNames(formula.body), ...freeNames(formula)]);
    const letter = [...'kijmnpqrst'].find((one) => !taken.has(one)) ?? 'k_';
    return { chain: formula, before: [], rest: [], letter, start, end };
  }
  if (formula.kind !== 'sum' || formula.where.length > 0) return undefined;
  const factors = formula.body.kind === 'multiply' ? formula.body.factors : [formula.body];
  const chain = factors.find(isChain);
  if (!chain) return fromOpenStart(formula, factors, printer);
  const rest = factors.filter((factor) => factor !== chain);
  if (rest.some((factor) => contains(factor, isChain))) return undefined;
  const letter = formula.index;
  const [start, end] = chain.at as [Formula, Formula];
  const body = new Set([...freeNames(chain.body), ...chain.binders.map((binder) => binder.index)]);
  if (body.has(letter)) return undefined;
  if (isName(end, letter) && !freeNames(start).has(letter))
    return { chain, before: [], rest, letter, start, end: undefined };
  if (isName(start, letter) && !freeNames(end).has(letter))
    return { chain, before: rest, rest: [], letter, start: undefined, end };
  return undefined;
}

/** `sum_k w_kj (sum over paths from k)`: the start is summed over like the other indices. */
function fromOpenStart(
  formula: BoundFormula,
  factors: readonly Formula[],
  printer: Printer,
): Paths | undefined {
  const { index } = formula;
  for (const factor of factors) {
    if (factor.kind !== 'sum') continue;
    const inner = pathsOf(factor, printer);
    if (!inner || inner.end !== undefined || !isName(inner.start, index)) continue;
    const before = factors.filter((other) => other !== factor);
    const known = new Set(before.flatMap((part) => [...freeNames(part)]));
    if (inner.rest.some((part) => freeNames(part).has(index))) continue;
    if (freeNames(inner.chain.body).has(index) || known.has(inner.letter)) continue;
    const letter = new Map([[index, symbol(inner.letter)]]);
    return {
      ...inner,
      before: [...before.map((part) => substitute(part, letter)), ...inner.before],
      start: undefined,
    };
  }
  return undefined;
}

/** The sum over paths that a formula is, if it is one. */
export function pathSumPiece(
  formula: BoundFormula | FamilyFormula,
  printer: Printer,
  surroundings: Surroundings = 'alone',
): Piece | undefined {
  const paths = pathsOf(formula, printer);
  if (!paths) return undefined;
  const { chain, before, rest, letter, start, end } = paths;
  const { notation } = printer;
  const [level, row, column] = chain.binders as [
    FamilyFormula['binders'][number],
    FamilyFormula['binders'][number],
    FamilyFormula['binders'][number],
  ];
  const shift = shiftOfRow(chain);
  const at = (place: Formula, by: number): Formula => symbol(letter, [add(place, number(by))]);
  const [first, second] = [at(level.lower, shift), at(level.lower, shift + 1)];
  const last = at(level.upper, shift + 1);
  const equals = (vertex: Formula, value: Formula | undefined): string =>
    value === undefined
      ? indexText(vertex, printer)
      : `${indexText(vertex, printer)}${notation.relations['=']}${indexText(value, printer)}`;
  const vertices = [
    equals(first, start),
    indexText(second, printer),
    notation.pathDots,
    equals(last, end),
  ].join(notation.pathComma);
  const here = symbol(level.index);
  const edge = substitute(
    chain.body,
    new Map([
      [row.index, at(here, shift)],
      [column.index, at(here, shift + 1)],
    ]),
  );
  const body = rawMultiply([
    ...before.map((factor) => substitute(factor, new Map([[letter, first]]))),
    ...rest.map((factor) => substitute(factor, new Map([[letter, last]]))),
    product(level.index, level, edge),
  ]);
  const sign = `${notation.sign.sum}${notation.limits(vertices, undefined)}`;
  const inside = printer.piece(body, surroundings);
  const text = `${sign}${notation.afterSign}${inside.level >= Level.product ? inside.text : notation.brackets(inside.text)}`;
  return piece(text, Level.product, { open: true, first: 'bounded' });
}
