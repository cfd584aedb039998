/**
 * Patterns found by an entry that they mention. A formula that does not mention `w_7` cannot hold
 * the right side `w_7 f_6`; of a thousand definitions only few are left to be compared.
 */
import type { Formula } from '../expression/formula.js';
import { children, freeNames } from '../expression/walk.js';

/** So few patterns are all tried. */
const FEW = 8;

const remembered = new WeakMap<Formula, ReadonlySet<string>>();

/** Entries without letters (`x`, `w_7`, `W_{1,2}`) that a formula mentions, as texts. */
function entriesIn(formula: Formula): ReadonlySet<string> {
  const known = remembered.get(formula);
  if (known) return known;
  const found = new Set<string>();
  if (formula.kind === 'symbol' && formula.indices.every((index) => index.kind === 'number'))
    found.add(
      [
        formula.name,
        ...formula.indices.map((index) =>
          index.kind === 'number' ? index.value.toFraction() : '',
        ),
      ].join(' '),
    );
  for (const part of children(formula)) for (const entry of entriesIn(part)) found.add(entry);
  remembered.set(formula, found);
  return found;
}

export class ByMention<T> {
  private readonly byEntry = new Map<string, number[]>();
  /** Patterns in which every entry has letters. */
  private readonly others: number[] = [];

  /** @param variables names in a pattern that stand for anything */
  constructor(
    private readonly items: readonly T[],
    pattern: (item: T) => Formula,
    variables: (item: T) => readonly string[],
  ) {
    if (items.length <= FEW) return;
    const entries = items.map((item) => {
      const free = freeNames(pattern(item));
      const open = new Set(variables(item));
      return [...entriesIn(pattern(item))].filter((entry) => {
        const name = entry.split(' ', 1)[0] as string;
        return free.has(name) && !open.has(name);
      });
    });
    const counts = new Map<string, number>();
    for (const entry of entries.flat()) counts.set(entry, (counts.get(entry) ?? 0) + 1);
    for (const [place, own] of entries.entries()) {
      const [first, ...more] = own;
      if (first === undefined) {
        this.others.push(place);
        continue;
      }
      const count = (entry: string): number => counts.get(entry) as number;
      const rarest = more.reduce((best, one) => (count(one) < count(best) ? one : best), first);
      const known = this.byEntry.get(rarest);
      if (known) known.push(place);
      else this.byEntry.set(rarest, [place]);
    }
  }

  /** The items whose pattern the formula can hold, in their order. */
  candidates(formula: Formula): readonly T[] {
    if (this.byEntry.size === 0) return this.items;
    const places = [...this.others];
    for (const entry of entriesIn(formula)) places.push(...(this.byEntry.get(entry) ?? []));
    return places.sort((left, right) => left - right).map((place) => this.items[place] as T);
  }
}
