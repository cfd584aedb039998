/** Definitions made by a program, as the sheet that a person would have typed. */
import type { Formula, SymbolFormula } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import { readSheet } from '../read/document.js';
import type { RangeClause, Sheet } from '../read/statement.js';
import { writePlain } from '../write/write.js';

/** One definition: `left = right`, for the ranges of the indices that it is stated for. */
export interface StatedDefinition {
  readonly left: SymbolFormula;
  readonly right: Formula;
  /** Both ends are reached. Indices without a range run as far as their use says. */
  readonly ranges?: readonly {
    readonly index: string;
    readonly lower: Formula;
    readonly upper: Formula;
  }[];
}

/**
 * A sheet of definitions made from formulas instead of text: {@link buildNetwork} takes it, and
 * further formulas can be read in its names. The definitions are written in plain math and read back,
 * so that ranks and sizes are inferred as everywhere else.
 *
 * @param definitions in any order; sums may leave their range out where it follows from use
 * @throws Unsupported for a definition that does not come back as it was (a name that cannot be typed)
 */
export function sheetOf(definitions: readonly StatedDefinition[]): Sheet {
  const lines = definitions.map(lineOf);
  const sheet = readSheet(`${lines.join('\n')}\n`);
  definitions.forEach((definition, place) => {
    const statement = sheet.statements[place];
    const isSame =
      statement?.kind === 'definition' &&
      statement.chain.length === 0 &&
      same(statement.left, definition.left) &&
      same(statement.right, definition.right) &&
      sameRanges(statement.ranges, definition.ranges ?? []);
    if (isSame && sheet.statements.length === definitions.length) return;
    const met = statement?.kind === 'error' ? `: ${statement.problem.message}` : '';
    throw new Unsupported(
      `the definition "${lines[place]}" does not mean what was given once it is written${met}; ` +
        'use names that can be typed, of letters and digits, each with the same number of indices',
    );
  });
  return sheet;
}

const sameRanges = (read: readonly RangeClause[], given: readonly Required<RangeClause>[]) =>
  read.length === given.length &&
  given.every(({ index, lower, upper }, place) => {
    const other = read[place];
    if (other?.index !== index || !other.lower || !other.upper || !lower || !upper) return false;
    return same(other.lower, lower) && same(other.upper, upper);
  });

function lineOf({ left, right, ranges = [] }: StatedDefinition): string {
  const clauses = ranges.map(
    ({ index, lower, upper }) => `${index} = ${writePlain(lower)}..${writePlain(upper)}`,
  );
  const where = clauses.length > 0 ? ` for ${clauses.join(', ')}` : '';
  return `${writePlain(left)} = ${writePlain(right)}${where}`;
}
