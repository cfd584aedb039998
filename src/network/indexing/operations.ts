/** The surface operations on families, one row each. */
import {
  type Bounds,
  cases,
  compare,
  delta,
  type Formula,
  family,
  minusOne,
  number,
  type OperationFormula,
  type OperationName,
  one,
  rawMultiply,
  rawPower,
  symbol,
} from '../../expression/formula.js';
import { openBinder } from './calls.js';
import type { IndexingContext } from './context.js';
import { reduce, trace } from './counts.js';
import { entryOf } from './names.js';
import { materialize } from './operands.js';
import { describe, matrix, type Shaped, scalar, vector, withAxes } from './shaped.js';
import { spread } from './spread.js';

type Lower = (formula: Formula) => Shaped;
type Row = (args: readonly Formula[], lower: Lower, context: IndexingContext) => Shaped;

const only = (args: readonly Formula[], lower: Lower): Shaped => lower(args[0] as Formula);

function transpose(shaped: Shaped, context: IndexingContext): Shaped {
  if (shaped.special === 'identity') return shaped;
  const family = materialize(shaped, context);
  const [first, second] = family.axes;
  if (family.axes.length === 0) return family;
  if (family.axes.length === 1) return { ...family, row: !family.row };
  if (family.axes.length === 2) return { ...family, axes: [second as string, first as string] };
  throw context.clash(`There is no transpose of ${describe(family, context)}.`);
}

function squareMatrix(shaped: Shaped, what: string, context: IndexingContext): Shaped {
  const standing = materialize(shaped, context);
  if (standing.axes.length !== 2)
    throw context.clash(`${what} needs a square matrix, not ${describe(standing, context)}.`);
  return standing;
}

/** The inverse of a matrix. */
export function inverse(shaped: Shaped, context: IndexingContext): Shaped {
  if (shaped.axes.length === 0 && !shaped.special) return scalar(rawPower(shaped.body, minusOne));
  const square = squareMatrix(shaped, 'The inverse', context);
  const row = context.make();
  const column = context.make();
  context.ties.push([row, square.axes[0] as string], [column, square.axes[1] as string]);
  context.ties.push([row, column]);
  const binders = square.axes.map(openBinder);
  return matrix(
    row,
    column,
    family('inverse', binders, square.body, [symbol(row), symbol(column)]),
  );
}

function determinant(shaped: Shaped, context: IndexingContext): Shaped {
  const square = squareMatrix(shaped, 'The determinant', context);
  context.ties.push([square.axes[0] as string, square.axes[1] as string]);
  return scalar(family('determinant', square.axes.map(openBinder), square.body, []));
}

function diagonal(shaped: Shaped, context: IndexingContext): Shaped {
  if (shaped.axes.length === 1) {
    const axis = shaped.axes[0] as string;
    const column = context.make();
    context.ties.push([axis, column]);
    const body = rawMultiply([delta(symbol(axis), symbol(column)), shaped.body]);
    return matrix(axis, column, body);
  }
  const square = squareMatrix(shaped, 'The diagonal', context);
  const axis = square.axes[0] as string;
  return vector(axis, withAxes(square, [axis, axis], context).body, false);
}

/** `[a, b, c]`: a column (of rows, if the items are lists) with a case for each place. */
function list(items: readonly Shaped[], context: IndexingContext): Shaped {
  const axis = context.make();
  const [first] = items;
  if (!first) throw context.clash('A list without entries has no shape.');
  if (items.some((item) => item.axes.length !== first.axes.length))
    throw context.clash('The entries of a list must all have the same shape.');
  const range: Bounds = { lower: one, upper: number(items.length) };
  context.written.set(axis, range);
  const branches = items.map((item, place) => ({
    when: compare(symbol(axis), '=', number(place + 1)),
    value: withAxes(item, first.axes, context).body,
  }));
  for (const item of items) {
    const lengths = item.axes.map((inner) => context.written.get(inner)?.upper);
    first.axes.forEach((inner, place) => {
      const here = lengths[place];
      const there = context.written.get(inner)?.upper;
      if (here?.kind === 'number' && there?.kind === 'number' && !here.value.equals(there.value))
        throw context.clash('The rows of a list must all have the same length.');
    });
  }
  return { axes: [axis, ...first.axes], row: false, body: cases(branches) };
}

const binary =
  (combine: (left: Formula, right: Formula) => Formula, what: string): Row =>
  (args, lower, context) =>
    spread(
      args.map(lower),
      ([left, right]) => combine(left as Formula, right as Formula),
      context,
      what,
    );

const reduction =
  (name: string): Row =>
  (args, lower, context) =>
    reduce(name, materialize(only(args, lower), context), context) as Shaped;

const rows: Readonly<Record<OperationName, Row>> = {
  transpose: (args, lower, context) => {
    const inner = only(args, lower);
    const [, exponent] = args;
    return exponent && inner.axes.length === 0 && !inner.special
      ? scalar(rawPower(inner.body, exponent))
      : transpose(inner, context);
  },
  elementwise: (args, lower, context) =>
    spread(args.map(lower), (bodies) => rawMultiply(bodies), context, 'the elementwise product'),
  elementwise_divide: binary(
    (left, right) => rawMultiply([left, rawPower(right, minusOne)]),
    'the elementwise quotient',
  ),
  elementwise_power: binary((left, right) => rawPower(left, right), 'the elementwise power'),
  inverse: (args, lower, context) => inverse(only(args, lower), context),
  determinant: (args, lower, context) => determinant(only(args, lower), context),
  trace: (args, lower, context) => trace(materialize(only(args, lower), context), context),
  diagonal: (args, lower, context) => diagonal(only(args, lower), context),
  norm: reduction('norm'),
  norm1: reduction('norm1'),
  frobenius: reduction('fro'),
  identity: () => ({ axes: [], row: false, body: one, special: 'identity' }),
  ones: () => ({ axes: [], row: false, body: one, special: 'ones' }),
  entry: ([family, ...indices], lower, context) =>
    entryOf(materialize(lower(family as Formula), context), indices, context),
  list: (args, lower, context) => list(args.map(lower), context),
};

/** A surface operation with its arguments shaped by `lower`. */
export const shapedOperation = (
  formula: OperationFormula,
  lower: Lower,
  context: IndexingContext,
): Shaped => rows[formula.name](formula.args, lower, context);

/** Calls that are spelled like functions but are operations (`tr(A)`, `inv(A)`). */
export const operationOfCall: Readonly<Record<string, OperationName>> = {
  tr: 'trace',
  trace: 'trace',
  det: 'determinant',
  inv: 'inverse',
  diag: 'diagonal',
};
