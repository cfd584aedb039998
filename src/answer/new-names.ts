/** What is said of names in an ask that stand nowhere else: a slip of the pen would go unseen. */

import type { Formula } from '../expression/formula.js';
import { familyFunctionNames, functionNamed } from '../expression/functions.js';
import { children, freeNames } from '../expression/walk.js';
import { letterCommands } from '../read/commands.js';
import type { Statement } from '../read/statement.js';
import { namesIn } from './names-in.js';
import type { Setting } from './session.js';

/** One sentence for each function of an ask that neither the sheet nor mathematics names. */
export function newFunctionNotes(ask: Formula, { known, sheet }: Setting): readonly string[] {
  const declared = new Set(
    sheet.statements.flatMap((one) => (one.kind === 'function' ? [one.name] : [])),
  );
  const found = new Set<string>();
  const look = (formula: Formula): void => {
    if (formula.kind === 'call') found.add(formula.name);
    for (const part of children(formula)) look(part);
  };
  look(ask);
  return [...found]
    .filter((name) => !known.has(name) && !declared.has(name))
    .filter((name) => !functionNamed(name) && !familyFunctionNames.has(name))
    .map((name) => `${name} is a new function here: nothing in the sheet defines it`);
}

/**
 * One sentence for each quantity of an ask whose name is a word that stands nowhere else in a sheet of
 * other names. Letters come and go (`w - eta dC/dw`); a word is rarely meant to.
 */
export function newQuantityNotes(
  ask: Formula,
  statement: Statement,
  { known, sheet, network }: Setting,
): readonly string[] {
  if (known.size === 0) return [];
  const isWord = (name: string): boolean =>
    /^[A-Za-z]{2,}$/.test(name) && !letterCommands.has(name);
  const words = [...freeNames(ask)].filter(
    (name) => isWord(name) && !known.has(name) && network.families.get(name)?.role !== 'size',
  );
  if (words.length === 0) return [];
  const elsewhere = new Set(
    sheet.statements
      .filter(({ line }) => line !== statement.line)
      .flatMap((other) => [...namesIn(other)]),
  );
  return words
    .filter((name) => !elsewhere.has(name))
    .map((name) => `${name} is a new name here: nothing else in the sheet mentions it`);
}
