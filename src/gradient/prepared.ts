/** Definitions made ready for differentiating: heads, ranges, uses, cycles, named derivatives. */
import {
  call,
  type DerivativeFormula,
  exp,
  type Formula,
  family,
  isNumber,
  negate,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { same } from '../expression/same.js';
import { contains, freeNames, mapCondition, substitute } from '../expression/walk.js';
import { openSlopesWrittenOut } from '../laws/slopes-written-out.js';
import { type Heads, headsOf } from '../network/heads.js';
import type { Definition, Network } from '../network/network.js';
import { atLeast, type Constraint, toConstraints } from './conditions/constraint.js';
import type { FreshNames } from './facts.js';

/** A definition with its variables opened to fresh names. */
export interface OpenedDefinition {
  readonly name: string;
  readonly variables: readonly string[];
  readonly constraints: readonly Constraint[];
  readonly head: readonly Formula[];
  readonly right: Formula;
}

/** `delta^l_j = dC/dz^l_j`: a definition that only names a derivative. */
export interface NamedDerivative {
  readonly definition: Definition;
  readonly derivative: DerivativeFormula;
}

export interface Prepared {
  readonly network: Network;
  /** Definitions of quantities; those that only name a derivative are apart. */
  readonly definitions: readonly Definition[];
  readonly named: readonly NamedDerivative[];
  /** Those by the entries that are their names. */
  readonly namesOfDerivatives: Heads;
  /** The definitions of quantities by the entries that they give. */
  readonly heads: Heads;
  /** For every name, the definitions whose right side uses it. */
  readonly users: ReadonlyMap<string, readonly Definition[]>;
  /** For every name, the names that depend on it (itself included). */
  readonly above: (name: string) => ReadonlySet<string>;
  /** For every name, the names that it depends on (itself included). */
  readonly below: (name: string) => ReadonlySet<string>;
}

export function prepare(network: Network): Prepared {
  const named: NamedDerivative[] = [];
  const definitions: Definition[] = [];
  for (const definition of network.definitions) {
    const right = openSlopesWrittenOut(definition.right, network);
    if (right.kind === 'derivative' && right.by.kind === 'symbol')
      named.push({ definition, derivative: right });
    else definitions.push({ ...definition, right: recognised(right) });
  }
  return withUses(network, definitions, named);
}

/** The same with further definitions (a formula asked about gets a name of its own). */
export const withDefinitions = (prepared: Prepared, more: readonly Definition[]): Prepared =>
  withUses(prepared.network, [...prepared.definitions, ...more], prepared.named);

function withUses(
  network: Network,
  definitions: readonly Definition[],
  named: readonly NamedDerivative[],
): Prepared {
  const users = new Map<string, Definition[]>();
  const heads = headsOf(definitions);
  for (const definition of definitions)
    for (const name of freeNames(definition.right)) {
      const known = users.get(name);
      if (known) known.push(definition);
      else users.set(name, [definition]);
    }
  const above = reaching((name) => (users.get(name) ?? []).map((user) => user.name));
  const below = reaching((name) => heads.of(name).flatMap(({ right }) => [...freeNames(right)]));
  const namesOfDerivatives = headsOf(named.map(({ definition }) => definition));
  return { network, definitions, named, namesOfDerivatives, heads, users, above, below };
}

/** What is reached from a name, remembered by name. */
function reaching(
  next: (name: string) => readonly string[],
): (name: string) => ReadonlySet<string> {
  const remembered = new Map<string, ReadonlySet<string>>();
  return (name) => {
    const known = remembered.get(name);
    if (known) return known;
    // A set can grow while it is gone through.
    const reached = new Set([name]);
    for (const one of reached) for (const other of next(one)) reached.add(other);
    remembered.set(name, reached);
    return reached;
  };
}

/** A fresh copy: the same letters in the question and in the definition never meet. */
export function openDefinition(definition: Definition, names: FreshNames): OpenedDefinition {
  const renaming = new Map<string, Formula>();
  for (const range of definition.ranges)
    renaming.set(range.index, symbol(names.fresh(range.index)));
  const rename = (formula: Formula) => substitute(formula, renaming);
  const ranges = definition.ranges.flatMap((range) => {
    const variable = renaming.get(range.index) as SymbolFormula;
    return [atLeast(variable, rename(range.lower)), atLeast(rename(range.upper), variable)];
  });
  const where = definition.where.flatMap((condition) =>
    toConstraints(mapCondition(condition, rename)),
  );
  return {
    name: definition.name,
    variables: definition.ranges.map((range) => (renaming.get(range.index) as SymbolFormula).name),
    constraints: [...ranges, ...where],
    head: definition.head.map(rename),
    right: rename(definition.right),
  };
}

/**
 * Right sides that are a known function in disguise: `exp(z_k) / sum_j exp(z_j)` is a softmax and
 * `1 / (1 + exp(-z))` a sigmoid; their slopes then come out in the name of the output.
 */
export function recognised(right: Formula): Formula {
  return recognisedSoftmax(right) ?? recognisedSigmoid(right) ?? right;
}

const reciprocalOf = (formula: Formula): Formula | undefined =>
  formula.kind === 'power' && isNumber(formula.exponent, -1) ? formula.base : undefined;

function recognisedSigmoid(right: Formula): Formula | undefined {
  const below = reciprocalOf(right);
  if (below?.kind !== 'add' || below.terms.length !== 2) return undefined;
  const other = below.terms.find((term) => !isNumber(term, 1));
  if (!below.terms.some((term) => isNumber(term, 1))) return undefined;
  if (other?.kind !== 'call' || other.name !== 'exp' || other.slots.length > 0) return undefined;
  return call('sigmoid', [negate(other.args[0] as Formula)]);
}

function recognisedSoftmax(right: Formula): Formula | undefined {
  if (right.kind !== 'multiply' || right.factors.length !== 2) return undefined;
  const top = right.factors.find((factor) => factor.kind === 'call');
  const below = right.factors.map(reciprocalOf).find((base) => base?.kind === 'sum');
  if (top?.kind !== 'call' || top.name !== 'exp' || below?.kind !== 'sum' || !below.bounds)
    return undefined;
  if (below.where.length > 0) return undefined;
  const { body } = below;
  if (body.kind !== 'call' || body.name !== 'exp') return undefined;
  // The index of the numerator is the one that turns the summand into it.
  for (const name of freeNames(top)) {
    const candidate = symbol(name);
    if (!freeNames(body).has(below.index) || contains(top, (part) => part.kind === 'sum')) continue;
    if (same(substitute(body, new Map([[below.index, candidate]])), exp(top.args[0] as Formula)))
      return family('softmax', [{ index: below.index, ...below.bounds }], body.args[0] as Formula, [
        candidate,
      ]);
  }
  return undefined;
}
