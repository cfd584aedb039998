/** Sums over whole families, means, norms: reductions to a number. */
import {
  call,
  type Formula,
  minusOne,
  number,
  one,
  rawAdd,
  rawMultiply,
  rawPower,
  sum,
  symbol,
} from '../../expression/formula.js';
import type { IndexingContext } from './context.js';
import { type Shaped, scalar, withAxes } from './shaped.js';

/** The sum of an expression over all axes of a family. */
export function sumOver(axes: readonly string[], body: Formula): Formula {
  return axes.reduceRight((inner, axis) => sum(axis, undefined, inner), body);
}

/** The same family with new axis variables, so that it can stand twice in one formula. */
export const copyOf = (shaped: Shaped, context: IndexingContext): Shaped =>
  withAxes(
    shaped,
    shaped.axes.map((axis) => context.make(axis)),
    context,
  );

/** The number of entries, as sums of ones that become sizes when the ranges are known. */
function entryCount(shaped: Shaped, context: IndexingContext): Formula {
  const counts = shaped.axes.map((axis) => {
    const counter = context.make(axis);
    context.counters.add(counter);
    context.ties.push([counter, axis]);
    return sum(counter, undefined, one);
  });
  return rawMultiply(counts);
}

const square = (body: Formula): Formula => rawPower(body, number(2));

function mean(shaped: Shaped, context: IndexingContext): Formula {
  return rawMultiply([
    rawPower(entryCount(shaped, context), minusOne),
    sumOver(shaped.axes, shaped.body),
  ]);
}

/** The population variance: `1/n sum (x_i - mean)^2`. */
function variance(shaped: Shaped, context: IndexingContext): Formula {
  const centre = mean(copyOf(shaped, context), context);
  const deviation = square(rawAdd([shaped.body, rawMultiply([minusOne, centre])]));
  return mean({ ...shaped, body: deviation }, context);
}

/** Reductions by name: each takes the entries of a family to one number. */
const reductions: Readonly<Record<string, (shaped: Shaped, context: IndexingContext) => Formula>> =
  {
    sum: (shaped) => sumOver(shaped.axes, shaped.body),
    mean,
    var: variance,
    std: (shaped, context) => call('sqrt', [variance(shaped, context)]),
    norm: (shaped) =>
      shaped.axes.length === 0
        ? call('abs', [shaped.body])
        : call('sqrt', [sumOver(shaped.axes, square(shaped.body))]),
    fro: (shaped) => call('sqrt', [sumOver(shaped.axes, square(shaped.body))]),
    norm1: (shaped) => sumOver(shaped.axes, call('abs', [shaped.body])),
  };

/** A reduction by name, or `undefined` if there is none of that name. */
export function reduce(name: string, shaped: Shaped, context: IndexingContext): Shaped | undefined {
  const reduction = reductions[name];
  return reduction ? scalar(reduction(shaped, context)) : undefined;
}

/** `norm(x)^2` without its root. */
export const squaredNorm = (shaped: Shaped): Shaped =>
  scalar(sumOver(shaped.axes, square(shaped.body)));

/** The trace of a matrix. */
export function trace(shaped: Shaped, context: IndexingContext): Shaped {
  const [row, column] = shaped.axes;
  if (shaped.axes.length !== 2 || row === undefined || column === undefined)
    throw context.clash('The trace needs a matrix.');
  return scalar(sumOver([row], withAxes(shaped, [row, row], context).body));
}

/** A symbol for a variable made here. */
export const at = (variable: string): Formula => symbol(variable);
