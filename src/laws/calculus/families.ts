/** Derivatives of functions of a whole family, each as a sum over the entries of the family. */
import {
  add,
  type Binder,
  compare,
  delta,
  type FamilyFormula,
  type FamilyFunctionName,
  type Formula,
  family,
  indicator,
  minusOne,
  multiply,
  negate,
  number,
  one,
  power,
  sum,
  symbol,
  zero,
} from '../../expression/formula.js';
import { openBinders } from '../binders.js';
import type { DerivativeRow } from './row.js';

const x = symbol('x');
const overThree: Binder = { index: 'k', lower: one, upper: number(3) };
const exampleOf = (name: FamilyFunctionName, at: readonly Formula[]): Formula =>
  family(name, [overThree], power(x, symbol('k')), at);
const square = [
  { index: 'a', lower: one, upper: number(2) },
  { index: 'b', lower: one, upper: number(2) },
];
const squareExample = (name: FamilyFunctionName, at: readonly Formula[]): Formula =>
  family(name, square, add(power(x, symbol('a')), symbol('b')), at);

/** A product of three matrices of two rows and columns, each different. */
const chainExample: Formula = family(
  'chain',
  [{ index: 'l', lower: one, upper: number(3) }, ...square],
  multiply(number('1/4'), add(power(x, symbol('a')), multiply(symbol('l'), symbol('b')))),
  [one, number(2)],
);

/** The same family function (or another of the same family) at other entries. */
const taking = (of: FamilyFormula, name: FamilyFunctionName, at: readonly Formula[]): Formula =>
  family(name, of.binders, of.body, at);

/** A derivative of the form: sum over the entries k of coefficient(k) times d(entry k). */
function overEntries(
  name: FamilyFunctionName,
  statement: string,
  example: Formula,
  because: string,
  coefficient: (of: FamilyFormula, entry: readonly Formula[], body: Formula) => Formula,
): DerivativeRow {
  return {
    name: `${name}-derivative`,
    statement,
    example: [example, x],
    level: 'main',
    take(of, { by, inner }) {
      if (of.kind !== 'family' || of.name !== name) return undefined;
      const { binders, body } = openBinders(of.binders, of.body, [of, by]);
      const entry = binders.map((binder) => symbol(binder.index));
      const term = multiply(coefficient(of, entry, body), inner(body));
      return {
        after: binders.reduceRight(
          (inside: Formula, binder) => sum(binder.index, binder, inside),
          term,
        ),
        because,
        bindings: { u: of, x: by },
        ...(name === 'determinant' ? { assumes: [compare(of, '!=', zero)] } : {}),
      };
    },
  };
}

const first = (indices: readonly Formula[]): Formula => indices[0] ?? zero;
const second = (indices: readonly Formula[]): Formula => indices[1] ?? zero;

/** Magnus and Neudecker, Matrix Differential Calculus, chapter 8, for the last two. */
export const familyRows: readonly DerivativeRow[] = [
  overEntries(
    'softmax',
    'd/dx softmax(z)_i = sum_k s_i (delta(i, k) - s_k) dz_k/dx',
    exampleOf('softmax', [number(2)]),
    'the derivative of softmax s: ds_i/dz_k = s_i (delta(i, k) - s_k)',
    (of, entry) =>
      multiply(of, add(delta(first(of.at), first(entry)), negate(taking(of, 'softmax', entry)))),
  ),
  overEntries(
    'log_softmax',
    'd/dx log_softmax(z)_i = sum_k (delta(i, k) - softmax(z)_k) dz_k/dx',
    exampleOf('log_softmax', [number(2)]),
    'the derivative of log softmax: delta(i, k) - softmax(z)_k',
    (of, entry) => add(delta(first(of.at), first(entry)), negate(taking(of, 'softmax', entry))),
  ),
  overEntries(
    'logsumexp',
    'd/dx logsumexp(z) = sum_k softmax(z)_k dz_k/dx',
    exampleOf('logsumexp', []),
    'the derivative of logsumexp by an entry is the softmax at that entry',
    (of, entry) => taking(of, 'softmax', entry),
  ),
  overEntries(
    'max',
    'd/dx max(z) = sum_k 1{z_k = max(z)} dz_k/dx',
    exampleOf('max', []),
    'only the largest entry carries the derivative (it is taken to be the only one)',
    (of, _, body) => indicator(compare(body, '=', of)),
  ),
  overEntries(
    'min',
    'd/dx min(z) = sum_k 1{z_k = min(z)} dz_k/dx',
    exampleOf('min', []),
    'only the smallest entry carries the derivative (it is taken to be the only one)',
    (of, _, body) => indicator(compare(body, '=', of)),
  ),
  overEntries(
    'inverse',
    'd/dx inv(M)_pq = -sum_r sum_s inv(M)_pr dM_rs/dx inv(M)_sq',
    squareExample('inverse', [one, number(2)]),
    'the derivative of an inverse: minus inverse times dM times inverse',
    (of, entry) =>
      multiply(
        minusOne,
        taking(of, 'inverse', [first(of.at), first(entry)]),
        taking(of, 'inverse', [second(entry), second(of.at)]),
      ),
  ),
  overEntries(
    'determinant',
    'd/dx det(M) = det(M) sum_r sum_s inv(M)_sr dM_rs/dx',
    squareExample('determinant', []),
    'the derivative of a determinant: det(M) times the trace of inverse times dM',
    (of, entry) => multiply(of, taking(of, 'inverse', [second(entry), first(entry)])),
  ),
  overEntries(
    'chain',
    'd/dx (prod_l M^l)_ij = sum_m sum_p sum_q (prod_{l<m} M^l)_ip dM^m_pq/dx (prod_{l>m} M^l)_qj',
    chainExample,
    'the derivative of an ordered product: each factor in its place, the others beside it',
    (of, [level = zero, row = zero, column = zero]) => {
      const [own] = of.binders as [Binder, ...Binder[]];
      const over = (range: Partial<Binder>, at: readonly Formula[]): Formula =>
        family('chain', [{ ...own, ...range }, ...of.binders.slice(1)], of.body, at);
      return multiply(
        over({ upper: add(level, minusOne) }, [first(of.at), row]),
        over({ lower: add(level, one) }, [column, second(of.at)]),
      );
    },
  ),
];
