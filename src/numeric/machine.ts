/**
 * Works out core formulas on a tape, in a network and a world. Entries of definitions are nodes of
 * their own and are worked out once; derivatives are reverse sweeps through them.
 */
import type {
  ArrayFormula,
  Binder,
  CallFormula,
  CasesFormula,
  Condition,
  DerivativeFormula,
  Formula,
  SymbolFormula,
} from '../expression/formula.js';
import { type FunctionRow, functionNamed } from '../expression/functions.js';
import { Unsupported } from '../expression/unsupported.js';
import { rowFormulas } from '../laws/rowFormulas.js';
import type { Definition, Network, Slot } from '../network/network.js';
import { applyElementary, hasSlope } from './elementary.js';
import { CyclicDefinition, entryKey, IndexOutOfRange } from './errors.js';
import { applyFamily, type FamilyEntries } from './families.js';
import { definitionsOf, matchHead } from './heads.js';
import { integer } from './integers.js';
import {
  bindIndex,
  bindingOf,
  bindParameter,
  type Parameter,
  type Scope,
  scopeOf,
} from './scope.js';
import { type Node, type Operation, Tape } from './tape.js';
import { applyWave, type WaveArgument } from './waves.js';
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

export class Machine {
  readonly tape = new Tape();
  /** The smallest relative distance met between two compared numbers that are not equal. */
  closest = Number.POSITIVE_INFINITY;
  private readonly entries = new Map<string, Node>();
  private readonly open = new Set<string>();
  /** Entries that only name another one (`Z_O = Z_o`), with the node they name. */
  private readonly aliases = new Map<Node, Node>();

  constructor(
    readonly network: Network,
    readonly world: World,
  ) {}

  /** The node of a core formula; its letters have the values of `indices`. */
  run(formula: Formula, indices: ReadonlyMap<string, number>): Node {
    return this.settle(() => this.node(formula, scopeOf(indices)));
  }

  /** Whether a condition holds. */
  test(condition: Condition, indices: ReadonlyMap<string, number>): boolean {
    return this.settle(() => this.tape.value(this.truth(condition, scopeOf(indices))) === 1);
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

  private node(formula: Formula, scope: Scope): Node {
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
        return tape.power(this.node(formula.base, scope), this.node(formula.exponent, scope));
      case 'call':
        return this.call(formula, scope);
      case 'sum':
      case 'product': {
        const parts: Node[] = [];
        if (!formula.bounds) throw new Unsupported('a sum without a range has no number', formula);
        const binder = { index: formula.index, ...formula.bounds };
        this.each([binder], scope, (inside) => {
          for (const condition of formula.where)
            if (tape.value(this.truth(condition, inside)) !== 1) return;
          parts.push(this.node(formula.body, inside));
        });
        return formula.kind === 'sum'
          ? tape.add(parts)
          : parts.reduce((left, right) => tape.multiply(left, right), tape.one);
      }
      case 'delta':
        return integer(formula.left, scope, this.world) ===
          integer(formula.right, scope, this.world)
          ? tape.one
          : tape.zero;
      case 'indicator':
        return this.truth(formula.when, scope);
      case 'cases':
        return this.cases(formula, scope);
      case 'derivative':
        return this.derivative(formula, scope);
      case 'family':
        return applyFamily(
          tape,
          formula.name,
          this.familyEntries(formula.binders, formula.body, scope),
          formula.at.map((at) => integer(at, scope, this.world)),
          (distance) => this.note(distance),
        );
      default:
        throw new Unsupported(`a ${formula.kind} has no number of its own`, formula);
    }
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
    for (let value = lower; value <= upper; value += 1)
      this.each(rest, bindIndex(scope, binder.index, value), visit);
  }

  private familyEntries(binders: readonly Binder[], body: Formula, scope: Scope): FamilyEntries {
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
    if (family?.role !== 'quantity') {
      const indices = this.indexValues(formula.name, formula.indices, family?.slots ?? [], scope);
      const size = this.world.size(formula.name, indices);
      if (size !== undefined) return this.tape.constant(size);
      return this.entry(formula.name, indices);
    }
    return this.entry(
      formula.name,
      this.indexValues(formula.name, formula.indices, family.slots, scope),
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

  /** Index values of an entry; an index that is data (`y_i`, `s(i)`) picks one of the range. */
  private indexValues(
    name: string,
    indices: readonly Formula[],
    slots: readonly Slot[],
    scope: Scope,
  ): number[] {
    const values: number[] = [];
    for (const [place, index] of indices.entries()) {
      const key = this.dataKey(index, scope);
      if (key === undefined) {
        values.push(integer(index, scope, this.world));
        continue;
      }
      const range = this.slotRange(slots, values, place);
      if (!range)
        throw new Unsupported(`${name} is indexed by data, but its range is not known`, index);
      values.push(range.lower + this.world.pick(key, range.upper - range.lower + 1));
    }
    return values;
  }

  /** A key for an index that is not affine: a function, or a quantity, at index values. */
  private dataKey(index: Formula, scope: Scope): string | undefined {
    if (index.kind === 'call' && !functionNamed(index.name))
      return entryKey(
        `${index.name}()`,
        index.args.map((arg) => integer(arg, scope, this.world)),
      );
    if (index.kind !== 'symbol' || bindingOf(scope, index.name)) return undefined;
    const indices = index.indices.map((part) => integer(part, scope, this.world));
    if (this.world.size(index.name, indices) !== undefined) return undefined;
    return entryKey(index.name, indices);
  }

  private slotRange(
    slots: readonly Slot[],
    values: readonly number[],
    place: number,
  ): { readonly lower: number; readonly upper: number } | undefined {
    const bounds = slots[place]?.bounds;
    if (!bounds) return undefined;
    let scope: Scope;
    for (let before = 0; before < place; before += 1)
      scope = bindIndex(scope, (slots[before] as Slot).variable, values[before] as number);
    return {
      lower: integer(bounds.lower, scope, this.world),
      upper: integer(bounds.upper, scope, this.world),
    };
  }

  private entry(name: string, indices: readonly number[]): Node {
    const key = entryKey(name, indices);
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    if (this.open.has(key)) throw new CyclicDefinition(key);
    if (this.open.size >= DEEPEST_NESTING) throw new Needed(name, indices);
    this.open.add(key);
    try {
      const node = this.makeEntry(name, indices, key);
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
      definition.where.every((part) => this.tape.value(this.truth(part, scope)) === 1);
    for (const definition of definitionsOf(this.network, name)) {
      const match = matchHead(definition, indices, this.world, holds);
      if (!match) continue;
      const body = this.node(definition.right, match.scope);
      const given = this.world.pinned(name, indices);
      const node = given === undefined ? this.tape.link(body) : this.tape.pinned(body, given);
      if (definition.right.kind === 'symbol') this.aliases.set(node, body);
      return node;
    }
    if (family) this.checkRange(name, indices, family.slots);
    if (family?.kind === 'defined')
      throw new IndexOutOfRange(name, indices, 'no definition gives it');
    return this.leaf(name, indices, key);
  }

  private checkRange(name: string, indices: readonly number[], slots: readonly Slot[]): void {
    for (let place = 0; place < slots.length; place += 1) {
      const range = this.slotRange(slots, indices, place);
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
    if (typeof value === 'number') return this.tape.leaf(value);
    const node = this.node(value.tied, scopeOf(value.at));
    const missing = this.tape.missingFor(node);
    return missing === undefined
      ? this.tape.leaf(this.tape.value(node))
      : this.tape.absent(missing);
  }

  private call(formula: CallFormula, scope: Scope): Node {
    if (formula.slots.length > 0) return this.slopeOfCall(formula, scope);
    const args = formula.args.map((arg) => this.argument(arg, scope));
    return this.applied(formula, args, scope);
  }

  private argument(formula: Formula, scope: Scope): Parameter {
    if (formula.kind !== 'array') return { kind: 'number', node: this.node(formula, scope) };
    return this.arrayArgument(formula, scope);
  }

  private arrayArgument(formula: ArrayFormula, scope: Scope): Parameter {
    const entries = this.familyEntries(formula.binders, formula.body, scope);
    return {
      kind: 'family',
      entries: new Map(entries.map(({ indices, node }) => [indices.join(','), node])),
    };
  }

  /** A call with the nodes of its arguments. */
  private applied(formula: CallFormula, args: readonly Parameter[], scope: Scope): Node {
    const declared = this.network.functions.get(formula.name);
    if (declared?.body) {
      if (declared.parameters.length !== args.length)
        throw new Unsupported(
          `${formula.name} takes ${declared.parameters.length} argument(s), not ${args.length}`,
          formula,
        );
      let inside: Scope;
      for (const [place, name] of declared.parameters.entries())
        inside = bindParameter(inside, name, args[place] as Parameter);
      return this.kinked(formula.name, args, () => this.node(declared.body as Formula, inside));
    }
    const row = declared ? undefined : functionNamed(formula.name);
    if (!row) return this.wave(formula, args, [], scope);
    const nodes = args.map((arg) => {
      if (arg.kind === 'number') return arg.node;
      throw new Unsupported(`${formula.name} takes numbers, not a whole family`, formula);
    });
    for (const kink of row.kinks) this.note(distance(this.tape.value(nodes[0] as Node), kink));
    if (nodes.length === 2)
      this.note(distance(this.tape.value(nodes[0] as Node), this.tape.value(nodes[1] as Node)));
    return this.kinked(row.name, args, () =>
      hasSlope(row.name) || row.name === 'pow'
        ? applyElementary(this.tape, row.name, nodes)
        : this.fromRow(row, nodes),
    );
  }

  /** A function whose slope only its row knows: the text of the row, worked out on the tape. */
  private fromRow(row: FunctionRow, nodes: readonly Node[]): Node {
    const { tape } = this;
    let inside: Scope;
    for (const [place, name] of row.parameters.entries())
      inside = bindParameter(inside, name, { kind: 'number', node: nodes[place] as Node });
    const { derivatives } = rowFormulas(row);
    const operation: Operation = {
      name: row.name,
      slope: (_tape, _self, input) => this.node(derivatives[input] as Formula, inside),
    };
    return tape.made(operation, nodes, row.value(...nodes.map((node) => tape.value(node))));
  }

  /** Exactly at a kink for which the sheet has a convention, the slope is the one it says. */
  private kinked(name: string, args: readonly Parameter[], value: () => Node): Node {
    const [first] = args;
    if (args.length !== 1 || first?.kind !== 'number') return value();
    const argument = first.node;
    const convention = this.network.conventions.find(
      (row) => row.function === name && row.at === this.tape.value(argument),
    );
    if (!convention) return value();
    const slope = this.tape.constant(convention.value);
    const operation = { name: 'convention', slope: () => slope };
    return this.tape.made(operation, [argument], this.tape.value(value()));
  }

  /** An abstract function, with derivatives by the arguments at `slots` taken. */
  private wave(
    formula: CallFormula,
    args: readonly Parameter[],
    slots: readonly string[],
    scope: Scope,
  ): Node {
    const own = formula.indices.map((index) => integer(index, scope, this.world));
    const places = args.flatMap((arg, place): WaveArgument[] =>
      arg.kind === 'number'
        ? [{ place: `${place}`, node: arg.node }]
        : [...arg.entries].map(([at, node]) => ({ place: `${place}[${at}]`, node })),
    );
    const wave = this.world.wave(entryKey(formula.name, own));
    if (!wave) return this.tape.absent(`${formula.name}(...)`);
    const positions = slots.map((slot) => {
      const position = places.findIndex((argument) => argument.place === slot);
      if (position < 0) throw new IndexOutOfRange(formula.name, [], `there is no argument ${slot}`);
      return position;
    });
    return applyWave(this.tape, wave, places, positions);
  }

  /** `f'(z)` and the like: each argument gets a node of its own, and the others are held fixed. */
  private slopeOfCall(formula: CallFormula, scope: Scope): Node {
    const args = formula.args.map((arg): Parameter => {
      const parameter = this.argument(arg, scope);
      return parameter.kind === 'number'
        ? { kind: 'number', node: this.tape.link(parameter.node) }
        : {
            kind: 'family',
            entries: new Map(
              [...parameter.entries].map(([at, node]) => [at, this.tape.link(node)]),
            ),
          };
    });
    const slots = formula.slots.map((slot) => ({
      argument: slot.argument,
      at: slot.at.map((index) => integer(index, scope, this.world)).join(','),
    }));
    const declared = this.network.functions.get(formula.name);
    if (declared ? !declared.body : !functionNamed(formula.name)) {
      const places = slots.map(({ argument, at }) =>
        at === '' ? `${argument}` : `${argument}[${at}]`,
      );
      return this.wave(formula, args, places, scope);
    }
    let value = this.applied(formula, args, scope);
    for (const { argument, at } of slots) {
      const parameter = args[argument];
      const by = parameter?.kind === 'family' ? parameter.entries.get(at) : parameter?.node;
      if (by === undefined)
        throw new IndexOutOfRange(formula.name, [], `there is no argument ${argument + 1}`);
      value = this.tape.sweep(value).get(by) ?? this.tape.zero;
    }
    return value;
  }

  private cases(formula: CasesFormula, scope: Scope): Node {
    for (const branch of formula.branches) {
      const truth = this.truth(branch.when, scope);
      const missing = this.tape.missingFor(truth);
      if (missing !== undefined) return this.tape.absent(missing);
      if (this.tape.value(truth) === 1) return this.node(branch.value, scope);
    }
    return formula.otherwise ? this.node(formula.otherwise, scope) : this.tape.constant(Number.NaN);
  }

  /** One or zero as a node; missing where a number that is compared is missing. */
  private truth(condition: Condition, scope: Scope): Node {
    const { tape } = this;
    switch (condition.kind) {
      case 'member': {
        const element = integer(condition.element, scope, this.world);
        return this.world.member(condition.set, element) ? tape.one : tape.zero;
      }
      case 'and':
      case 'or': {
        const parts = condition.parts.map((part) => this.truth(part, scope));
        const deciding = condition.kind === 'and' ? tape.zero : tape.one;
        if (parts.includes(deciding)) return deciding;
        const missing = parts.find((part) => tape.missingFor(part) !== undefined);
        return missing ?? (condition.kind === 'and' ? tape.one : tape.zero);
      }
      case 'compare': {
        const left = this.node(condition.left, scope);
        const right = this.node(condition.right, scope);
        const missing = tape.missingFor(left) ?? tape.missingFor(right);
        if (missing !== undefined) return tape.absent(missing);
        this.note(distance(tape.value(left), tape.value(right)));
        const holds = compareNumbers(tape.value(left), condition.relation, tape.value(right));
        return holds ? tape.one : tape.zero;
      }
    }
  }

  private derivative(formula: DerivativeFormula, scope: Scope): Node {
    const { tape } = this;
    const by = this.node(formula.by, scope);
    const of = this.node(formula.of, scope);
    if (!tape.canVary(by))
      throw new Unsupported('a derivative by something that cannot vary', formula.by);
    const cuts = new Map<Node, Node>();
    if (formula.of.kind === 'symbol' && !bindingOf(scope, formula.of.name)) {
      const indices = formula.of.indices.map((index) => integer(index, scope, this.world));
      for (const cut of this.world.cuts(entryKey(formula.of.name, indices)))
        cuts.set(this.entry(cut.by, cut.indices), tape.constant(cut.value));
    }
    const adjoints = tape.sweep(of, cuts.size > 0 ? cuts : undefined);
    // Where nothing reaches an alias, what it names is meant.
    for (let at: Node | undefined = by; at !== undefined; at = this.aliases.get(at)) {
      const adjoint = adjoints.get(at);
      if (adjoint !== undefined) return adjoint;
    }
    // Nothing defines what is differentiated, only some of its derivatives are given.
    const opaque = cuts.size > 0 && by !== of && tape.inputsOf(of).length === 0;
    return opaque ? tape.absent('a derivative above those given') : tape.zero;
  }

  private note(distance: number): void {
    if (distance > 0 && distance < this.closest) this.closest = distance;
  }
}

const distance = (left: number, right: number): number =>
  Math.abs(left - right) / (1 + Math.abs(left) + Math.abs(right));

/** A relation between two numbers. */
export function compareNumbers(
  left: number,
  relation: '=' | '!=' | '<' | '<=' | '>' | '>=',
  right: number,
): boolean {
  switch (relation) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}
