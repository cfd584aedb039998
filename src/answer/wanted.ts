/** What an ask wants of its answer, and what that means for the parts that work it out. */
import type { Condition } from '../expression/formula.js';
import type { Policy, Reach } from '../gradient/policy.js';
import type { Definition, Lowered, Network } from '../network/network.js';
import type { FormName } from '../read/statement.js';
import type { NamedFunction, SimplifyContext } from '../simplify/context.js';
import { argumentsOf } from '../simplify/presentable/fold-function.js';
import { namesBehind } from './no-path.js';

export interface Wanted {
  readonly allowed: ReadonlySet<string> | undefined;
  readonly as: FormName | undefined;
  readonly where: readonly Condition[];
  /**
   * With `last`, only the finished answer is written in the allowed names: a name that stands for a
   * product of others (`gamma = pi N / p`) is then met before these are written out.
   */
  readonly restricted?: 'last';
  /** Functions of the sheet are written by their names again where their formulas come up. */
  readonly functions?: 'by name';
  /** Where the ask stands in its sheet. */
  readonly line: number;
}

const reachOf = (as: FormName | undefined): Reach =>
  as === 'recurrence' ? 'recurrence' : as === 'unrolled' || as === 'scalar' ? 'whole' : 'usual';

/** How derivatives are to be taken. */
export const policyOf = (lowered: Lowered, wanted: Wanted): Policy => ({
  ...(wanted.allowed && !wanted.restricted ? { allowed: wanted.allowed } : {}),
  reach: reachOf(wanted.as),
  ranges: [...lowered.axes, ...lowered.free],
  where: wanted.where,
});

/** What may be used to write the answer well. */
export function presentationOf(
  lowered: Lowered,
  network: Network,
  wanted: Wanted,
): SimplifyContext {
  // An answer never says of a name that it is itself.
  const asked = lowered.body.kind === 'symbol' ? lowered.body.name : undefined;
  return {
    ranges: [...lowered.axes, ...lowered.free],
    assumptions: network.assumptions,
    definitions:
      wanted.as === 'unrolled'
        ? []
        : namesFor(lowered, network, wanted.line).filter(({ name }) => name !== asked),
    functions: wanted.functions && wanted.as !== 'unrolled' ? functionsFor(lowered, network) : [],
    sizes: sizesOf(network),
    ...(wanted.allowed ? { allowed: wanted.allowed } : {}),
  };
}

const functionsRemembered = new WeakMap<Network, readonly NamedFunction[]>();

/** The functions that have a formula; not the one whose value was asked for. */
function functionsFor({ body: asked }: Lowered, network: Network): readonly NamedFunction[] {
  const known =
    functionsRemembered.get(network) ??
    [...network.functions.values()].flatMap(({ name, parameters, body }) =>
      body ? [{ name, parameters, body }] : [],
    );
  functionsRemembered.set(network, known);
  const isAsked = (definition: NamedFunction): boolean =>
    asked.kind === 'call' && asked.slots.length === 0
      ? asked.name === definition.name
      : argumentsOf(definition, asked) !== undefined;
  return known.filter((definition) => !isAsked(definition));
}

/**
 * The definitions whose names may write an answer: those above the ask, and those it rests on
 * wherever they stand. A name that is only given below would give away what was asked.
 */
function namesFor(lowered: Lowered, network: Network, line: number): readonly Definition[] {
  if (network.definitions.every((definition) => definition.line < line)) return network.definitions;
  const reached = namesBehind(lowered.body, network.definitions);
  return network.definitions.filter(({ name, ...at }) => at.line < line || reached.has(name));
}

export const sizesOf = (network: Network): ReadonlySet<string> =>
  new Set(
    [...network.families.values()].filter((one) => one.role === 'size').map((one) => one.name),
  );
