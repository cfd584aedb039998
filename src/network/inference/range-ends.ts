/** Ends of ranges: how they move when a layer, or another index, takes a value. */
import { affineOf } from '../../expression/affine.js';
import { add, type Bounds, type Formula, symbol } from '../../expression/formula.js';
import { structureKey } from '../../expression/same.js';
import { contains, freeNames, substitute } from '../../expression/walk.js';
import { tidyIndex } from '../affine.js';

/** Stands for the one index on which the size of a class may depend. */
export const LAYER = 'layer\u00b7';
export const layer = symbol(LAYER);

/** An end of a class's range at a layer. */
export const atLayer = (end: Formula, argument: Formula): Formula =>
  tidyDeep(substitute(end, new Map([[LAYER, argument]])));

/** Tidies an index formula and the indices inside it (`n[l - 1 + 1]`). */
export function tidyDeep(formula: Formula): Formula {
  if (formula.kind === 'symbol' && formula.indices.length > 0)
    return symbol(formula.name, formula.indices.map(tidyIndex));
  if (formula.kind === 'add') return tidyIndex(add(...formula.terms.map(tidyDeep)));
  return tidyIndex(formula);
}

export const mentions = (formula: Formula, names: ReadonlySet<string>): boolean =>
  [...freeNames(formula)].some((name) => names.has(name));

/** An end of a range with a variable put at its own least or greatest value. */
export function atEnd(end: Formula, name: string, range: Bounds, direction: 1 | -1): Formula {
  const affine = affineOf(end);
  const coefficient = affine?.parts.get(structureKey(symbol(name)))?.coefficient;
  const rising = coefficient === undefined || coefficient.compare(0) > 0;
  const value = rising === (direction === 1) ? range.upper : range.lower;
  return tidyDeep(substitute(end, new Map([[name, value]])));
}

export const mapBounds = (bounds: Bounds, change: (end: Formula) => Formula): Bounds => ({
  lower: change(bounds.lower),
  upper: change(bounds.upper),
});

/** Whether an end is worked out by a function (`min(K, p)`), rather than named. */
export const holdsCall = (end: Formula): boolean => contains(end, (part) => part.kind === 'call');
