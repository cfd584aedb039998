/** Sums and products as programming languages write them, with the brackets that are needed. */
import type { Expression } from './program.js';

type Binary = Extract<Expression, { kind: 'binary' }>;

const levels: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2 };

/** Whether a part is a number below zero, or minus something. */
const isNegated = (part: Expression): part is Binary =>
  part.kind === 'binary' &&
  part.operator === '*' &&
  part.left.kind === 'number' &&
  part.left.value === -1;

/** A sum, difference, product or quotient; the order of evaluation stays. */
export function infix(part: Binary, write: (inner: Expression) => string): string {
  const { operator, left, right } = part;
  const own = levels[operator] as number;
  const level = (inner: Expression): number =>
    inner.kind === 'binary' ? (levels[inner.operator] ?? 3) : 3;
  const first = level(left) < own ? `(${write(left)})` : write(left);
  const after = (inner: Expression): string =>
    level(inner) <= own ? `(${write(inner)})` : write(inner);
  if (operator === '+') {
    if (right.kind === 'number' && right.value < 0) return `${first} - ${-right.value}`;
    if (isNegated(right)) return `${first} - ${after(right.right)}`;
  }
  if (isNegated(part)) return `-${after(right)}`;
  return `${first} ${operator} ${after(right)}`;
}
