/** A sheet being answered: the network as it stands at each statement. */

import type { Network } from '../network/network.js';
import type { SecondOpinion } from '../numeric/second-opinion.js';
import type { Clauses, ReadProblem, Sheet, Statement } from '../read/statement.js';
import type { Display } from '../write/display.js';
import { pointOf, sheetAt } from './at.js';
import { displayOf } from './formulas.js';
import type { KnownNames } from './known-names.js';
import { type Lost, lostBehind, type Recovered, recoveredNetwork, restsOnLost } from './lost.js';

/** The network as a statement sees it, and how to write its names. */
export interface Setting {
  readonly sheet: Sheet;
  readonly network: Network;
  /** The names that something is said of. */
  readonly known: KnownNames;
  readonly display: Display;
  /** Whom to ask about polynomials, beside our own checks. */
  readonly secondOpinion: SecondOpinion | undefined;
  /** The same with some numbers and equations that hold at one line only. */
  readonly at: (point: Clauses['at']) => Setting;
}

/** A sheet whose statements can be answered one by one. */
export interface OpenSheet {
  /**
   * The setting of a statement: definitions of its block and the blocks before it, and the numbers,
   * sizes, assumptions and conventions of the lines before it, those of its own `at` included.
   * Throws if the statement rests on something that cannot be used.
   */
  readonly settingOf: (statement: Statement) => Setting;
  /** What was found so far that does not fit the rest of the sheet, each told once. */
  readonly misfits: () => readonly ReadProblem[];
}

/** Opens a sheet. Settings are remembered, since most statements share one. */
export function openSheet(sheet: Sheet, secondOpinion?: SecondOpinion): OpenSheet {
  const known = new Map<string, Recovered & { readonly setting: Setting }>();
  const misfits = new Map<string, ReadProblem>();
  const note = (lost: Lost): void => {
    const { problem, statement } = lost;
    if (statement.kind !== 'error') misfits.set(`${problem.line}: ${problem.message}`, problem);
  };
  const opened = (
    statement: Statement,
    point: Clauses['at'] = pointOf(statement),
  ): Recovered & { readonly setting: Setting } => {
    const position = sheet.statements.indexOf(statement);
    const block = sheet.blocks[position] ?? 0;
    const changes = sheet.statements.filter(
      (other, place) =>
        (sheet.blocks[place] ?? 0) <= block && other.line <= statement.line && changesScope(other),
    );
    const own = point.length > 0 ? `:${position}` : '';
    const key = `${block}:${changes.length}${own}`;
    const remembered = point === pointOf(statement) ? known.get(key) : undefined;
    if (remembered) return remembered;
    const recovered = recoveredNetwork(sheetAt(sheet, statement, point), {
      block,
      line: statement.line,
    });
    recovered.lost.forEach(note);
    const { network, known: names } = recovered;
    const at = (other: Clauses['at']): Setting => opened(statement, other).setting;
    const display = displayOf(network, sheet);
    const setting = { sheet, network, known: names, display, secondOpinion, at };
    const made = { ...recovered, setting };
    if (point === pointOf(statement)) known.set(key, made);
    return made;
  };
  return {
    settingOf: (statement) => {
      const found = opened(statement);
      const behind = lostBehind(statement, sheet, found);
      if (behind) throw restsOnLost(behind.name, behind.lost);
      return found.setting;
    },
    misfits: () => [...misfits.values()],
  };
}

const scopeKinds: ReadonlySet<Statement['kind']> = new Set([
  'size',
  'given',
  'assume',
  'convention',
  // Numbers that could not be read are missing from there on.
  'error',
] as const);

const changesScope = (statement: Statement): boolean => scopeKinds.has(statement.kind);
