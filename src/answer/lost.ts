/**
 * What is lost when a part of a sheet cannot be used: a definition that clashes or was not read takes
 * with it what rests on its name; everything else is still answered.
 */
import { buildNetwork } from '../network/build.js';
import { NetworkError, ShapeError } from '../network/errors.js';
import type { Extent } from '../network/extent.js';
import type { Network } from '../network/network.js';
import { readFormula } from '../read/read.js';
import type { ReadProblem, Sheet, Statement } from '../read/statement.js';
import { type KnownNames, knownNames, refuseUnknownNames } from './known-names.js';
import { namesIn } from './names-in.js';

/** A statement that cannot be used, and the names that it takes with it. */
export interface Lost {
  readonly statement: Statement;
  readonly names: ReadonlySet<string>;
  readonly problem: ReadProblem;
  /** Only numbers are lost: what is asked in names can still be answered. */
  readonly numbersOnly: boolean;
}

export interface Recovered {
  readonly network: Network;
  readonly lost: readonly Lost[];
  readonly known: KnownNames;
}

/** Statements that are left out before a sheet is given up. */
const MOST_LOST = 20;

/** The network without the statements that cannot be used. Throws what has no place in the sheet. */
export function recoveredNetwork(sheet: Sheet, upTo: Extent): Recovered {
  const lost = unread(sheet, upTo);
  let kept = sheet;
  for (;;) {
    try {
      const network = buildNetwork(kept, upTo);
      const known = knownNames(sheet, network);
      refuseUnknownNames(kept, upTo, known, network);
      return { network, lost, known };
    } catch (problem) {
      if (!(problem instanceof NetworkError) || lost.length >= MOST_LOST) throw problem;
      const culprits = kept.statements.filter(
        (statement) => statement.line === problem.line && takesNames(statement),
      );
      if (culprits.length === 0) throw problem;
      for (const statement of culprits)
        lost.push({
          statement,
          names: namesTaken(statement),
          problem: { line: problem.line, column: problem.column, message: problem.message },
          numbersOnly: statement.kind === 'given',
        });
      kept = without(kept, new Set(culprits));
    }
  }
}

function without(sheet: Sheet, left: ReadonlySet<Statement>): Sheet {
  const stays = (_: unknown, place: number) => !left.has(sheet.statements[place] as Statement);
  return {
    ...sheet,
    statements: sheet.statements.filter(stays),
    blocks: sheet.blocks.filter(stays),
  };
}

/** Statements that could not be read but begin as a definition or as numbers do. */
function unread(sheet: Sheet, upTo: Extent): Lost[] {
  return sheet.statements.flatMap((statement, place): readonly Lost[] => {
    if (statement.kind !== 'error' || (sheet.blocks[place] ?? 0) > upTo.block) return [];
    const given = /^\s*given\b(.*)$/s.exec(statement.source)?.[1];
    if (given !== undefined && statement.line > upTo.line) return [];
    const sides = (given ?? statement.source).split('=').slice(0, given === undefined ? 1 : -1);
    if (given === undefined && !statement.source.includes('=')) return [];
    const names = new Set(
      sides.flatMap((side) =>
        nameOf(given === undefined ? side : (side.split(',').at(-1) ?? ''), sheet),
      ),
    );
    const { problem } = statement;
    return names.size > 0 ? [{ statement, names, problem, numbersOnly: given !== undefined }] : [];
  });
}

/** The name on a left side, if it can be read as one. */
function nameOf(text: string, sheet: Sheet): readonly string[] {
  try {
    const left = readFormula(text.trim(), sheet);
    return left.kind === 'symbol' || left.kind === 'call' ? [left.name] : [];
  } catch {
    // A left side that cannot be read gives no name to anything.
    return [];
  }
}

const takesNames = (statement: Statement): boolean =>
  ['definition', 'function', 'declare', 'size', 'given', 'assume', 'network'].includes(
    statement.kind,
  );

/** Names that a builder makes unless told otherwise. */
const builtNames = ['x', 'a', 'z', 'W', 'b', 'h', 'y', 'yhat', 'C'];

function namesTaken(statement: Statement): ReadonlySet<string> {
  switch (statement.kind) {
    case 'definition':
    case 'size': {
      const left = statement.kind === 'size' ? statement.target : statement.left;
      return namesIn(left.kind === 'power' ? left.base : left.kind === 'symbol' ? left.name : left);
    }
    case 'function':
      return new Set([statement.name]);
    case 'declare':
      return namesIn(statement.targets);
    case 'given':
      return namesIn(statement.items.map((item) => item.target));
    case 'network':
      return new Set([...builtNames, ...statement.options.join(' ').split(/\s+/)]);
    default:
      return new Set();
  }
}

/** The lost statement that a statement rests on, if there is one. */
export function lostBehind(
  statement: Statement,
  sheet: Sheet,
  { network, lost }: Recovered,
): { readonly name: string; readonly lost: Lost } | undefined {
  if (lost.length === 0) return undefined;
  const wholeNetwork =
    statement.kind === 'count' ||
    statement.kind === 'draw' ||
    (statement.kind === 'update' && statement.asks === 'all');
  const usable = lost.filter(
    (one) => !one.numbersOnly || statement.kind === 'expect' || statement.kind === 'claim',
  );
  if (wholeNetwork) {
    const [first] = usable;
    const name = first && [...first.names][0];
    return first && name !== undefined ? { name, lost: first } : undefined;
  }
  const reached = reachedFrom(statement, sheet, network);
  for (const one of usable)
    for (const name of one.names) if (reached.has(name)) return { name, lost: one };
  return undefined;
}

/** The names of a statement and of all definitions that lie behind them. */
function reachedFrom(statement: Statement, sheet: Sheet, network: Network): ReadonlySet<string> {
  const behind = new Map<string, Set<string>>();
  const add = (name: string, names: Iterable<string>): void => {
    const known = behind.get(name) ?? new Set<string>();
    for (const other of names) known.add(other);
    behind.set(name, known);
  };
  for (const other of sheet.statements) {
    if (other.kind === 'definition')
      for (const name of namesTaken(other)) add(name, namesIn([other.right, other.chain]));
    if (other.kind === 'function' && other.body) add(other.name, namesIn(other.body));
  }
  for (const { name, right } of network.definitions) add(name, namesIn(right));
  for (const [entry, matrix] of network.vocabulary.entries) add(entry, [matrix]);
  const reached = new Set<string>();
  const open = [...namesIn(statement)];
  while (open.length > 0) {
    const name = open.pop() as string;
    if (reached.has(name)) continue;
    reached.add(name);
    open.push(...(behind.get(name) ?? []));
  }
  return reached;
}

/** Said where a statement rests on what is lost. */
export const restsOnLost = (name: string, { problem }: Lost): ShapeError =>
  new ShapeError(
    `this rests on ${name}, which cannot be used because of line ${problem.line}: ${firstLine(problem.message)}`,
  );

const firstLine = (message: string): string =>
  (message.split('\n')[0] ?? '').replace(/^line \d+, column \d+: /, '');
