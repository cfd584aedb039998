/**
 * What a derivative is asked by must stand somewhere in the sheet: a slip of the pen would otherwise be
 * answered by 0.
 */
import { type DerivativeFormula, derivative, type Formula, symbol } from '../expression/formula.js';
import { rewriteUp } from '../expression/walk.js';
import { ShapeError } from '../network/errors.js';
import type { Network } from '../network/network.js';
import type { Sheet, Statement } from '../read/statement.js';
import { namesIn } from './lost.js';

const tells: ReadonlySet<Statement['kind']> = new Set([
  'definition',
  'function',
  'declare',
  'size',
  'given',
  'assume',
  'network',
]);

/**
 * The formula with the matrix of a family named as the family is (`dL/dW` where only `w_ij` is
 * defined). Throws a {@link ShapeError} if it is differentiated by a name that stands nowhere.
 */
export function byKnownNames(formula: Formula, network: Network, sheet: Sheet): Formula {
  const known = namesOf(network, sheet);
  return rewriteUp(formula, (part) =>
    part.kind === 'derivative' ? derivative(part.of, byKnown(part, known, network)) : part,
  );
}

function byKnown(part: DerivativeFormula, known: ReadonlySet<string>, network: Network): Formula {
  const { of, by } = part;
  const isDefined =
    of.kind === 'symbol' && network.definitions.some((definition) => definition.name === of.name);
  if (by.kind !== 'symbol' || !isDefined || known.has(by.name) || of.name === by.name) return by;
  const entry = by.name.length === 1 ? by.name.toLowerCase() : by.name;
  const slots = network.families.get(entry)?.slots ?? [];
  const lower = slots.filter((slot) => slot.place === 'lower').length;
  if (entry !== by.name && known.has(entry) && lower === 2) return symbol(entry, by.indices);
  const hint = entry !== by.name && known.has(entry) ? ` Is ${entry} meant?` : '';
  throw new ShapeError(
    `${by.name} stands in no definition, so nothing says how ${of.name} depends on it.${hint} ` +
      'Name a quantity of the sheet, or define it.',
  );
}

function namesOf(network: Network, sheet: Sheet): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of sheet.statements) {
    if (!tells.has(statement.kind)) continue;
    for (const name of namesIn(statement)) names.add(name);
    if (statement.kind === 'function') for (const name of statement.parameters) names.add(name);
  }
  for (const name of namesIn(network.definitions)) names.add(name);
  for (const { name } of network.definitions) names.add(name);
  return names;
}
