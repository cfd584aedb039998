/** Functions applied: elementwise, of a whole family, or written out. */
import {
  array,
  type Binder,
  type CallFormula,
  call,
  type FamilyFunctionName,
  type Formula,
  family,
  operation,
  rawMultiply,
  symbol,
  whole,
} from '../../expression/formula.js';
import { functionTable } from '../../expression/functions.js';
import { Unsupported } from '../../expression/unsupported.js';
import { freeNames, renameBound, rewriteUp } from '../../expression/walk.js';
import type { IndexingContext } from './context.js';
import { copyOf, reduce } from './counts.js';
import { entryOf } from './names.js';
import { materialize } from './operands.js';
import { describe, matrix, type Shaped, scalar, withAxes } from './shaped.js';
import { spread } from './spread.js';

/** A range nobody wrote yet; the sizes fill it in. */
export const openBinder = (index: string): Binder => ({ index, lower: whole, upper: whole });

/** The surface formula that a call of a defined function stands for. */
export function inlined(
  parameters: readonly string[],
  body: Formula,
  args: readonly Formula[],
): Formula {
  // The index of a sum in the body is another one than the same letter outside.
  const taken = new Set([...parameters, ...args.flatMap((argument) => [...freeNames(argument)])]);
  const apart = rewriteUp(body, (part) =>
    part.kind === 'sum' || part.kind === 'product' ? renameBound(part, taken) : part,
  );
  return rewriteUp(apart, (part) => {
    if (part.kind !== 'symbol') return part;
    const place = parameters.indexOf(part.name);
    const argument = args[place];
    if (place < 0 || argument === undefined) return part;
    if (part.indices.length === 0) return argument;
    return argument.kind === 'symbol'
      ? symbol(argument.name, [
          ...argument.indices.filter((index) => index.kind !== 'whole'),
          ...part.indices,
        ])
      : operation('entry', argument, ...part.indices);
  });
}

type Lower = (formula: Formula) => Shaped;

/** A call with its arguments shaped by `lower`. */
export function shapedCall(formula: CallFormula, lower: Lower, context: IndexingContext): Shaped {
  const { bodies, manners } = context.vocabulary;
  const defined = bodies.get(formula.name);
  if (defined && !defined.stands && formula.slots.length === 0)
    return lower(inlined(defined.parameters, defined.body, formula.args));
  const args = formula.args.map(lower);
  if (formula.name === 'kron' || formula.name === 'vec') return stacked(formula, args, context);
  const known = functionTable.has(formula.name);
  if (formula.args.length === 1 && args[0]) {
    const result = ofFamily(formula, args[0], context);
    if (result) return result;
  }
  const families = args.some((argument) => argument.axes.length > 0 || argument.special);
  const manner = known || defined ? 'elementwise' : (manners.get(formula.name) ?? 'whole');
  if (families && manner === 'whole') return wholeCall(formula, args, context);
  return spread(
    args,
    (bodiesOfArgs) =>
      call(formula.name, bodiesOfArgs, { indices: formula.indices, slots: formula.slots }),
    context,
    `the arguments of ${formula.name}`,
  );
}

/**
 * `u (x) v` of two vectors is their outer product; what stacks columns has entries that no index of
 * a factor tells.
 */
function stacked(formula: CallFormula, args: readonly Shaped[], context: IndexingContext): Shaped {
  const [left, right] = args;
  if (formula.name === 'kron' && left && right && args.length === 2) {
    if (left.axes.length === 1 && right.axes.length === 1) {
      const other = left.axes[0] === right.axes[0] ? copyOf(right, context) : right;
      const [row, column] = [...left.axes, ...other.axes] as [string, string];
      return matrix(row, column, rawMultiply([left.body, other.body]));
    }
    if (left.axes.length === 0 || right.axes.length === 0)
      return spread(args, (bodies) => rawMultiply(bodies), context, 'the factors of a product');
  }
  throw new Unsupported(
    `${formula.name}(...) of a matrix is not worked out by its entries; an equation between columns is, such as vec(A X B) = kron(B^T, A) vec(X)`,
    formula,
  );
}

/** An abstract function of whole families: each becomes an array; a bare prime is its gradient. */
function wholeCall(
  formula: CallFormula,
  args: readonly Shaped[],
  context: IndexingContext,
): Shaped {
  const axes: string[] = [];
  let row = false;
  const slots = formula.slots.map((slot) => {
    const argument = args[slot.argument];
    if (slot.at.length > 0 || !argument || argument.axes.length === 0) return slot;
    const open = copyOf(argument, context).axes;
    argument.axes.forEach((axis, place) => {
      context.ties.push([axis, open[place] ?? axis]);
    });
    axes.push(...open);
    row = argument.row;
    return { argument: slot.argument, at: open.map((axis) => symbol(axis)) };
  });
  const bodies = args.map((argument) => {
    const standing = materialize(argument, context);
    return standing.axes.length === 0
      ? standing.body
      : array(standing.axes.map(openBinder), standing.body);
  });
  return { axes, row, body: call(formula.name, bodies, { indices: formula.indices, slots }) };
}

const entrywise: ReadonlySet<string> = new Set(['softmax', 'log_softmax']);
const reducing: ReadonlySet<string> = new Set(['logsumexp', 'max', 'min']);

/** Functions of one whole family; `undefined` if the call is none of them. */
function ofFamily(
  formula: CallFormula,
  argument: Shaped,
  context: IndexingContext,
): Shaped | undefined {
  const { name } = formula;
  if (entrywise.has(name) || name === 'logsumexp') {
    const result = alongVectors(name as FamilyFunctionName, argument, context);
    return formula.indices.length > 0 ? entryOf(result, formula.indices, context) : result;
  }
  if (reducing.has(name) && argument.axes.length > 0)
    return scalar(
      family(name as FamilyFunctionName, argument.axes.map(openBinder), argument.body, []),
    );
  if (functionTable.has(name)) return undefined;
  return reduce(name, argument, context);
}

/** Softmax and its kin act on a vector, or on each row (by convention each column) of a matrix. */
function alongVectors(
  name: FamilyFunctionName,
  argument: Shaped,
  context: IndexingContext,
): Shaped {
  if (argument.axes.length === 0 || argument.axes.length > 2)
    throw context.clash(
      `${name} needs a vector or a matrix, but its argument is ${describe(argument, context)}; ` +
        `the entry of a softmax is written ${name}(z)_k.`,
    );
  const columns = argument.axes.length === 2 && context.conventions.softmaxOver === 'columns';
  const place = columns ? 0 : argument.axes.length - 1;
  const axis = argument.axes[place] as string;
  const bound = context.make();
  const inside = withAxes(
    argument,
    argument.axes.map((other, at) => (at === place ? bound : other)),
    context,
  );
  const reducesAxis = name === 'logsumexp';
  if (!reducesAxis) context.ties.push([bound, axis]);
  const body = family(name, [openBinder(bound)], inside.body, reducesAxis ? [] : [symbol(axis)]);
  const axes = reducesAxis ? argument.axes.filter((_, at) => at !== place) : argument.axes;
  return { axes, row: axes.length === 1 && argument.row, body };
}
