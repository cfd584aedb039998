/** The index values of an entry. */
import type { Formula } from '../expression/formula.js';
import { functionNamed } from '../expression/functions.js';
import { Unsupported } from '../expression/unsupported.js';
import type { Slot } from '../network/network.js';
import { entryKey } from './errors.js';
import { boundValue, integer } from './integers.js';
import { bindIndex, bindingOf, type Scope } from './scope.js';
import type { Working } from './working.js';

/** Index values of an entry; an index that is data (`y_i`, `s(i)`) picks one of the range. */
export function indexValues(
  working: Working,
  name: string,
  indices: readonly Formula[],
  slots: readonly Slot[],
  scope: Scope,
): number[] {
  const values: number[] = [];
  for (const [place, index] of indices.entries()) {
    const key = dataKey(working, index, scope);
    if (key === undefined) {
      values.push(integer(index, scope, working.world));
      continue;
    }
    const range = slotRange(working, slots, values, place);
    if (!range)
      throw new Unsupported(`${name} is indexed by data, but its range is not known`, index);
    values.push(range.lower + working.world.pick(key, range.upper - range.lower + 1));
  }
  return values;
}

/** A key for an index that is not affine: a function, or a quantity, at index values. */
function dataKey(working: Working, index: Formula, scope: Scope): string | undefined {
  if (index.kind === 'call' && !functionNamed(index.name))
    return entryKey(
      `${index.name}()`,
      index.args.map((arg) => integer(arg, scope, working.world)),
    );
  if (index.kind !== 'symbol' || bindingOf(scope, index.name)) return undefined;
  const indices = index.indices.map((part) => integer(part, scope, working.world));
  if (working.world.size(index.name, indices) !== undefined) return undefined;
  return entryKey(index.name, indices);
}

/** The range of an index position, given the indices before it. */
export function slotRange(
  working: Working,
  slots: readonly Slot[],
  values: readonly number[],
  place: number,
): { readonly lower: number; readonly upper: number } | undefined {
  const bounds = slots[place]?.bounds;
  if (!bounds) return undefined;
  let scope: Scope;
  for (let before = 0; before < place; before += 1)
    scope = bindIndex(scope, (slots[before] as Slot).variable, values[before] as number);
  const lower = boundValue(bounds.lower, scope, working.world);
  const upper = boundValue(bounds.upper, scope, working.world);
  return lower === undefined || upper === undefined ? undefined : { lower, upper };
}
