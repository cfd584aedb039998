/** A name must not be defined twice for the same indices. */
import { add, type Formula, minusOne } from '../../expression/formula.js';
import { substitute } from '../../expression/walk.js';
import { certainlyAtMost, shiftedOf, tidyIndex } from '../affine.js';
import { NetworkError } from '../errors.js';
import { headsOf } from '../heads.js';
import type { DefinitionUnit } from '../inference/units.js';
import type { Definition } from '../network.js';

/** Throws `NetworkError` for the first two definitions that meet in some entry. */
export function refuseOverlaps(
  definitions: readonly Definition[],
  units: readonly DefinitionUnit[],
): void {
  const places = new Map(definitions.map((definition, place) => [definition, place]));
  const heads = headsOf(definitions);
  definitions.forEach((second, place) => {
    for (const first of heads.at(second.name, second.head)) {
      const at = places.get(first) as number;
      if (at >= place) break;
      if (first.where.length > 0 || second.where.length > 0) continue;
      if (first.head.length !== second.head.length || apart(first, second)) continue;
      const [a, b] = [units[at] as DefinitionUnit, units[place] as DefinitionUnit];
      throw new NetworkError(
        `${first.name} is defined twice for the same indices: ${a.source} (line ${a.line}) and ` +
          `${b.source} (line ${b.line}). Give the definitions ranges that do not meet, or rename one.`,
        second.line,
      );
    }
  });
}

/** Whether some slot keeps the two heads apart. */
const apart = (first: Definition, second: Definition): boolean =>
  first.head.some((index, slot) => {
    const left = endsOf(index, first);
    const right = endsOf(second.head[slot] as Formula, second);
    return certainlyLess(left.upper, right.lower) || certainlyLess(right.upper, left.lower);
  });

/** `left <= right - 1` is certain. */
const certainlyLess = (left: Formula, right: Formula): boolean =>
  certainlyAtMost(left, tidyIndex(add(right, minusOne)));

function endsOf(index: Formula, definition: Definition): { lower: Formula; upper: Formula } {
  const shifted = shiftedOf(index, (name) =>
    definition.ranges.some((range) => range.index === name),
  );
  const range = shifted && definition.ranges.find((other) => other.index === shifted.variable);
  if (!range) return { lower: index, upper: index };
  const put = (end: Formula): Formula =>
    tidyIndex(substitute(index, new Map([[range.index, end]])));
  return { lower: put(range.lower), upper: put(range.upper) };
}
