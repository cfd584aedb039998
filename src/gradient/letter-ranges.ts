/** What a letter of the ask ranges over when the ask writes it only shifted (`dL/dh^(l-1)`). */
import { type Formula, symbol } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { children, contains, freeNames } from '../expression/walk.js';
import { atLeast, type Constraint } from './conditions/constraint.js';
import type { Prepared } from './prepared.js';

/**
 * The range that all definitions give the letter: `l = 1..L` for `h^(l-1)`, where the entries alone
 * would also allow the layer after the last. A letter that is an index itself ranges over its family.
 */
export function shiftedLetters(asked: Formula, prepared: Prepared): readonly Constraint[] {
  if (!contains(asked, isShifted)) return [];
  const plain = new Set<string>();
  const shifted = new Set<string>();
  const visit = (part: Formula): void => {
    if (part.kind === 'symbol')
      for (const index of part.indices)
        if (index.kind === 'symbol' && index.indices.length === 0) plain.add(index.name);
        else for (const name of freeNames(index)) shifted.add(name);
    for (const child of children(part)) visit(child);
  };
  visit(asked);
  return [...shifted].flatMap((letter) => {
    if (plain.has(letter)) return [];
    const ranges = prepared.definitions.flatMap((definition) =>
      definition.ranges.filter((range) => range.index === letter),
    );
    const [first] = ranges;
    const keys = new Set(ranges.map(({ lower, upper }) => keyOf(lower) + keyOf(upper)));
    if (!first || keys.size !== 1) return [];
    return [atLeast(symbol(letter), first.lower), atLeast(first.upper, symbol(letter))];
  });
}

/** Whether the formula is an entry with an index that is neither a number nor a letter. */
const isShifted = (part: Formula): boolean =>
  part.kind === 'symbol' &&
  part.indices.some(
    (index) => index.kind !== 'number' && !(index.kind === 'symbol' && index.indices.length === 0),
  );

const keyOf = (formula: Formula): string => `${structureKey(formula)}..`;
