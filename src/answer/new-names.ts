/** What is said of functions in an ask that stand nowhere else: a slip of the pen would go unseen. */

import type { Formula } from '../expression/formula.js';
import { familyFunctionNames, functionNamed } from '../expression/functions.js';
import { children } from '../expression/walk.js';
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
