/** Where the variables of an indexed formula meet the slots of a network's families. */
import { affineOf } from '../expression/affine.js';
import {
  add,
  type Bounds,
  type Formula,
  negate,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { children, freeNames, substitute } from '../expression/walk.js';
import { hull, tidyIndex } from './affine.js';
import type { Family, Network } from './network.js';

/** A variable in an index of a family: what range that alone would give it. */
export interface SlotUse {
  readonly variable: string;
  readonly family: Family;
  readonly slot: number;
  /** The use is the variable itself (`w_k`), shifted by a number, or mixed with other variables. */
  readonly manner: 'pure' | 'shifted' | 'mixed';
  readonly range: Bounds;
}

/** All uses of variables in a formula; what stands in branches of cases restricts nothing. */
export function slotUses(body: Formula, network: Network): readonly SlotUse[] {
  const uses: SlotUse[] = [];
  const walk = (formula: Formula): void => {
    if (formula.kind === 'cases') return;
    if (formula.kind === 'symbol' && formula.indices.length > 0) {
      const family = network.families.get(formula.name);
      if (family?.slots.length === formula.indices.length)
        uses.push(...usesOfEntry(family, formula));
    }
    for (const part of children(formula)) walk(part);
  };
  walk(body);
  return uses;
}

/** Entries remembered for one family; the same few are met again and again. */
const MOST_ENTRIES = 500;

const rememberedUses = new WeakMap<Family, Map<string, readonly SlotUse[]>>();

function usesOfEntry(family: Family, entry: SymbolFormula): readonly SlotUse[] {
  const remembered = rememberedUses.get(family) ?? new Map<string, readonly SlotUse[]>();
  rememberedUses.set(family, remembered);
  const key = structureKey(entry);
  const known = remembered.get(key);
  if (known) return known;
  const uses = entry.indices.flatMap((index, slot) =>
    usesOfIndex(family, slot, index, entry.indices),
  );
  if (remembered.size < MOST_ENTRIES) remembered.set(key, uses);
  return uses;
}

function usesOfIndex(
  family: Family,
  slot: number,
  index: Formula,
  indices: readonly Formula[],
): readonly SlotUse[] {
  const affine = affineOf(index);
  if (!affine) return [];
  const names = [...freeNames(index)];
  return names.flatMap((variable): SlotUse[] => {
    const part = affine.parts.get(structureKey(symbol(variable)));
    if (!part?.coefficient.equals(1)) return [];
    const rest = tidyIndex(add(index, negate(symbol(variable))));
    const manner = rest.kind !== 'number' ? 'mixed' : rest.value.equals(0) ? 'pure' : 'shifted';
    const range = slotRange(family, slot, indices, manner === 'pure' ? 'defined' : 'entries');
    if (!range) return [];
    const moved = (end: Formula): Formula => tidyIndex(add(end, negate(rest)));
    return [{ variable, family, slot, manner, range: mapEnds(range, moved) }];
  });
}

/** The range of a slot at given values of the slots before it. */
function slotRange(
  family: Family,
  slot: number,
  indices: readonly Formula[],
  which: 'defined' | 'entries',
): Bounds | undefined {
  const own = family.slots[slot];
  const bounds = (which === 'defined' ? own?.defined : undefined) ?? own?.bounds;
  if (!bounds) return writtenHull(family, slot);
  const replacements = new Map<string, Formula>();
  for (let place = 0; place < slot; place += 1) {
    const variable = family.slots[place]?.variable;
    const index = indices[place];
    if (variable !== undefined && index && index.kind !== 'whole')
      replacements.set(variable, index);
  }
  return mapEnds(bounds, (end) => tidyEnd(substitute(end, replacements)));
}

/** The hull of the written indices of a slot without a range. */
function writtenHull(family: Family, slot: number): Bounds | undefined {
  const indices = (family.written ?? []).flatMap((tuple) => tuple[slot] ?? []);
  return indices.length === 0
    ? undefined
    : indices.map((index): Bounds => ({ lower: index, upper: index })).reduce(hull);
}

const mapEnds = (bounds: Bounds, change: (end: Formula) => Formula): Bounds => ({
  lower: change(bounds.lower),
  upper: change(bounds.upper),
});

/** Tidies an end of a range and the indices inside it (`n[2 - 1]`). */
export function tidyEnd(formula: Formula): Formula {
  if (formula.kind === 'symbol' && formula.indices.length > 0)
    return symbol(formula.name, formula.indices.map(tidyIndex));
  if (formula.kind === 'add') return tidyIndex(add(...formula.terms.map(tidyEnd)));
  return tidyIndex(formula);
}
