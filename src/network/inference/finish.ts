/** A definition unit with its ranges filled in and its letters chosen. */
import { type Bounds, type Formula, type SymbolFormula, symbol } from '../../expression/formula.js';
import { freeNames, mapCondition } from '../../expression/walk.js';
import { NetworkError } from '../errors.js';
import { isMade, stemOf } from '../indexing/context.js';
import type { Definition, Range } from '../network.js';
import { type Filling, fill, pickLetter } from './fill.js';
import type { Sizes } from './sizes.js';
import type { DefinitionUnit } from './units.js';

/** Makes a definition of a unit. Throws `NetworkError` where a range cannot be inferred. */
export function finishDefinition(
  unit: DefinitionUnit,
  sizes: Sizes,
  taken: ReadonlySet<string>,
): Definition {
  const unknown = (variable: string): NetworkError =>
    new NetworkError(
      `Nothing tells the range of the index ${stemOf(variable) || variable} in ${unit.source}. ` +
        `Write it, for example: for ${stemOf(variable) || 'i'} = 1..n.`,
      unit.line,
    );
  const filling: Filling = {
    rangeOf: (variable) => sizes.variableRange(unit, variable),
    counters: unit.counters,
    taken: either(taken, freeLetters(unit)),
    unknown,
    outside: (variable, needs) =>
      new NetworkError(
        `The range of ${variable} in ${unit.source} depends on ${needs}, which is bound further inside. ` +
          `Write the sum over ${needs} further to the left.`,
        unit.line,
      ),
  };
  const renaming = new Map<string, Formula>();
  const used = freeLetters(unit);
  for (const variable of unit.headVariables) {
    const letter = isMade(variable) ? pickLetter(stemOf(variable), filling.taken, used) : variable;
    used.add(letter);
    renaming.set(variable, symbol(letter));
  }
  const done = (formula: Formula): Formula => fill(formula, renaming, filling);
  const ranges: Range[] = unit.headVariables.map((variable) => {
    const range = sizes.variableRange(unit, variable);
    if (!range) throw unknown(variable);
    return { index: nameOf(renaming.get(variable), variable), ...filledBounds(range, done) };
  });
  return {
    name: unit.head.name,
    head: (done(unit.head) as SymbolFormula).indices,
    ranges,
    where: unit.where.map((condition) => mapCondition(condition, done)),
    right: done(unit.body),
    line: unit.line,
  };
}

const nameOf = (formula: Formula | undefined, otherwise: string): string =>
  formula?.kind === 'symbol' ? formula.name : otherwise;

const filledBounds = (bounds: Bounds, done: (formula: Formula) => Formula): Bounds => ({
  lower: done(bounds.lower),
  upper: done(bounds.upper),
});

/** Letters that stand free in a unit already. */
const freeLetters = (unit: DefinitionUnit): Set<string> =>
  new Set(
    [...freeNames(unit.head), ...freeNames(unit.body), ...unit.headVariables].filter(
      (name) => !isMade(name),
    ),
  );

/** Names of either set; many definitions share the first, so that it is not copied. */
const either = (
  first: { has(name: string): boolean },
  second: ReadonlySet<string>,
): { has(name: string): boolean } => ({ has: (name) => first.has(name) || second.has(name) });
