/** The vocabulary of a sheet: ranks, manners, bodies; and which letters are sizes. */
import type { Formula } from '../../expression/formula.js';
import { children, freeNames } from '../../expression/walk.js';
import type { Sheet } from '../../read/statement.js';
import type { NameRank, Vocabulary } from '../network.js';
import type { Facts } from './facts.js';
import { functionBodies, loneCalls } from './functions.js';
import { inferRanks } from './ranks.js';

/** Gathers all that lowering must know of a sheet. */
export function vocabularyOf(
  facts: Facts,
  sheet: Sheet,
  sizeNames: ReadonlySet<string>,
): Vocabulary {
  const bodies = functionBodies(facts);
  const { ranks, manners } = inferRanks(facts, sheet, bodies, sizeNames);
  const entries = entryNames(facts, ranks);
  return {
    ranks: new Map([...ranks].filter(([name]) => !entries.has(name))),
    manners,
    bodies,
    calls: loneCalls(facts),
    powers: facts.powers,
    numbered: facts.numbered,
    entries,
  };
}

/** `x` for `X` where `x_ij` is met, `X` is a matrix, and nothing else is called `x`. */
function entryNames(facts: Facts, ranks: ReadonlyMap<string, NameRank>): Map<string, string> {
  const own = new Set<string>(facts.definitions.map(({ head }) => head.name));
  for (const { targets } of facts.declares)
    for (const target of targets) if (target.kind === 'symbol') own.add(target.name);
  for (const { items } of facts.givens)
    for (const { target } of items) if (target.kind === 'symbol') own.add(target.name);
  const entries = new Map<string, string>();
  for (const [name, rank] of ranks) {
    const lower = name.toLowerCase();
    if (name === lower || rank.lower < 2 || own.has(lower)) continue;
    const small = ranks.get(lower);
    if (own.has(name) && (!small || (small.lower === rank.lower && small.upper === rank.upper)))
      entries.set(lower, name);
  }
  return entries;
}

/**
 * Capital letters that stand in an index while the small letter runs (`h_T` where `h_t` is defined):
 * the last value of that index.
 */
function topsOf(facts: Facts): readonly string[] {
  const running = new Set<string>();
  const met = new Set<string>();
  const look = (formula: Formula): void => {
    if (formula.kind === 'symbol')
      for (const index of formula.indices)
        for (const name of freeNames(index)) (/^[A-Z]$/.test(name) ? met : running).add(name);
    for (const part of children(formula)) look(part);
  };
  for (const { statement, head } of facts.definitions) {
    look(head);
    look(statement.right);
  }
  return [...met].filter((name) => running.has(name.toLowerCase()));
}

/** Names of sizes: ends of ranges, declared shapes, size statements, natural numbers. */
export function sizeNamesOf(facts: Facts, sheet: Sheet): ReadonlySet<string> {
  const names = new Set<string>();
  const bound = new Set<string>();
  const take = (formula: Formula | undefined): void => {
    if (formula) for (const name of freeNames(formula)) names.add(name);
  };
  const look = (formula: Formula): void => {
    if (formula.kind === 'sum' || formula.kind === 'product') {
      bound.add(formula.index);
      take(formula.bounds?.lower);
      take(formula.bounds?.upper);
    }
    for (const part of children(formula)) look(part);
  };
  for (const { statement } of facts.definitions) {
    for (const formula of [statement.right, ...statement.chain]) look(formula);
    for (const { index, lower, upper } of statement.ranges) {
      bound.add(index);
      take(lower);
      take(upper);
    }
  }
  for (const { sizes, ranges, set, targets } of facts.declares) {
    for (const size of sizes) take(size);
    for (const { index, lower, upper } of ranges) {
      bound.add(index);
      take(lower);
      take(upper);
    }
    if (set !== 'R') for (const target of targets) take(target);
  }
  for (const { target } of facts.sizes) take(target);
  for (const formula of [...facts.asked, ...facts.checked]) look(formula);
  for (const [name, info] of sheet.names) if (info.role === 'size') names.add(name);
  for (const name of topsOf(facts)) names.add(name);
  // An index that ends another range (`sum_{s=1}^{t}`) stays an index.
  for (const name of bound) names.delete(name);
  return names;
}
