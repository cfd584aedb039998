/**
 * Derivatives of derivatives where one of the first stays untaken: the first gradient is a network
 * itself, so its recurrence becomes definitions (of families `d~C~z`), which are differentiated again.
 */
import {
  type DerivativeFormula,
  derivative,
  type Formula,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import { contains, mapChildren } from '../expression/walk.js';
import type { Definition, Family, Range } from '../network/network.js';
import { factsOf } from './facts.js';
import type { Ground } from './ground.js';
import { prepare } from './prepared.js';
import { domainOf, questionOf } from './question.js';

const MARK = 'd~';

const isTaken = (part: Formula): part is DerivativeFormula =>
  part.kind === 'derivative' && part.of.kind === 'symbol' && part.by.kind === 'symbol';

const nameOf = ({ of, by }: DerivativeFormula): string =>
  `${MARK}${structureKey(of)}~${(by as SymbolFormula).name}`;

/** Derivatives in the formula written as entries of adjoint families. */
function asEntries(formula: Formula, met: Map<string, DerivativeFormula>): Formula {
  if (isTaken(formula)) {
    const name = nameOf(formula);
    if (!met.has(name)) met.set(name, formula);
    return symbol(name, (formula.by as SymbolFormula).indices);
  }
  return mapChildren(formula, (part) => asEntries(part, met));
}

export interface WithAdjoints {
  readonly formula: Formula;
  readonly ground: Ground;
  /** Writes entries of adjoint families as derivatives again. */
  readonly back: (formula: Formula) => Formula;
}

/**
 * The formula with its untaken derivatives as entries of families that have definitions.
 *
 * @throws Unsupported if the range of such a family is not known
 */
export function withAdjoints(formula: Formula, ground: Ground): WithAdjoints {
  const met = new Map<string, DerivativeFormula>();
  const rewritten = asEntries(formula, met);
  if (met.size === 0) return { formula, ground, back: (answer) => answer };
  const { network } = ground.prepared;
  const definitions: Definition[] = [];
  const families = new Map<string, Family>(network.families);
  // Families met while others are written out are added to the end and reached by the same loop.
  for (const [name, node] of met) {
    const by = node.by as SymbolFormula;
    const family = network.families.get(by.name);
    const ranges = rangesOf(family, by, ground);
    const entry = symbol(
      by.name,
      ranges.map((range) => symbol(range.index)),
    );
    const { plain } = questionOf(derivative(node.of, entry), {}, undefined, {
      prepared: { ...ground.prepared, named: [] },
      room: ground.room,
    });
    const context = domainOf(entry, network);
    const right = asEntries(plain.formulaOf(plain.expand(entry, context), context), met);
    definitions.push({ name, head: entry.indices, ranges, where: [], right, line: 0 });
    families.set(name, {
      ...(family as Family),
      name,
      slots: ranges.map((range) => ({ place: 'lower', variable: range.index, bounds: range })),
      kind: 'defined',
    });
  }
  const wider = {
    ...network,
    families,
    definitions: [...network.definitions, ...definitions],
  };
  const room = { names: ground.room.names, facts: factsOf(wider, formula) };
  return { formula: rewritten, ground: { prepared: prepare(wider), room }, back };

  function back(answer: Formula): Formula {
    if (answer.kind === 'symbol' && answer.name.startsWith(MARK)) {
      const node = met.get(answer.name) as DerivativeFormula;
      return derivative(node.of, symbol((node.by as SymbolFormula).name, answer.indices));
    }
    if (answer.kind === 'derivative' && contains(answer, isAdjoint))
      throw new Unsupported(
        'a second derivative of this network needs a recurrence that has no closed form here; ask for a concrete depth',
        formula,
      );
    return mapChildren(answer, back);
  }
}

const isAdjoint = (part: Formula): boolean => part.kind === 'symbol' && part.name.startsWith(MARK);

function rangesOf(
  family: Family | undefined,
  by: SymbolFormula,
  { room }: Ground,
): readonly Range[] {
  if (by.indices.length === 0) return [];
  const names = by.indices.map((_, place) =>
    room.names.fresh(family?.slots[place]?.variable ?? 'i'),
  );
  const entry = symbol(
    by.name,
    names.map((name) => symbol(name)),
  );
  return names.map((index, place) => {
    const bounds = family?.slots[place]?.bounds;
    if (!family || !bounds)
      throw new Unsupported(
        `the range of index ${place + 1} of ${by.name} is not known; write it in its definition (for l = 1..L)`,
        entry,
      );
    return { index, ...boundsAt(family, place, entry) };
  });
}

/** The bounds of one index, with the earlier indices put in. */
function boundsAt(
  family: Family,
  place: number,
  entry: SymbolFormula,
): { readonly lower: Formula; readonly upper: Formula } {
  const renaming = new Map(
    family.slots.slice(0, place).map((slot, at) => [slot.variable, entry.indices[at] as Formula]),
  );
  const bounds = family.slots[place]?.bounds;
  const put = (formula: Formula): Formula => renamed(formula, renaming);
  return { lower: put((bounds as Range).lower), upper: put((bounds as Range).upper) };
}

const renamed = (formula: Formula, renaming: ReadonlyMap<string, Formula>): Formula =>
  formula.kind === 'symbol' && formula.indices.length === 0
    ? (renaming.get(formula.name) ?? formula)
    : mapChildren(formula, (part) => renamed(part, renaming));
