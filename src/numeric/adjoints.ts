/**
 * The adjoints of the nodes of a tape, worked out from the latest node down and only as far as they
 * are asked for: what is made of a node stands after it, so `df/dz` needs nothing before `z`.
 */
import { LatestFirst } from './latest-first.js';

type Node = number;

/** What is needed of a tape. */
interface Swept {
  readonly zero: Node;
  readonly one: Node;
  add(terms: readonly Node[]): Node;
  multiply(left: Node, right: Node): Node;
  canVary(node: Node): boolean;
  inputsOf(node: Node): readonly Node[];
  slope(node: Node, position: number): Node | undefined;
}

export class Adjoints {
  private readonly waiting: LatestFirst;
  private readonly collected: Map<Node, Node[]>;
  private readonly known = new Map<Node, Node>();

  /** @param cuts nodes whose adjoint is the given node, whatever lies behind them */
  constructor(
    private readonly tape: Swept,
    of: Node,
    private readonly cuts: ReadonlyMap<Node, Node> = new Map(),
  ) {
    this.waiting = new LatestFirst([of, ...cuts.keys()]);
    this.collected = new Map([[of, [tape.one]]]);
  }

  /** The adjoint of a node; `undefined` for one that is not on the way. */
  get(node: Node): Node | undefined {
    for (let next = this.waiting.greatest(); next !== undefined && next >= node; ) {
      this.pass(next);
      this.waiting.take();
      next = this.waiting.greatest();
    }
    return this.known.get(node);
  }

  /** Whether the node is on the way. */
  has(node: Node): boolean {
    return this.get(node) !== undefined;
  }

  /** Hands the adjoint of a node on to what it is made of. */
  private pass(node: Node): void {
    const { tape, collected } = this;
    const adjoint = this.cuts.get(node) ?? tape.add(collected.get(node) ?? []);
    this.known.set(node, adjoint);
    collected.delete(node);
    const inputs = tape.inputsOf(node);
    for (let position = 0; position < inputs.length; position += 1) {
      const input = inputs[position] as Node;
      if (!tape.canVary(input)) continue;
      this.waiting.put(input);
      if (adjoint === tape.zero) continue;
      const slope = tape.slope(node, position);
      if (slope === undefined) continue;
      const part = tape.multiply(adjoint, slope);
      const parts = collected.get(input);
      if (parts) parts.push(part);
      else collected.set(input, [part]);
    }
  }
}
