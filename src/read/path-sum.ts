/**
 * Sums over paths: `sum_{k_l = j, k_(l+1), ..., k_L} x_{k_L} prod_{m=l}^{L-1} w^(m+1)_{k_(m+1),k_m}`
 * has one index for every level. What is summed is an entry of an ordered product of matrices,
 * whose factors the product sign holds; other factors may stand at the two ends of the path.
 */

import { type Affine, affineOf, combine, formulaOf, isZeroForm } from '../expression/affine.js';
import {
  type BoundFormula,
  type Formula,
  family,
  number,
  rawAdd,
  rawMultiply,
  sum,
  symbol,
  whole,
} from '../expression/formula.js';
import { contains, freeNames, freshName, rewriteUp, substitute } from '../expression/walk.js';
import type { Parser } from './grammar.js';
import { splitAtCommas } from './indices.js';
import type { Script } from './scripts.js';
import { isOperator, type Token } from './token.js';

const ADVICE =
  'write a sum over paths as sum_{k_1 = j, k_2, ..., k_L} with its factors under one product sign, ' +
  'such as prod_{m=1}^{L-1} w_{k_m,k_(m+1)}';

/** Whether the indices under a sum sign are those of a path. */
export const isPathScript = (below: Script): boolean =>
  splitAtCommas(below.tokens).some((part) => part.length === 1 && isOperator(part[0], '...'));

/** One written index of a path: its level, and its value where that is fixed. */
interface Vertex {
  readonly level: Affine;
  readonly fixed: Formula | undefined;
}

export interface PathIndices {
  readonly letter: string;
  readonly first: Vertex;
  readonly last: Vertex;
}

/** The indices under the sign: the first one or two, dots, the last one. */
export function readPathIndices(parser: Parser, below: Script): PathIndices {
  const parts = splitAtCommas(below.tokens);
  const at = parts.findIndex((part) => part.length === 1 && isOperator(part[0], '...'));
  const letter = parts[0]?.[0]?.text ?? '';
  const vertex = (part: readonly Token[]): Vertex => {
    const place = part[0] ?? below.place;
    const equals = part.findIndex((token) => isOperator(token, '='));
    const left = equals < 0 ? part : part.slice(0, equals);
    const read = parser.whole(left, place, {
      insideIndex: true,
      bound: [...parser.context.bound, letter],
    });
    const [index] = read.kind === 'symbol' && read.name === letter ? read.indices : [];
    const level = index && affineOf(index);
    if (!level) throw parser.cursor.error(`expected an index of the path here; ${ADVICE}`, place);
    const fixed =
      equals < 0 ? undefined : parser.whole(part.slice(equals + 1), place, { insideIndex: true });
    return { level, fixed };
  };
  const before = parts.slice(0, at).map(vertex);
  const after = parts.slice(at + 1).map(vertex);
  const [first, second] = before;
  const [last] = after;
  const follows =
    !second || (first && !second.fixed && isZeroForm(moved(second.level, first.level, -1)));
  if (!first || !last || before.length > 2 || after.length > 1 || !follows)
    throw parser.cursor.error(
      `the indices of a path are its first one or two, dots, and its last; ${ADVICE}`,
      below.place,
    );
  return { letter, first, last };
}

/** `left - right + by`. */
const moved = (left: Affine, right: Affine, by: number): Affine => {
  const gap = combine(left, right, -1);
  return combine(gap, affineOf(number(by)) as Affine, 1);
};

/** The sum over paths as a sum over the open ends of an entry of an ordered product. */
export function pathSum(path: PathIndices, body: Formula, parser: Parser, place: Token): Formula {
  const { letter, first, last } = path;
  const refuse = (problem: string) => parser.cursor.error(`${problem}; ${ADVICE}`, place);
  const factors = body.kind === 'multiply' ? body.factors : [body];
  const isOnPath = (formula: Formula): boolean => freeNames(formula).has(letter);
  const products = factors.filter(
    (factor): factor is BoundFormula => factor.kind === 'product' && isOnPath(factor),
  );
  if (products.length === 0) throw refuse('no product over the levels of the path is met');
  const taken = new Set([...freeNames(body), letter, ...parser.context.bound]);
  const fresh = (stem: string): string => {
    const name = freshName(stem, taken);
    taken.add(name);
    return name;
  };
  const [level, row, column] = [fresh('m'), fresh(letter), fresh(letter)];
  const ends: [string, string] = [fresh(letter), fresh(letter)];
  const edges: Formula[] = [];
  const outside: Formula[] = [];
  const atEnds = (formula: Formula): Formula =>
    rewriteUp(formula, (part) => {
      const index = vertexLevel(part, letter);
      if (!index) return part;
      if (isZeroForm(combine(index, first.level, -1))) return first.fixed ?? symbol(ends[0]);
      if (isZeroForm(combine(index, last.level, -1))) return last.fixed ?? symbol(ends[1]);
      throw refuse('a factor beside the product stands at neither end of the path');
    });
  for (const factor of factors) {
    if (!products.includes(factor as BoundFormula)) {
      outside.push(atEnds(factor));
      continue;
    }
    const { bounds, index, body: inside, where } = factor as BoundFormula;
    const shifts = shiftsOf(inside, letter, index);
    const low = bounds && affineOf(bounds.lower);
    const high = bounds && affineOf(bounds.upper);
    if (!shifts || !low || !high || where.length > 0)
      throw refuse('the indices of the path stand at other levels than those of the product');
    const [least, greatest] = shifts;
    const [from, to] = [moved(low, first.level, least), moved(high, last.level, greatest)];
    const here = (shift: number): Formula => symbol(shift === 0 ? row : column);
    const renamed = (low: number): Formula =>
      rewriteUp(substitute(inside, new Map([[index, shiftedLevel(level, -low)]])), (part) => {
        const form = vertexLevel(part, letter);
        if (!form) return tidied(part);
        return here(moved(form, affineOf(symbol(level)) as Affine, 0).constant.valueOf());
      });
    if (isZeroForm(from) && isZeroForm(to) && greatest === least + 1) edges.push(renamed(least));
    else if (greatest === least && isZeroForm(from) && isZeroForm(moved(to, zeroForm, 1)))
      edges.push(renamed(least));
    else if (greatest === least && isZeroForm(moved(from, zeroForm, -1)) && isZeroForm(to))
      edges.push(renamed(least - 1));
    else if (greatest === least && isZeroForm(from) && isZeroForm(to)) {
      edges.push(renamed(least));
      outside.push(atEnds(substitute(inside, new Map([[index, formulaOf(high)]]))));
    } else throw refuse('a product does not run along the whole path');
  }
  const chain = family(
    'chain',
    [
      {
        index: level,
        lower: formulaOf(first.level),
        upper: formulaOf(combine(last.level, affineOf(number(1)) as Affine, -1)),
      },
      { index: row, lower: whole, upper: whole },
      { index: column, lower: whole, upper: whole },
    ],
    rawMultiply(edges),
    [first.fixed ?? symbol(ends[0]), last.fixed ?? symbol(ends[1])],
  );
  const summand = rawMultiply([...outside, chain]);
  const inner = last.fixed ? summand : sum(ends[1], undefined, summand);
  return first.fixed ? inner : sum(ends[0], undefined, inner);
}

const zeroForm: Affine = affineOf(number(0)) as Affine;

const shiftedLevel = (level: string, by: number): Formula =>
  by === 0 ? symbol(level) : rawAdd([symbol(level), number(by)]);

/** The level of an index of the path, `undefined` for everything else. */
function vertexLevel(part: Formula, letter: string): Affine | undefined {
  if (part.kind !== 'symbol' || part.name !== letter || part.indices.length !== 1) return undefined;
  return affineOf(part.indices[0] as Formula);
}

/** Sums of indices worked out: `m - 1 + 1` is `m`. */
function tidied(part: Formula): Formula {
  if (part.kind !== 'add') return part;
  const form = affineOf(part);
  return form ? formulaOf(form) : part;
}

/** The least and the greatest level of the path's indices in a factor, from its own level on. */
function shiftsOf(
  body: Formula,
  letter: string,
  index: string,
): readonly [number, number] | undefined {
  const found = new Set<number>();
  let other = false;
  contains(body, (part) => {
    const form = vertexLevel(part, letter);
    if (!form) return false;
    const gap = combine(form, affineOf(symbol(index)) as Affine, -1);
    if (gap.parts.size > 0 || gap.constant.d !== 1n) other = true;
    else found.add(gap.constant.valueOf());
    return false;
  });
  const [least, greatest] = [Math.min(...found), Math.max(...found)];
  return other || found.size === 0 || greatest - least > 1 ? undefined : [least, greatest];
}
