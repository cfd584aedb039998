/** A definition that is a softmax over one of its own indices: its total is worked out once. */
import type { Formula } from '../../expression/formula.js';
import { structureKey } from '../../expression/same.js';
import { contains } from '../../expression/walk.js';
import type { Instance } from './schedule.js';

/** The loops around such a softmax and the one along it; undefined for any other definition. */
export function splitSoftmax(instance: Instance) {
  const { right } = instance.definition;
  if (right.kind !== 'family' || right.name !== 'softmax' || right.binders.length !== 1)
    return undefined;
  const [binder] = right.binders;
  const [at] = right.at;
  if (!binder || at?.kind !== 'symbol' || at.indices.length > 0) return undefined;
  const along = instance.loops.find((range) => range.index === at.name);
  if (!along) return undefined;
  const equal = (one: Formula, other: Formula) => structureKey(one) === structureKey(other);
  if (!equal(along.lower, binder.lower) || !equal(along.upper, binder.upper)) return undefined;
  // The body must not mention the entry taken, else each entry has a total of its own.
  if (
    contains(
      right.body,
      (part) => part.kind === 'symbol' && part.name === at.name && binder.index !== at.name,
    )
  )
    return undefined;
  return {
    family: right,
    around: { ...instance, loops: instance.loops.filter((range) => range !== along) },
    along: { ...instance, loops: [along] },
  };
}
