/** The loss of a builder has a name of its own (`C`); asked for by another, it would be a new number. */
import type { Formula, SymbolFormula } from '../expression/formula.js';
import { children } from '../expression/walk.js';
import { ShapeError } from '../network/errors.js';
import type { Setting } from './session.js';

/** What losses are called elsewhere. */
const WORDS = /^([Ll]oss|[Cc]ost)$/;
/** Letters mean a loss only where they are differentiated: `L` may count layers. */
const DIFFERENTIATED = /^([Ll]oss|[Cc]ost|J|L)$/;

/** How builders call theirs. */
const OWN_NAME = 'C';

/**
 * The formula, if no name in it is one that a builder's loss could be meant by.
 *
 * @throws {ShapeError} that names the builder's loss
 */
export function withBuilderLoss(formula: Formula, { known, network, sheet }: Setting): Formula {
  const isBuilt =
    known.has(OWN_NAME) && sheet.statements.some((statement) => statement.kind === 'network');
  if (!isBuilt) return formula;
  const isOther = (part: Formula, names: RegExp): part is SymbolFormula =>
    part.kind === 'symbol' &&
    part.indices.length === 0 &&
    names.test(part.name) &&
    !known.has(part.name) &&
    network.families.get(part.name)?.role !== 'size';
  const look = (part: Formula): void => {
    const met = part.kind === 'derivative' ? part.of : part;
    if (isOther(met, met === part ? WORDS : DIFFERENTIATED))
      throw new ShapeError(
        `${met.name} stands nowhere in the sheet. The loss of the builder is called ${OWN_NAME}: ` +
          `write ${OWN_NAME}, or define ${met.name} = ${OWN_NAME}.`,
      );
    for (const child of children(part)) look(child);
  };
  look(formula);
  return formula;
}
