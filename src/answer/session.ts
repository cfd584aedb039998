/** A sheet being answered: the network as it stands at each statement. */

import { buildNetwork } from '../network/build.js';
import type { Network } from '../network/network.js';
import type { Sheet, Statement } from '../read/statement.js';
import type { Display } from '../write/display.js';
import { displayOf } from './formulas.js';

/** The network as a statement sees it, and how to write its names. */
export interface Setting {
  readonly sheet: Sheet;
  readonly network: Network;
  readonly display: Display;
}

/**
 * Gives each statement its setting: definitions of its block and the blocks before it, and the
 * numbers, sizes, assumptions and conventions of the lines before it. Settings are remembered, since
 * most statements share one.
 */
export function openSheet(sheet: Sheet): (statement: Statement) => Setting {
  const known = new Map<string, Setting>();
  return (statement) => {
    const position = sheet.statements.indexOf(statement);
    const block = sheet.blocks[position] ?? 0;
    const changes = sheet.statements.filter(
      (other, place) =>
        (sheet.blocks[place] ?? 0) <= block && other.line <= statement.line && changesScope(other),
    );
    const key = `${block}:${changes.length}`;
    const remembered = known.get(key);
    if (remembered) return remembered;
    const network = buildNetwork(sheet, { block, line: statement.line });
    const setting = { sheet, network, display: displayOf(network, sheet) };
    known.set(key, setting);
    return setting;
  };
}

const scopeKinds: ReadonlySet<Statement['kind']> = new Set([
  'size',
  'given',
  'assume',
  'convention',
] as const);

const changesScope = (statement: Statement): boolean => scopeKinds.has(statement.kind);
