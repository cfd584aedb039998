/** A network unit by unit: every definition at every drawn position, with what it uses. */
import type {
  AddFormula,
  Binder,
  BoundFormula,
  Formula,
  SymbolFormula,
} from '../../expression/formula.js';
import { children } from '../../expression/walk.js';
import type { Definition, Network } from '../../network/network.js';
import type { Environment, Sizes } from './sizes.js';

/** One entry of a family. */
export interface Entry {
  readonly id: string;
  readonly name: string;
  readonly indices: readonly number[];
}

/** How an entry uses another one: through a weight, or plainly. */
export interface Use {
  readonly entry: Entry;
  readonly weight: Entry | undefined;
}

export interface Instance {
  readonly entry: Entry;
  readonly uses: readonly Use[];
  readonly biases: readonly Entry[];
  /** Whether it is only another name of what it uses. */
  readonly isAlias: boolean;
}

/** Entries and uses beyond which a network is not drawn. */
const MOST_USES = 20_000;

/** Thrown when there is nothing sensible to draw; the message says why. */
export class NotDrawn extends Error {
  override readonly name = 'NotDrawn';
}

const entryId = (name: string, indices: readonly number[]): string =>
  indices.length === 0 ? name : `${name}[${indices.join(',')}]`;

/** All entries that the definitions give, in the order of the definitions. */
export function instancesOf(network: Network, sizes: Sizes): readonly Instance[] {
  const found: Instance[] = [];
  const added = onlyAdded(network);
  let uses = 0;
  for (const definition of network.definitions) {
    if (holdsDerivative(definition.right)) continue;
    for (const environment of environmentsOf(definition, sizes)) {
      const instance = instanceOf(definition, environment, network, sizes, added);
      if (instance === undefined) continue;
      uses += 1 + instance.uses.length;
      if (uses > MOST_USES)
        throw new NotDrawn(`the network has more than ${MOST_USES} connections: too many to draw`);
      found.push(instance);
    }
  }
  if (found.length === 0) throw new NotDrawn('there are no definitions to draw');
  return found;
}

/** A definition with a derivative in it only gives it a name; it is no unit. */
const holdsDerivative = (formula: Formula): boolean =>
  formula.kind === 'derivative' ||
  (formula.kind === 'call' && formula.slots.length > 0) ||
  children(formula).some(holdsDerivative);

/** Every combination of the definition's ranges. */
function environmentsOf({ ranges }: Definition, sizes: Sizes): readonly Environment[] {
  return ranges.reduce<readonly Environment[]>(
    (list, range) => list.flatMap((environment) => extend(environment, range.index, range, sizes)),
    [new Map()],
  );
}

function extend(
  environment: Environment,
  index: string,
  bounds: { readonly lower: Formula; readonly upper: Formula },
  sizes: Sizes,
): readonly Environment[] {
  const range = sizes.range(bounds, environment);
  if (range === undefined) throw new NotDrawn(`the range of ${index} is not known`);
  const count = Math.max(0, Math.min(range.to - range.from + 1, MOST_USES));
  return Array.from({ length: count }, (_, place) =>
    new Map(environment).set(index, range.from + place),
  );
}

function instanceOf(
  definition: Definition,
  environment: Environment,
  network: Network,
  sizes: Sizes,
  added: ReadonlySet<string>,
): Instance | undefined {
  const entry = entryOf(definition.name, definition.head, environment, sizes);
  if (entry === undefined) return undefined;
  const collector = new Collector(network, sizes, added);
  const { right } = definition;
  collector.walk(right, environment);
  return {
    entry,
    uses: collector.uses,
    biases: collector.biases,
    isAlias: right.kind === 'symbol',
  };
}

function entryOf(
  name: string,
  indices: readonly Formula[],
  environment: Environment,
  sizes: Sizes,
): Entry | undefined {
  const numbers = indices.map((index) => sizes.index(index, environment));
  if (numbers.some((value) => value === undefined)) return undefined;
  const known = numbers as readonly number[];
  return { id: entryId(name, known), name, indices: known };
}

/** Walks one right side and notes what it uses. */
class Collector {
  readonly uses: Use[] = [];
  readonly biases: Entry[] = [];
  private readonly seen = new Set<string>();

  constructor(
    private readonly network: Network,
    private readonly sizes: Sizes,
    private readonly added: ReadonlySet<string>,
  ) {}

  /** One term of several: a bias, or something with uses inside. */
  private term(formula: Formula, environment: Environment): void {
    const entry = formula.kind === 'symbol' ? this.entry(formula, environment) : undefined;
    if (entry && this.added.has(entry.name)) this.biases.push(entry);
    else this.walk(formula, environment);
  }

  walk(formula: Formula, environment: Environment): void {
    if (formula.kind === 'symbol') this.use(formula, environment);
    else if (isSumOfParts(formula)) for (const term of formula.terms) this.term(term, environment);
    else if (formula.kind === 'multiply') this.product(formula.factors, environment);
    else if (formula.kind === 'sum' || formula.kind === 'product')
      for (const inner of this.inside(formula, environment)) this.walk(formula.body, inner);
    else if (formula.kind === 'family' || formula.kind === 'array')
      for (const inner of this.among(formula.binders, environment)) this.walk(formula.body, inner);
    else if (formula.kind !== 'delta' && formula.kind !== 'indicator')
      for (const child of children(formula)) this.walk(child, environment);
  }

  private inside(
    { index, bounds }: BoundFormula,
    environment: Environment,
  ): readonly Environment[] {
    return bounds ? extend(environment, index, bounds, this.sizes) : [];
  }

  private among(binders: readonly Binder[], environment: Environment): readonly Environment[] {
    return binders.reduce<readonly Environment[]>(
      (list, binder) => list.flatMap((one) => extend(one, binder.index, binder, this.sizes)),
      [environment],
    );
  }

  /** In a product of a weight and something else, the weight stands on the line to it. */
  private product(factors: readonly Formula[], environment: Environment): void {
    const symbols = factors.filter((factor): factor is SymbolFormula => factor.kind === 'symbol');
    const weight = symbols.find((symbol) => this.isWeight(symbol, symbols));
    for (const factor of factors) {
      if (factor === weight) continue;
      if (factor.kind === 'symbol') this.use(factor, environment, weight);
      else this.walk(factor, environment);
    }
  }

  private isWeight(symbol: SymbolFormula, among: readonly SymbolFormula[]): boolean {
    if (!this.isLeaf(symbol.name)) return false;
    const others = among.filter((other) => other !== symbol && this.isQuantity(other.name));
    return others.some(
      (other) => symbol.indices.length > other.indices.length || looksLikeWeight(symbol.name),
    );
  }

  private use(formula: SymbolFormula, environment: Environment, weight?: SymbolFormula): void {
    const entry = this.entry(formula, environment);
    if (entry === undefined || environment.has(entry.id) || !this.isQuantity(entry.name)) return;
    const by = weight && this.entry(weight, environment);
    const key = `${entry.id} ${by?.id ?? ''}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    this.uses.push({ entry, weight: by });
  }

  private entry(formula: SymbolFormula, environment: Environment): Entry | undefined {
    return entryOf(formula.name, formula.indices, environment, this.sizes);
  }

  private isQuantity(name: string): boolean {
    return this.network.families.get(name)?.role === 'quantity';
  }

  private isLeaf(name: string): boolean {
    return this.network.families.get(name)?.kind === 'leaf';
  }
}

/** Letters by which people call what is multiplied. */
const looksLikeWeight = (name: string): boolean => /^(?:w|W|u|U|v|V|theta|Theta|beta)/.test(name);

/** Terms of which one at least is more than a name: what is added to it may be a bias. */
const isSumOfParts = (formula: Formula): formula is AddFormula =>
  formula.kind === 'add' && formula.terms.some((term) => term.kind !== 'symbol');

/**
 * Biases, by the part they have: leaves that are added to something computed, at the top of a
 * definition or of the argument of a function, and stand nowhere else.
 */
function onlyAdded(network: Network): ReadonlySet<string> {
  const added = new Set<string>();
  const other = new Set<string>();
  const walk = (formula: Formula, parent: Formula | undefined): void => {
    if (formula.kind === 'symbol') other.add(formula.name);
    const adds = isSumOfParts(formula) && (parent === undefined || parent.kind === 'call');
    for (const child of children(formula))
      if (adds && child.kind === 'symbol') added.add(child.name);
      else walk(child, formula);
  };
  for (const { right } of network.definitions) if (!holdsDerivative(right)) walk(right, undefined);
  return new Set(
    [...added].filter((name) => {
      const family = network.families.get(name);
      return family?.kind === 'leaf' && family.role === 'quantity' && !other.has(name);
    }),
  );
}
