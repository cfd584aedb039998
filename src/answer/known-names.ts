/**
 * What a derivative is of and by must stand somewhere in the sheet: a slip of the pen would otherwise
 * be answered by 0.
 */
import {
  type DerivativeFormula,
  derivative,
  type Formula,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { contains, rewriteUp } from '../expression/walk.js';
import { NetworkError, ShapeError } from '../network/errors.js';
import type { Extent } from '../network/extent.js';
import type { Network } from '../network/network.js';
import type { Sheet, Statement } from '../read/statement.js';
import { writePlain } from '../write/write.js';
import { namesIn } from './names-in.js';

const tells: ReadonlySet<Statement['kind']> = new Set([
  'definition',
  'function',
  'declare',
  'size',
  'given',
  'assume',
  'network',
]);

/** The names that something is said of in a sheet. */
export type KnownNames = ReadonlySet<string>;

/** A definition that only differentiates by a name says nothing of that name. */
export function knownNames(sheet: Sheet, network: Network): KnownNames {
  const names = new Set<string>();
  for (const statement of sheet.statements) {
    if (!tells.has(statement.kind)) continue;
    const isOne = statement.kind === 'definition' || statement.kind === 'function';
    for (const name of namesIn(statement, isOne ? ['by'] : [])) names.add(name);
    if (statement.kind === 'function') for (const name of statement.parameters) names.add(name);
  }
  for (const { name, right } of network.definitions) {
    names.add(name);
    for (const other of namesIn(right, ['by'])) names.add(other);
  }
  for (const [entry, matrix] of network.vocabulary.entries) if (names.has(matrix)) names.add(entry);
  return names;
}

/**
 * The formula with the matrix of a family named as the family is (`dL/dW` where only `w_ij` is
 * defined).
 *
 * @throws {ShapeError} if something is differentiated by a name that stands nowhere, or if nothing
 *   is known of what is differentiated
 */
export function byKnownNames(formula: Formula, known: KnownNames, network: Network): Formula {
  if (!contains(formula, (part) => part.kind === 'derivative')) return formula;
  return rewriteUp(formula, (part) =>
    part.kind === 'derivative' ? withKnown(part, known, network) : part,
  );
}

function withKnown(part: DerivativeFormula, known: KnownNames, network: Network): Formula {
  const { of, by } = part;
  if (by.kind !== 'symbol') return part;
  if (of.kind === 'symbol' && of.name === by.name) return part;
  const inside = namesIn(of);
  // A number does not change, whatever else does.
  if (inside.size === 0) return part;
  const isSomething = [...inside].some((name) => known.has(name));
  const above = isSomething || of.kind !== 'symbol' ? of : familyOf(of, known, network);
  const below = known.has(by.name) || inside.has(by.name) ? by : familyOf(by, known, network);
  if (!below)
    throw new ShapeError(
      `${by.name} stands in no definition, so nothing says how ${described(of)} depends on it.` +
        `${hint(by.name, known)} Name a quantity of the sheet, or define it.`,
    );
  if (!above || !(isSomething || above !== of || inside.has(below.name)))
    throw new ShapeError(
      of.kind === 'symbol'
        ? `${of.name} has no definition, so nothing says how it depends on ${by.name}; define it (${of.name} = ...)`
        : `${[...inside].join(', ')} stand in no definition, so nothing says how ${described(of)} depends on ${by.name}. Name quantities of the sheet, or define them.`,
    );
  return above === of && below === by ? part : derivative(above, below);
}

/** Longest formula that a message repeats. */
const LONGEST = 60;

function described(of: Formula): string {
  if (of.kind === 'symbol') return of.name;
  const text = writePlain(of);
  return text.length <= LONGEST ? text : 'this';
}

/** The matrix of a family that is only met by its entries: `W` where the sheet has `w_ij`. */
function familyOf(
  { name, indices }: SymbolFormula,
  known: KnownNames,
  network: Network,
): SymbolFormula | undefined {
  const entry = entryName(name);
  const slots = network.families.get(entry)?.slots ?? [];
  const lower = slots.filter((slot) => slot.place === 'lower').length;
  return entry !== name && known.has(entry) && lower === 2 ? symbol(entry, indices) : undefined;
}

const entryName = (name: string): string => (name.length === 1 ? name.toLowerCase() : name);

function hint(name: string, known: KnownNames): string {
  const entry = entryName(name);
  return entry !== name && known.has(entry) ? ` Is ${entry} meant?` : '';
}

/**
 * Refuses a definition with such a derivative in it.
 *
 * @throws {NetworkError} at the first one
 */
export function refuseUnknownNames(
  sheet: Sheet,
  upTo: Extent,
  known: KnownNames,
  network: Network,
): void {
  for (const [place, statement] of sheet.statements.entries()) {
    if (statement.kind !== 'definition' || (sheet.blocks[place] ?? 0) > upTo.block) continue;
    try {
      for (const side of [statement.right, ...statement.chain]) byKnownNames(side, known, network);
    } catch (problem) {
      if (!(problem instanceof ShapeError)) throw problem;
      throw new NetworkError(problem.message, statement.line, statement.column);
    }
  }
}
