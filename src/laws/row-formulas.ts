/** The texts of a function's row as formulas in its parameters, and applied to arguments. */
import { type Condition, type Formula, symbol } from '../expression/formula.js';
import type { FunctionRow } from '../expression/functions.js';
import { mapCondition, type Substitution, substitute } from '../expression/walk.js';
import { conditionFrom, formulaFrom } from './plain-text.js';

/** A row's texts, read. */
export interface RowFormulas {
  readonly derivatives: readonly Formula[];
  readonly definition: Formula | undefined;
  readonly domain: readonly Condition[];
  readonly limits: {
    readonly atMinusInfinity: Formula | undefined;
    readonly atInfinity: Formula | undefined;
  };
}

const remembered = new WeakMap<FunctionRow, RowFormulas>();

/** Reads the texts of a row, once per row. */
export function rowFormulas(row: FunctionRow): RowFormulas {
  const known = remembered.get(row);
  if (known) return known;
  const limit = (text: string | undefined) => (text === undefined ? undefined : formulaFrom(text));
  const read = {
    derivatives: row.derivatives.map((text) => formulaFrom(text)),
    definition: row.definition === undefined ? undefined : formulaFrom(row.definition),
    domain: row.domain.map((text) => conditionFrom(text)),
    limits: {
      atMinusInfinity: limit(row.limits?.atMinusInfinity),
      atInfinity: limit(row.limits?.atInfinity),
    },
  };
  remembered.set(row, read);
  return read;
}

/** The replacement of a row's parameters by arguments. */
export const parametersAs = (row: FunctionRow, args: readonly Formula[]): Substitution =>
  new Map(row.parameters.map((name, place) => [name, args[place] ?? symbol(name)]));

/** The definition of a function at its arguments, through simpler functions, where it has one. */
export function definitionAt(row: FunctionRow, args: readonly Formula[]): Formula | undefined {
  const { definition } = rowFormulas(row);
  return definition && substitute(definition, parametersAs(row, args));
}

/** The conditions for a function to be defined at its arguments. */
export const domainAt = (row: FunctionRow, args: readonly Formula[]): readonly Condition[] =>
  rowFormulas(row).domain.map((condition) =>
    mapCondition(condition, (part) => substitute(part, parametersAs(row, args))),
  );
