/**
 * Works out core formulas on a tape, in a network and a world. Entries of definitions are nodes of
 * their own and are worked out once; derivatives are reverse sweeps through them.
 */
import type {
  Binder,
  BoundFormula,
  CasesFormula,
  Condition,
  DerivativeFormula,
  Formula,
  PowerFormula,
  SymbolFormula,
} from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import type { Definition, Network, Slot } from '../network/network.js';
import type { Adjoints } from './adjoints.js';
import { Branches } from './branches.js';
import { call } from './calls.js';
import { chainEntry } from './chain.js';
import { truth } from './conditions.js';
import { mayLieBehind } from './covered.js';
import { CyclicDefinition, entryKey, IndexOutOfRange, UnknownSize } from './errors.js';
import { applyFamily } from './families.js';
import { definitionsAt, definitionsOf, matchHead } from './heads.js';
import { indexValues, slotRange } from './indexing.js';
import { integer } from './integers.js';
import { bindIndex, bindingOf, type Parameter, type Scope, scopeOf } from './scope.js';
import { SharedSums } from './shared-sums.js';
import { type Node, Tape } from './tape.js';
import type { FamilyEntries, Working } from './working.js';
import type { World } from './world.js';

/** Entries worked out inside one another before the deepest is put on a list of its own. */
const DEEPEST_NESTING = 40;

/** Thrown inside to say which entry must be worked out first; never leaves the machine. */
class Needed {
  constructor(
    readonly family: string,
    readonly indices: readonly number[],
  ) {}
}

export class Machine implements Working {
  readonly tape = new Tape();
  readonly waves = new Map<string, Node>();
  readonly branches = new Branches(this.tape);
  /** Leaves with a number of their own, by their nodes. */
  readonly leaves = new Map<Node, { readonly name: string; readonly indices: readonly number[] }>();
  /** The smallest relative distance met between two compared numbers that are not equal. */
  closest = Number.POSITIVE_INFINITY;
  private readonly sums = new SharedSums();
  private readonly entries = new Map<string, Node>();
  private readonly open = new Set<string>();
  /** Whole formulas that were worked out, by the values of their letters. */
  private readonly worked = new WeakMap<Formula, Map<string, Node>>();
  /** Right sides that could not be worked out, behind entries whose value is given. */
  private readonly covers = new Map<
    Node,
    { readonly right: Formula; readonly scope: Scope; readonly size: string }
  >();
  /** Entries that only name another one (`Z_O = Z_o`), with the node they name. */
  private readonly aliases = new Map<Node, Node>();

  constructor(
    readonly network: Network,
    readonly world: World,
  ) {}

  /** The node of a core formula; its letters have the values of `indices`. */
  run(formula: Formula, indices: ReadonlyMap<string, number>): Node {
    const key = [...indices].join(';');
    const places = this.worked.get(formula) ?? new Map<string, Node>();
    const known = places.get(key);
    if (known !== undefined) return known;
    const node = this.settle(() => this.node(formula, scopeOf(indices)));
    places.set(key, node);
    this.worked.set(formula, places);
    return node;
  }

  /** Whether a condition holds. */
  test(condition: Condition, indices: ReadonlyMap<string, number>): boolean {
    return this.settle(() => this.tape.value(truth(this, condition, scopeOf(indices))) === 1);
  }

  /** A whole number such as a size. */
  count(formula: Formula, indices: ReadonlyMap<string, number>): number {
    return integer(formula, scopeOf(indices), this.world);
  }

  /** The node of an entry. */
  entryNode(name: string, indices: readonly number[]): Node {
    return this.settle(() => this.entry(name, indices));
  }

  /** Does the work, with entries that lie too deep worked out before; so no chain is too long. */
  private settle<T>(work: () => T): T {
    const waiting: Needed[] = [];
    const keys = new Set<string>();
    for (;;) {
      const next = waiting.at(-1);
      try {
        if (!next) return work();
        this.entry(next.family, next.indices);
        waiting.pop();
        keys.delete(entryKey(next.family, next.indices));
      } catch (problem) {
        if (!(problem instanceof Needed)) throw problem;
        const key = entryKey(problem.family, problem.indices);
        if (keys.has(key)) throw new CyclicDefinition(key);
        keys.add(key);
        waiting.push(problem);
      }
    }
  }

  node(formula: Formula, scope: Scope): Node {
    const { tape } = this;
    switch (formula.kind) {
      case 'number':
        return tape.constant(formula.value.valueOf());
      case 'constant':
        return tape.constant(formula.name === 'pi' ? Math.PI : Number.POSITIVE_INFINITY);
      case 'symbol':
        return this.symbol(formula, scope);
      case 'add':
        return tape.add(formula.terms.map((term) => this.node(term, scope)));
      case 'multiply': {
        let total = tape.one;
        for (const factor of formula.factors)
          total = tape.multiply(total, this.node(factor, scope));
        return total;
      }
      case 'power':
        return this.power(formula, scope);
      case 'call':
        return call(this, formula, scope);
      case 'sum':
      case 'product':
        return this.sums.node(formula, scope, () => this.bound(formula, scope));
      case 'delta':
        return integer(formula.left, scope, this.world) ===
          integer(formula.right, scope, this.world)
          ? tape.one
          : tape.zero;
      case 'indicator':
        return truth(this, formula.when, scope);
      case 'cases':
        return this.cases(formula, scope);
      case 'derivative':
        return this.derivative(formula, scope);
      case 'family':
        if (formula.name === 'chain') return chainEntry(this, formula, scope);
        return applyFamily(
          this,
          formula,
          this.familyEntries(formula.binders, formula.body, scope),
          formula.at.map((at) => integer(at, scope, this.world)),
        );
      default:
        throw new Unsupported(`a ${formula.kind} has no number of its own`, formula);
    }
  }

  private power(formula: PowerFormula, scope: Scope): Node {
    const base = this.node(formula.base, scope);
    this.branches.meet(formula, [[base, this.tape.zero]]);
    return this.tape.power(base, this.node(formula.exponent, scope));
  }

  private bound(formula: BoundFormula, scope: Scope): Node {
    const { tape } = this;
    const parts: Node[] = [];
    if (!formula.bounds) throw new Unsupported('a sum without a range has no number', formula);
    const binder = { index: formula.index, ...formula.bounds };
    this.each([binder], scope, (inside) => {
      for (const condition of formula.where)
        if (tape.value(truth(this, condition, inside)) !== 1) return;
      parts.push(this.node(formula.body, inside));
    });
    return formula.kind === 'sum'
      ? tape.add(parts)
      : parts.reduce((left, right) => tape.multiply(left, right), tape.one);
  }

  /** Visits all values of the binders; a later range may depend on an earlier letter. */
  private each(binders: readonly Binder[], scope: Scope, visit: (inside: Scope) => void): void {
    const [binder, ...rest] = binders;
    if (!binder) {
      visit(scope);
      return;
    }
    const lower = integer(binder.lower, scope, this.world);
    const upper = integer(binder.upper, scope, this.world);
    this.tape.require(upper - lower);
    for (let value = lower; value <= upper; value += 1)
      this.each(rest, bindIndex(scope, binder.index, value), visit);
  }

  familyEntries(binders: readonly Binder[], body: Formula, scope: Scope): FamilyEntries {
    const entries: { indices: readonly number[]; node: Node }[] = [];
    this.each(binders, scope, (inside) => {
      const indices = binders.map((binder) => bindingOf(inside, binder.index)?.index as number);
      entries.push({ indices, node: this.node(body, inside) });
    });
    return entries;
  }

  private symbol(formula: SymbolFormula, scope: Scope): Node {
    const bound = bindingOf(scope, formula.name);
    if (bound?.index !== undefined && formula.indices.length === 0)
      return this.tape.constant(bound.index);
    if (bound?.parameter) return this.parameterEntry(formula, bound.parameter, scope);
    const family = this.network.families.get(formula.name);
    if (!family && this.network.functions.has(formula.name))
      throw new Unsupported(`${formula.name} is a function, but stands without argument`, formula);
    if (family?.role !== 'quantity') {
      const indices = indexValues(this, formula.name, formula.indices, family?.slots ?? [], scope);
      const size = this.world.size(formula.name, indices);
      if (size !== undefined) return this.tape.constant(size);
      return this.entry(formula.name, indices);
    }
    return this.entry(
      formula.name,
      indexValues(this, formula.name, formula.indices, family.slots, scope),
    );
  }

  private parameterEntry(formula: SymbolFormula, parameter: Parameter, scope: Scope): Node {
    if (parameter.kind === 'number') return parameter.node;
    const indices = formula.indices.map((index) => integer(index, scope, this.world));
    const node = parameter.entries.get(indices.join(','));
    if (node === undefined)
      throw new IndexOutOfRange(formula.name, indices, 'the argument has no such entry');
    return node;
  }

  private entry(name: string, indices: readonly number[]): Node {
    const key = entryKey(name, indices);
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    if (this.open.has(key)) throw new CyclicDefinition(key);
    if (this.open.size >= DEEPEST_NESTING) throw new Needed(name, indices);
    this.open.add(key);
    try {
      const node = this.branches.outside(() => this.makeEntry(name, indices, key));
      this.entries.set(key, node);
      return node;
    } finally {
      this.open.delete(key);
    }
  }

  private makeEntry(name: string, indices: readonly number[], key: string): Node {
    const family = this.network.families.get(name);
    if (family && family.slots.length !== indices.length)
      throw new IndexOutOfRange(name, indices, `${name} has ${family.slots.length} indices`);
    const holds = (definition: Definition, scope: Scope) =>
      definition.where.every((part) => this.tape.value(truth(this, part, scope)) === 1);
    for (const definition of definitionsAt(this.network, name, indices)) {
      const match = matchHead(definition, indices, this.world, holds);
      if (!match) continue;
      const given = this.world.pinned(name, indices);
      const body =
        given === undefined
          ? this.node(definition.right, match.scope)
          : this.covered(definition, match.scope);
      const node = given === undefined ? this.tape.link(body) : this.tape.pinned(body, given);
      if (definition.right.kind === 'symbol') this.aliases.set(node, body);
      return node;
    }
    if (family) this.checkRange(name, indices, family.slots);
    if (family?.kind === 'defined')
      throw new IndexOutOfRange(name, indices, 'no definition gives it');
    return this.leaf(name, indices, key);
  }

  /**
   * The right side of an entry whose value is given. Over a size that nobody gave it cannot be worked
   * out, and need not be; what lies behind it has no derivative then.
   */
  private covered(definition: Definition, scope: Scope): Node {
    try {
      return this.node(definition.right, scope);
    } catch (problem) {
      if (!(problem instanceof UnknownSize)) throw problem;
      const cover = this.tape.leaf(Number.NaN);
      this.covers.set(cover, { right: definition.right, scope, size: problem.size });
      return cover;
    }
  }

  /** What hides a path from the adjoints to an entry, if anything does. */
  private hidden(by: Formula, adjoints: Adjoints, scope: Scope): string | undefined {
    if (by.kind !== 'symbol' || this.covers.size === 0) return undefined;
    const indices = by.indices.map((index) => integer(index, scope, this.world));
    const entry = { name: by.name, indices };
    for (const [cover, { right, scope: inside, size }] of this.covers)
      if (adjoints.has(cover) && mayLieBehind(entry, right, inside, this.network, this.world))
        return size;
    return undefined;
  }

  private checkRange(name: string, indices: readonly number[], slots: readonly Slot[]): void {
    for (let place = 0; place < slots.length; place += 1) {
      const range = slotRange(this, slots, indices, place);
      const value = indices[place] as number;
      if (range && (value < range.lower || value > range.upper))
        throw new IndexOutOfRange(
          name,
          indices,
          `index ${place + 1} goes from ${range.lower} to ${range.upper}`,
        );
    }
  }

  private leaf(name: string, indices: readonly number[], key: string): Node {
    const value = this.world.leaf(name, indices);
    if (value === undefined) return this.tape.absent(key);
    if (typeof value === 'number') {
      const node = this.tape.leaf(value);
      this.leaves.set(node, { name, indices });
      return node;
    }
    const node = this.node(value.tied, scopeOf(value.at));
    const missing = this.tape.missingFor(node);
    return missing === undefined
      ? this.tape.leaf(this.tape.value(node))
      : this.tape.absent(missing);
  }

  private cases(formula: CasesFormula, scope: Scope): Node {
    for (const branch of formula.branches) {
      const holds = truth(this, branch.when, scope);
      const missing = this.tape.missingFor(holds);
      if (missing !== undefined) return this.undecided(formula, missing, scope);
      if (Number.isNaN(this.tape.value(holds))) return holds;
      if (this.tape.value(holds) === 1) return this.node(branch.value, scope);
    }
    return formula.otherwise ? this.node(formula.otherwise, scope) : this.tape.constant(Number.NaN);
  }

  /** Cases whose condition is not known: any of the values may be meant. */
  private undecided(formula: CasesFormula, missing: string, scope: Scope): Node {
    const values = [
      ...formula.branches.map((branch) => branch.value),
      ...(formula.otherwise ? [formula.otherwise] : []),
    ];
    return this.tape.absentFrom(
      missing,
      values.map((value) => this.node(value, scope)),
    );
  }

  private derivative(formula: DerivativeFormula, scope: Scope): Node {
    const { tape } = this;
    const by = this.node(formula.by, scope);
    const of = this.node(formula.of, scope);
    if (!tape.canVary(by))
      throw new Unsupported('a derivative by something that cannot vary', formula.by);
    const cuts = new Map<Node, Node>();
    if (formula.of.kind === 'symbol') this.refuseFunction(formula.of, scope);
    if (formula.of.kind === 'symbol' && !bindingOf(scope, formula.of.name)) {
      const indices = formula.of.indices.map((index) => integer(index, scope, this.world));
      for (const cut of this.world.cuts(entryKey(formula.of.name, indices)))
        cuts.set(this.entry(cut.by, cut.indices), tape.constant(cut.value));
    }
    const adjoints = tape.sweep(of, cuts.size > 0 ? cuts : undefined);
    const hidden = this.hidden(formula.by, adjoints, scope);
    if (hidden !== undefined) return tape.absent(hidden);
    // Where nothing reaches an alias, what it names is meant.
    for (let at: Node | undefined = by; at !== undefined; at = this.aliases.get(at)) {
      const adjoint = adjoints.get(at);
      if (adjoint !== undefined) return adjoint;
    }
    // Nothing defines what is differentiated, only some of its derivatives are given.
    const opaque = cuts.size > 0 && by !== of && tape.inputsOf(of).length === 0;
    return opaque ? tape.absent('a derivative above those given') : tape.zero;
  }

  /** A function nobody called has no derivative by anything; 0 would be an invention. */
  private refuseFunction(of: SymbolFormula, scope: Scope): void {
    if (bindingOf(scope, of.name) || definitionsOf(this.network, of.name).length > 0) return;
    if (this.network.functions.has(of.name))
      throw new Unsupported(`${of.name} is a function, but stands without argument`, of);
  }

  /** Takes down how close two compared numbers were. */
  note(distance: number): void {
    if (distance > 0 && distance < this.closest) this.closest = distance;
  }
}
