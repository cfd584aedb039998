/** What the letters bound around a formula stand for: index values, and parameters of functions. */
import type { Node } from './tape.js';

/** A parameter of a defined function: one number, or a family with the node of each entry. */
export type Parameter =
  | { readonly kind: 'number'; readonly node: Node }
  | { readonly kind: 'family'; readonly entries: ReadonlyMap<string, Node> };

/** A linked list, the innermost letter first; `undefined` binds nothing. */
export type Scope =
  | {
      readonly name: string;
      readonly index: number | undefined;
      readonly parameter: Parameter | undefined;
      readonly outer: Scope;
    }
  | undefined;

export const bindIndex = (outer: Scope, name: string, index: number): Scope => ({
  name,
  index,
  parameter: undefined,
  outer,
});

export const bindParameter = (outer: Scope, name: string, parameter: Parameter): Scope => ({
  name,
  index: undefined,
  parameter,
  outer,
});

/** The innermost binding of a letter. */
export function bindingOf(scope: Scope, name: string): Scope {
  for (let here = scope; here; here = here.outer) if (here.name === name) return here;
  return undefined;
}

/** A scope with these index values. */
export function scopeOf(indices: ReadonlyMap<string, number>): Scope {
  let scope: Scope;
  for (const [name, value] of indices) scope = bindIndex(scope, name, value);
  return scope;
}
