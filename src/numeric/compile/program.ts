/**
 * What a compiled gradient does, before any language: loops over indices, numbers in flat arrays.
 * JavaScript, Python and the interpreter are written from this one tree.
 */

export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  /** A loop variable or a number worked out before. */
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'read'; readonly array: string; readonly at: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '!=' | '&' | '|';
      readonly left: Expression;
      readonly right: Expression;
    }
  /** A function by its row in the table of functions. */
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

export type Statement =
  | {
      readonly kind: 'for';
      readonly name: string;
      readonly lower: Expression;
      readonly upper: Expression;
      readonly body: readonly Statement[];
    }
  | {
      readonly kind: 'if';
      readonly when: Expression;
      readonly body: readonly Statement[];
      readonly otherwise: readonly Statement[];
    }
  /** `name = value`; `first` declares it. */
  | {
      readonly kind: 'let' | 'assign' | 'increase';
      readonly name: string;
      readonly value: Expression;
    }
  | {
      readonly kind: 'store' | 'accumulate';
      readonly array: string;
      readonly at: Expression;
      readonly value: Expression;
    };

/** One family as a flat array: the entry with the smallest indices first, the last index fastest. */
export interface ArrayShape {
  readonly array: string;
  readonly family: string;
  readonly role: 'value' | 'gradient';
  readonly length: number;
}

export interface Program {
  readonly arrays: readonly ArrayShape[];
  /** Arrays that start at zero in each call. */
  readonly cleared: readonly string[];
  readonly statements: readonly Statement[];
  readonly result: Expression;
}

export const constant = (value: number): Expression => ({ kind: 'number', value });
export const named = (name: string): Expression => ({ kind: 'name', name });
export const callOf = (name: string, ...args: readonly Expression[]): Expression => ({
  kind: 'call',
  name,
  args,
});

const isNumber = (part: Expression, value: number): boolean =>
  part.kind === 'number' && part.value === value;

type NumberExpression = Extract<Expression, { kind: 'number' }>;

const isInteger = (part: Expression): part is NumberExpression =>
  part.kind === 'number' && Number.isInteger(part.value);

export function plus(left: Expression, right: Expression): Expression {
  if (left.kind === 'number' && right.kind === 'number') return constant(left.value + right.value);
  if (isNumber(left, 0)) return right;
  if (isNumber(right, 0)) return left;
  if (left.kind === 'binary' && left.operator === '+' && isInteger(left.right) && isInteger(right))
    return plus(left.left, constant(left.right.value + right.value));
  return { kind: 'binary', operator: '+', left, right };
}

export function times(left: Expression, right: Expression): Expression {
  if (left.kind === 'number' && right.kind === 'number') return constant(left.value * right.value);
  if (isNumber(left, 1)) return right;
  if (isNumber(right, 1)) return left;
  return { kind: 'binary', operator: '*', left, right };
}

export const binary = (
  left: Expression,
  operator: Extract<Expression, { kind: 'binary' }>['operator'],
  right: Expression,
): Expression => ({ kind: 'binary', operator, left, right });
