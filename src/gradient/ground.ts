/** What the asks about one network share, so that each is not walked anew: made once, and kept. */
import type { Formula } from '../expression/formula.js';
import type { Network } from '../network/network.js';
import { type Constraint, constraintKey } from './conditions/constraint.js';
import { type WithDepths, withDepths } from './depths.js';
import { FreshNames, factsOf, undeclaredIn } from './facts.js';
import { type Prepared, prepare } from './prepared.js';
import type { Room } from './term.js';

/** Everything about the network that does not depend on the ask. */
export interface Ground {
  readonly prepared: Prepared;
  readonly room: Room;
}

interface Opened extends WithDepths {
  readonly prepared: Prepared;
  readonly grounds: Map<string, Ground>;
}

const opened = new WeakMap<Network, Opened>();

/** The ground of an ask, and the depths that are put into it. */
export function groundOf(
  network: Network,
  asked: Formula,
): { readonly ground: Ground; readonly depths: WithDepths['depths'] } {
  let known = opened.get(network);
  if (!known) {
    const concrete = withDepths(network);
    known = { ...concrete, prepared: prepare(concrete.network), grounds: new Map() };
    opened.set(network, known);
  }
  const { prepared, grounds, depths } = known;
  // Of an ask, only names that the network does not know change what is known.
  const key = undeclaredIn(asked, network).join(' ');
  let ground = grounds.get(key);
  if (!ground) {
    ground = { prepared, room: { names: new FreshNames(), facts: factsOf(network, asked) } };
    grounds.set(key, ground);
  }
  return { ground, depths };
}

const contexts = new WeakMap<Ground, Map<string, readonly Constraint[]>>();

/** One list for equal conditions: what is found under it is found again by its identity. */
export function sharedContext(
  context: readonly Constraint[],
  ground: Ground,
): readonly Constraint[] {
  const known = contexts.get(ground) ?? new Map<string, readonly Constraint[]>();
  contexts.set(ground, known);
  const key = context.map(constraintKey).join('&');
  const first = known.get(key) ?? context;
  known.set(key, first);
  return first;
}
