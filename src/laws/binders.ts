/** Opening binders: each time with names that clash with nothing around. */
import { type Binder, type Formula, symbol } from '../expression/formula.js';
import { freeNames, freshName, substitute } from '../expression/walk.js';

export interface Opened {
  readonly binders: readonly Binder[];
  readonly body: Formula;
}

/**
 * The body under binders whose names are free in none of the formulas around it (and differ from
 * each other), so that it may be multiplied by those formulas.
 */
export function openBinders(
  binders: readonly Binder[],
  body: Formula,
  around: readonly Formula[],
): Opened {
  const taken = new Set([...around, body].flatMap((part) => [...freeNames(part)]));
  for (const binder of binders) taken.delete(binder.index);
  for (const part of around) for (const name of freeNames(part)) taken.add(name);
  const renaming = new Map<string, Formula>();
  const opened = binders.map((binder): Binder => {
    const index = freshName(binder.index, taken);
    taken.add(index);
    const lower = substitute(binder.lower, renaming);
    const upper = substitute(binder.upper, renaming);
    // Set also when nothing changes: it hides a renaming of an outer binder of the same name.
    renaming.set(binder.index, symbol(index));
    return { index, lower, upper };
  });
  return { binders: opened, body: substitute(body, renaming) };
}
