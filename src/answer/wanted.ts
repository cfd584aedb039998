/** What an ask wants of its answer, and what that means for the parts that work it out. */
import type { Condition } from '../expression/formula.js';
import type { Policy, Reach } from '../gradient/policy.js';
import type { Lowered, Network } from '../network/network.js';
import type { FormName } from '../read/statement.js';
import type { SimplifyContext } from '../simplify/context.js';

export interface Wanted {
  readonly allowed: ReadonlySet<string> | undefined;
  readonly as: FormName | undefined;
  readonly where: readonly Condition[];
}

const reachOf = (as: FormName | undefined): Reach =>
  as === 'recurrence' ? 'recurrence' : as === 'unrolled' || as === 'scalar' ? 'whole' : 'usual';

/** How derivatives are to be taken. */
export const policyOf = (lowered: Lowered, wanted: Wanted): Policy => ({
  ...(wanted.allowed ? { allowed: wanted.allowed } : {}),
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
        : network.definitions.filter((definition) => definition.name !== asked),
    sizes: sizesOf(network),
    ...(wanted.allowed ? { allowed: wanted.allowed } : {}),
  };
}

export const sizesOf = (network: Network): ReadonlySet<string> =>
  new Set(
    [...network.families.values()].filter((one) => one.role === 'size').map((one) => one.name),
  );
