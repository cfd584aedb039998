/**
 * Classes of slots of one size: a union-find in which a size may be a function of one earlier index.
 * `z^l_j = sum_k w^l_jk a^(l-1)_k` says `w/2 (l) = a/1 (l - 1)`: linked with an offset. An index
 * that occurs on one side of such an equation only does not matter to the size on that side.
 */
import type { Formula } from '../../expression/formula.js';
import { shiftedOf } from '../affine.js';
import type { SlotTerm, Unit } from './uses.js';

/** Two terms of equal size in a unit. */
export interface Equation {
  readonly left: SlotTerm;
  readonly right: SlotTerm;
  readonly unit: Unit;
}

/** A node's class: `node(x) = class(x + offset)`; the offset is of no use where `fixed`. */
export interface Membership {
  readonly root: string;
  readonly offset: number;
}

interface Node {
  parent: string;
  offset: number;
}

export class SlotClasses {
  readonly #nodes = new Map<string, Node>();
  /** Argument positions that do not matter, `node#position`. */
  readonly #idle = new Set<string>();
  /** Roots whose size does not depend on any index. */
  readonly #fixed = new Set<string>();
  readonly #arity = new Map<string, number>();

  /** Makes a node known, with its number of possible arguments. */
  know(term: SlotTerm): void {
    if (!this.#nodes.has(term.node)) this.#nodes.set(term.node, { parent: term.node, offset: 0 });
    this.#arity.set(term.node, term.args.length);
  }

  nodes(): readonly string[] {
    return [...this.#nodes.keys()];
  }

  classOf(node: string): Membership {
    const entry = this.#nodes.get(node);
    if (!entry || entry.parent === node) return { root: node, offset: 0 };
    const above = this.classOf(entry.parent);
    return { root: above.root, offset: entry.offset + above.offset };
  }

  isFixed(node: string): boolean {
    const { root } = this.classOf(node);
    return this.#fixed.has(root) || this.argument(node) === undefined;
  }

  /** The argument position on which a node's size depends, if any: the first that matters. */
  argument(node: string): number | undefined {
    const arity = this.#arity.get(node) ?? 0;
    for (let place = 0; place < arity; place += 1)
      if (!this.#idle.has(`${node}#${place}`)) return place;
    return undefined;
  }

  /** The argument that matters, of a term. */
  argumentOf(term: SlotTerm): Formula | undefined {
    const place = this.argument(term.node);
    return place === undefined || this.isFixed(term.node) ? undefined : term.args[place];
  }

  /** Takes in all equations; those at single points (`h^(0) = x`) are handed back. */
  unite(equations: readonly Equation[]): readonly Equation[] {
    this.#findIdle(equations);
    let points = equations;
    // Each pass makes at least one more node fixed or is the last.
    for (let pass = 0; pass <= this.#nodes.size; pass += 1) {
      const before = this.#fixed.size;
      const rest = points.filter((equation) => !this.#link(equation));
      if (rest.length === points.length && this.#fixed.size === before) return rest;
      points = rest;
    }
    return points;
  }

  /**
   * Joins classes that are only ever met at written layers (`W_1`, `W_2`) to those that they meet,
   * if all meetings are the same number of layers apart, and classes that meet at equal layers
   * (`a^(1) = f(z^(1))`); hands back the other equations.
   */
  join(
    points: readonly Equation[],
    uses: readonly (SlotTerm & { unit: Unit })[],
  ): readonly Equation[] {
    let rest = points;
    // Each pass joins two classes or is the last.
    for (let pass = 0; pass <= this.#nodes.size; pass += 1) {
      const onlyPoints = (root: string): boolean =>
        uses.every((use) => {
          if (this.classOf(use.node).root !== root) return true;
          const argument = this.argumentOf(use);
          return argument?.kind === 'number';
        });
      const found = rest.find((equation) => {
        const shift = apart(equation, this);
        return (
          shift !== undefined &&
          (shiftOf(equation, this) === 0 ||
            onlyPoints(this.classOf(equation.left.node).root) ||
            onlyPoints(this.classOf(equation.right.node).root)) &&
          rest.every((other) => !this.#samePair(equation, other) || apart(other, this) === shift)
        );
      });
      if (!found) return rest;
      const [a, b] = [this.classOf(found.left.node), this.classOf(found.right.node)];
      if (a.root === b.root) return rest;
      this.#join(found.left.node, found.right.node, shiftOf(found, this) as number);
      rest = rest.filter(
        (other) => this.classOf(other.left.node).root !== this.classOf(other.right.node).root,
      );
    }
    return rest;
  }

  #samePair(first: Equation, second: Equation): boolean {
    const roots = ({ left, right }: Equation): string =>
      [this.classOf(left.node).root, this.classOf(right.node).root].sort().join('|');
    return roots(first) === roots(second);
  }

  #findIdle(equations: readonly Equation[]): void {
    for (let changed = true; changed; ) {
      changed = false;
      const idle = (node: string, place: number): void => {
        const key = `${node}#${place}`;
        if (this.#idle.has(key)) return;
        this.#idle.add(key);
        changed = true;
      };
      for (const { left, right, unit } of equations) {
        const variables = (term: SlotTerm) =>
          term.args.map((arg) => shiftedOf(arg, (name) => unit.variables.has(name))?.variable);
        const [a, b] = [variables(left), variables(right)];
        const compare = (
          term: SlotTerm,
          mine: readonly (string | undefined)[],
          other: SlotTerm,
          theirs: readonly (string | undefined)[],
        ): void =>
          mine.forEach((variable, place) => {
            if (variable === undefined) return;
            const matches = theirs.flatMap((name, at) => (name === variable ? [at] : []));
            const alive = matches.some((at) => !this.#idle.has(`${other.node}#${at}`));
            if (!alive) idle(term.node, place);
          });
        compare(left, a, right, b);
        compare(right, b, left, a);
      }
    }
  }

  /** Joins the two sides where they are equal for all values; tells whether it could. */
  #link({ left, right, unit }: Equation): boolean {
    const isVariable = (name: string): boolean => unit.variables.has(name);
    const a = this.argumentOf(left);
    const b = this.argumentOf(right);
    if (a === undefined && b === undefined) {
      this.#join(left.node, right.node, 0);
      return true;
    }
    if (a === undefined || b === undefined) {
      const open = shiftedOf((a ?? b) as Formula, isVariable);
      if (!open) return false;
      // A size that depends on nothing on one side depends on nothing on the other.
      this.#fixed.add(this.classOf((a === undefined ? right : left).node).root);
      this.#join(left.node, right.node, 0);
      return true;
    }
    const s = shiftedOf(a, isVariable);
    const t = shiftedOf(b, isVariable);
    if (!s || !t || s.variable !== t.variable) return false;
    this.#join(left.node, right.node, s.offset - t.offset);
    return true;
  }

  /** States `right(x) = left(x + shift)`. */
  #join(left: string, right: string, shift: number): void {
    const a = this.classOf(left);
    const b = this.classOf(right);
    if (a.root === b.root) {
      if (a.offset + shift !== b.offset && this.argument(left) !== undefined)
        this.#fixed.add(a.root);
      return;
    }
    const fixed =
      this.#fixed.has(a.root) ||
      this.#fixed.has(b.root) ||
      this.argument(left) === undefined ||
      this.argument(right) === undefined;
    // right(x) = left(x + shift) = A(x + shift + a); right(x) = B(x + b); so B(y) = A(y + shift + a - b).
    this.#nodes.set(b.root, { parent: a.root, offset: shift + a.offset - b.offset });
    if (fixed) this.#fixed.add(a.root);
  }
}

/** The same, between the two classes, whichever side each stands on. */
function apart(equation: Equation, classes: SlotClasses): number | undefined {
  const shift = shiftOf(equation, classes);
  if (shift === undefined) return undefined;
  const [a, b] = [classes.classOf(equation.left.node), classes.classOf(equation.right.node)];
  const between = shift + a.offset - b.offset;
  return a.root < b.root ? between : -between;
}

/** How many layers apart the two sides of an equation at written layers are. */
function shiftOf({ left, right }: Equation, classes: SlotClasses): number | undefined {
  const [a, b] = [classes.argumentOf(left), classes.argumentOf(right)];
  return a?.kind === 'number' && b?.kind === 'number' ? a.value.sub(b.value).valueOf() : undefined;
}
