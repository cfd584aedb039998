/**
 * A tape of numbers: each node knows its value and what it was made of. The reverse sweep writes
 * the adjoints as further nodes on the same tape, so they can be differentiated again.
 */
import { Adjoints } from './adjoints.js';

/** A place on the tape. */
export type Node = number;

/** How a node depends on its inputs. */
export interface Operation {
  readonly name: string;
  /** The derivative of the node by its input number `input`; `undefined` where it is zero. */
  readonly slope: (tape: Tape, self: Node, input: number) => Node | undefined;
}

const nothing = (): undefined => undefined;
const CONSTANT: Operation = { name: 'constant', slope: nothing };
const LEAF: Operation = { name: 'leaf', slope: nothing };
const LINK: Operation = { name: 'link', slope: (tape) => tape.one };
const ADD: Operation = { name: 'add', slope: (tape) => tape.one };
const MULTIPLY: Operation = {
  name: 'multiply',
  slope: (tape, self, input) => tape.input(self, 1 - input),
};
const POWER: Operation = {
  name: 'power',
  slope: (tape, self, input) => {
    const base = tape.input(self, 0);
    const exponent = tape.input(self, 1);
    if (input === 1) return tape.multiply(self, tape.apply(LOG, Math.log, base));
    return tape.multiply(exponent, tape.power(base, tape.add([exponent, tape.constant(-1)])));
  },
};
const LOG: Operation = {
  name: 'log',
  slope: (tape, self) => tape.power(tape.input(self, 0), tape.constant(-1)),
};

/** Something that depends on its inputs in a way that nobody said. */
const unsaid = (what: string): Operation => ({
  name: 'unsaid',
  slope: (tape) => tape.absent(what),
});

/** Largest number of nodes of one tape; beyond it a formula is too large to be tried by numbers. */
const LARGEST_TAPE = 1_000_000;

/** A term this small beside another leaves no trace in their sum. */
const ABSORBED = 1e-14;

/** Thrown when a formula needs more nodes than {@link LARGEST_TAPE}. */
export class TapeFull extends Error {
  override readonly name = 'TapeFull';

  constructor() {
    super(
      `more than ${LARGEST_TAPE} numbers would have to be worked out; choose smaller sizes, or leave them open`,
    );
  }
}

export class Tape {
  private readonly operations: Operation[] = [];
  private readonly inputs: (readonly Node[])[] = [];
  private readonly values: number[] = [];
  /** Nodes that depend on something that can be varied; others have no adjoint. */
  private readonly varies: boolean[] = [];
  /** What is missing for the value of a node, by node. */
  private readonly missing = new Map<Node, string>();
  private readonly constants = new Map<number, Node>();
  private readonly swept = new Map<Node, Adjoints>();

  /** Whether some sum took in a term too small to be seen beside the others. */
  absorbed = false;

  readonly zero = this.constant(0);
  readonly one = this.constant(1);

  get length(): number {
    return this.values.length;
  }

  value(node: Node): number {
    return this.values[node] as number;
  }

  /** The input of a node by its position. */
  input(node: Node, position: number): Node {
    return (this.inputs[node] as readonly Node[])[position] as Node;
  }

  /** The name of what made a node. */
  operationOf(node: Node): string {
    return (this.operations[node] as Operation).name;
  }

  inputsOf(node: Node): readonly Node[] {
    return this.inputs[node] as readonly Node[];
  }

  /** One of the things that are missing for the value of this node. */
  missingFor(node: Node): string | undefined {
    return this.missing.get(node);
  }

  /** All that is missing for the value of this node, each once. */
  allMissingFor(node: Node): readonly string[] {
    if (!this.missing.has(node)) return [];
    const names = new Set<string>();
    const seen = new Set<Node>([node]);
    const open = [node];
    for (let part = open.pop(); part !== undefined; part = open.pop()) {
      const inputs = this.inputsOf(part);
      if (inputs.length === 0) names.add(this.missing.get(part) as string);
      for (const input of inputs)
        if (this.missing.has(input) && !seen.has(input)) {
          seen.add(input);
          open.push(input);
        }
    }
    return [...names].reverse();
  }

  /** Whether a node can have an adjoint. */
  canVary(node: Node): boolean {
    return this.varies[node] as boolean;
  }

  /** A number that nothing varies. */
  constant(value: number): Node {
    const known = this.constants.get(value);
    if (known !== undefined) return known;
    const node = this.push(CONSTANT, [], value, false);
    if (!Object.is(value, -0)) this.constants.set(value, node);
    return node;
  }

  /** A number that can be varied. */
  leaf(value: number): Node {
    return this.push(LEAF, [], value, true);
  }

  /** A number that nobody gave; all that needs it is missing too. */
  absent(what: string): Node {
    const node = this.push(LEAF, [], Number.NaN, true);
    this.missing.set(node, what);
    return node;
  }

  /**
   * A number that nobody gave and that depends on these: derivatives through it are missing too,
   * they are not zero.
   */
  absentFrom(what: string, inputs: readonly Node[]): Node {
    const node = this.push(unsaid(what), inputs, Number.NaN, true);
    this.missing.set(node, what);
    return node;
  }

  /** A node of its own with the same value, so that derivatives can be taken by it. */
  link(node: Node): Node {
    const self = this.push(LINK, [node], this.value(node), true);
    this.inherit(self, [node]);
    return self;
  }

  /** A node of its own with a value given for it; it keeps its dependence on what defines it. */
  pinned(node: Node, value: number): Node {
    if (this.missing.has(node)) {
      // The slope of `tanh` and the like is written in the output, which is known now.
      this.values[node] = value;
      this.missing.delete(node);
    }
    return this.push(LINK, [node], value, true);
  }

  add(terms: readonly Node[]): Node {
    const kept = terms.filter((term) => term !== this.zero);
    if (kept.length === 0) return this.zero;
    if (kept.length === 1) return kept[0] as Node;
    let total = 0;
    let most = 0;
    let least = Number.POSITIVE_INFINITY;
    for (const term of kept) {
      const value = this.value(term);
      total += value;
      const size = Math.abs(value);
      if (size > most) most = size;
      if (size < least && size > 0) least = size;
    }
    if (least < ABSORBED * most) this.absorbed = true;
    return this.made(ADD, kept, total);
  }

  multiply(left: Node, right: Node): Node {
    if (left === this.zero || right === this.zero) {
      const other = left === this.zero ? right : left;
      // Nothing times a number that there is not (`0/0`) is no number either.
      const isNumber = this.varies[other] || Number.isFinite(this.value(other));
      return isNumber || this.missing.has(other) ? this.zero : this.constant(Number.NaN);
    }
    if (left === this.one) return right;
    if (right === this.one) return left;
    return this.made(MULTIPLY, [left, right], this.value(left) * this.value(right));
  }

  negate(node: Node): Node {
    return this.multiply(this.constant(-1), node);
  }

  divide(left: Node, right: Node): Node {
    return this.multiply(left, this.power(right, this.constant(-1)));
  }

  /** A real power; not a number where the base is negative and the exponent not whole. */
  power(base: Node, exponent: Node): Node {
    if (exponent === this.one) return base;
    if (exponent === this.zero) return this.one;
    const value = this.value(base) ** this.value(exponent);
    // No power of a number is 0: it fell below the least double, and nothing can be told from it.
    const isLost = value === 0 && this.value(base) !== 0 && Number.isFinite(this.value(base));
    return this.made(POWER, [base, exponent], isLost ? Number.NaN : value);
  }

  /** A function of one node. */
  apply(operation: Operation, value: (u: number) => number, node: Node): Node {
    return this.made(operation, [node], value(this.value(node)));
  }

  /** A node with a value worked out by the caller. */
  made(operation: Operation, inputs: readonly Node[], value: number): Node {
    const varies = inputs.some((input) => this.varies[input]);
    const missing = inputs.some((input) => this.missing.has(input));
    if (!varies && !missing) return this.constant(value);
    const self = this.push(operation, inputs, value, varies);
    this.inherit(self, inputs);
    return self;
  }

  /** The derivative of a node by one of its inputs; `undefined` where it is zero. */
  slope(node: Node, position: number): Node | undefined {
    return (this.operations[node] as Operation).slope(this, node, position);
  }

  /**
   * The adjoints of the nodes that `of` depends on, as nodes. At the nodes of `cuts` the adjoint is
   * the given node, whatever lies behind it.
   */
  sweep(of: Node, cuts?: ReadonlyMap<Node, Node>): Adjoints {
    const known = cuts ? undefined : this.swept.get(of);
    if (known) return known;
    const adjoints = new Adjoints(this, of, cuts);
    if (!cuts) this.swept.set(of, adjoints);
    return adjoints;
  }

  /** That so many more numbers have room: an endless range is refused before it is walked through. */
  require(count: number): void {
    if (this.values.length + count > LARGEST_TAPE) throw new TapeFull();
  }

  private inherit(self: Node, inputs: readonly Node[]): void {
    for (const input of inputs) {
      const missing = this.missing.get(input);
      if (missing !== undefined) this.missing.set(self, missing);
    }
  }

  private push(
    operation: Operation,
    inputs: readonly Node[],
    value: number,
    varies: boolean,
  ): Node {
    if (this.values.length >= LARGEST_TAPE) throw new TapeFull();
    this.operations.push(operation);
    this.inputs.push(inputs);
    this.values.push(value);
    this.varies.push(varies);
    return this.values.length - 1;
  }
}
