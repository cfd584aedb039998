/** Products by juxtaposition: the shapes decide which product is meant. */
import { rawMultiply } from '../../expression/formula.js';
import type { IndexingContext } from './context.js';
import { materialize } from './operands.js';
import { contract, describe, matrix, type Shaped, scalar, vector } from './shaped.js';

/** The product of factors from left to right; numbers commute with everything. */
export function productOf(factors: readonly Shaped[], context: IndexingContext): Shaped {
  const numbers = factors.filter((factor) => factor.axes.length === 0 && !factor.special);
  const families = factors.filter((factor) => factor.axes.length > 0 || factor.special);
  if (families.length === 0) return scalar(rawMultiply(factors.map((factor) => factor.body)));
  const [first, ...others] = families as [Shaped, ...Shaped[]];
  const onlySpecial = families.every((factor) => factor.special === 'ones');
  const product = others.reduce(
    (left, right) => timesFamily(left, right, context),
    others.length === 0 && !onlySpecial && numbers.length > 0 ? materialize(first, context) : first,
  );
  if (numbers.length === 0) return product;
  const family = materialize(product, context);
  // Numbers keep the side of the families on which they were written.
  const place = factors.findIndex((factor) => factor.axes.length > 0 || factor.special);
  const before = numbers.filter((factor) => factors.indexOf(factor) < place);
  const after = numbers.filter((factor) => factors.indexOf(factor) > place);
  const body = rawMultiply([
    ...before.map((factor) => factor.body),
    family.body,
    ...after.map((factor) => factor.body),
  ]);
  return { axes: family.axes, row: family.row, body };
}

function timesFamily(first: Shaped, second: Shaped, context: IndexingContext): Shaped {
  if (first.special === 'identity' && second.special !== 'ones') return second;
  if (second.special === 'identity' && first.axes.length > 0) return first;
  const left = materialize(first, context);
  const right = materialize(second, context);
  if (left.axes.length === 0 || right.axes.length === 0)
    return {
      axes: [...left.axes, ...right.axes],
      row: left.row || right.row,
      body: rawMultiply([left.body, right.body]),
    };
  const [a0, a1] = left.axes as [string, string | undefined];
  const [b0, b1] = right.axes as [string, string | undefined];
  if (left.axes.length === 2 && right.axes.length === 2)
    return matrix(a0, b1 as string, contract(left.body, a1 as string, right.body, b0, context));
  if (left.axes.length === 2 && right.axes.length === 1 && !right.row)
    return vector(a0, contract(left.body, a1 as string, right.body, b0, context), false);
  if (left.axes.length === 1 && left.row && right.axes.length === 2)
    return vector(b1 as string, contract(left.body, a0, right.body, b0, context), true);
  if (left.axes.length === 1 && right.axes.length === 1) {
    if (left.row && !right.row) return scalar(contract(left.body, a0, right.body, b0, context));
    if (!left.row && right.row) return matrix(a0, b0, rawMultiply([left.body, right.body]));
  }
  throw context.clash(
    `There is no product of ${describe(left, context)} and ${describe(right, context)}: ` +
      advice(left, right),
  );
}

function advice(left: Shaped, right: Shaped): string {
  if (left.axes.length === 1 && right.axes.length === 1)
    return 'write v^T w for the number, v w^T for the matrix, v .* w for the elementwise product.';
  if (left.axes.length === 1 && right.axes.length === 2)
    return 'a vector left of a matrix must be transposed, or the matrix must come first.';
  if (left.axes.length === 2 && right.axes.length === 1)
    return 'the vector on the right of a matrix must be a column.';
  return 'write it with indices.';
}
