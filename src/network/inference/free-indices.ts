/** Indices that stand on one side of a definition only. */
import type { Formula } from '../../expression/formula.js';
import { children, freeNames } from '../../expression/walk.js';
import type { Sheet } from '../../read/statement.js';
import { familyAsIndex, NetworkError } from '../errors.js';
import { isMade, stemOf } from '../indexing/context.js';
import type { Vocabulary } from '../network.js';
import type { DefinitionUnit } from './units.js';
import { allBound } from './units.js';
import { nodeOf, type SlotTerm } from './uses.js';

export interface FixedIndices {
  /** Index letters that are one fixed value per model, with the slots that they index. */
  readonly fixed: ReadonlyMap<string, readonly SlotTerm[]>;
  readonly notes: readonly { readonly line: number; readonly message: string }[];
}

/**
 * Finds indices that are free on the right and not on the left. Such a letter is one fixed value
 * (a class, a sample); a letter that meets two families of one product and is an index elsewhere is
 * a forgotten sum, and refused.
 */
export function fixedIndicesOf(
  definitions: readonly DefinitionUnit[],
  vocabulary: Vocabulary,
  sizeNames: ReadonlySet<string>,
  sheet: Sheet,
): FixedIndices {
  const running = new Set(
    definitions.flatMap((unit) =>
      [...unit.headVariables, ...allBound(unit.body)].map((name) => stemOf(name)),
    ),
  );
  const fixed = new Map<string, SlotTerm[]>();
  const notes: { line: number; message: string }[] = [];
  for (const unit of definitions) {
    refuseLeftOnly(unit);
    for (const [letter, terms] of freeIndices(unit, sizeNames, sheet)) {
      refuseFamily(letter, terms, unit, vocabulary);
      if (vocabulary.ranks.get(letter) && running.has(letter) === false && isQuantity(letter, unit))
        continue;
      const families = new Set(terms.map((term) => term.node.split('/')[0]));
      if (running.has(letter) && families.size > 1)
        throw new NetworkError(
          `The index ${letter} stands on the right of ${unit.source} only, in ${[...families].join(' and ')}: ` +
            `write sum_${letter} if it is summed over, or put ${letter} on the left.`,
          unit.line,
        );
      if (!fixed.has(letter))
        notes.push({
          line: unit.line,
          message: `${letter} is not on the left of ${unit.source}: it is read as one fixed value.`,
        });
      fixed.set(letter, [...(fixed.get(letter) ?? []), ...terms]);
    }
  }
  return { fixed, notes };
}

/** A vector or a matrix of the sheet is no number that could tell an entry. */
function refuseFamily(
  letter: string,
  terms: readonly SlotTerm[],
  unit: DefinitionUnit,
  vocabulary: Vocabulary,
): void {
  const rank = vocabulary.ranks.get(letter);
  if (!rank || rank.upper + rank.lower === 0) return;
  const of = terms[0]?.node.split('/')[0] ?? 'a name';
  throw new NetworkError(familyAsIndex(letter, of, ` in ${unit.source}`), unit.line);
}

/** A letter that also stands as a number by itself is data in an index, not an index letter. */
const isQuantity = (letter: string, unit: DefinitionUnit): boolean => {
  const look = (formula: Formula): boolean => {
    if (formula.kind === 'symbol') return formula.name === letter && formula.indices.length === 0;
    return children(formula).some(look);
  };
  return look(unit.body);
};

function freeIndices(
  unit: DefinitionUnit,
  sizeNames: ReadonlySet<string>,
  sheet: Sheet,
): ReadonlyMap<string, SlotTerm[]> {
  const found = new Map<string, SlotTerm[]>();
  const isFree = (name: string): boolean =>
    !unit.variables.has(name) &&
    !isMade(name) &&
    !sizeNames.has(name) &&
    sheet.names.get(name)?.role !== 'size';
  const walk = (formula: Formula): void => {
    if (formula.kind === 'symbol')
      formula.indices.forEach((index, slot) => {
        for (const name of freeNames(index))
          if (isFree(name))
            found.set(name, [
              ...(found.get(name) ?? []),
              { node: nodeOf(formula.name, slot), args: [] },
            ]);
      });
    if (formula.kind === 'derivative') {
      walk(formula.of);
      walk(formula.by);
      return;
    }
    for (const part of children(formula)) walk(part);
  };
  walk(unit.body);
  return found;
}

/** A head index that the right side does not use, though it has indices of its own. */
function refuseLeftOnly(unit: DefinitionUnit): void {
  const free = freeNames(unit.body);
  const bound = new Set(allBound(unit.body).map(stemOf));
  const written = unit.headVariables.filter((name) => !isMade(name));
  for (const letter of written) {
    if (free.has(letter) || unit.where.length > 0) continue;
    if (bound.has(letter))
      throw new NetworkError(
        `The index ${letter} on the left of ${unit.source} is bound by a sum on the right, so the two ` +
          `have nothing to do with each other: use another letter in the sum.`,
        unit.line,
      );
    if (hasIndices(unit.body))
      throw new NetworkError(
        `The index ${letter} stands on the left of ${unit.source} only: the right side does not depend on it.`,
        unit.line,
      );
  }
}

const hasIndices = (formula: Formula): boolean =>
  (formula.kind === 'symbol' && formula.indices.some((index) => freeNames(index).size > 0)) ||
  children(formula).some(hasIndices);
