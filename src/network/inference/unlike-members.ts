/**
 * Numbered names whose members are of different kinds: `z_1 = W_1 x + b_1`, a vector, beside
 * `z_2 = w_2^T h + b_2`, a number. Their numbers are labels; each member is a name of its own.
 */
import type { Formula, SymbolFormula } from '../../expression/formula.js';
import { children, contains } from '../../expression/walk.js';
import type { Sheet } from '../../read/statement.js';
import type { NameRank, Numbered } from '../network.js';
import { type DefinitionFact, type Facts, numberedBy, splitNumbered } from './facts.js';
import { functionBodies } from './functions.js';
import { inferRanks } from './ranks.js';

/** The facts of a sheet with the members of such names told apart. */
export function withUnlikeMembers(
  facts: Facts,
  sheet: Sheet,
  sizeNames: ReadonlySet<string>,
): Facts {
  const inner = facts.definitions.filter(isInner);
  if (inner.length === 0) return facts;
  const members = numberedMembers(facts, sheet);
  if (!inner.some(({ head }) => members.has(head.name))) return facts;
  const defined = new Set(facts.definitions.map(({ head }) => head.name));
  const split = numberedBy(facts, byFirst(members.keys()));
  const { ranks } = inferRanks(split, sheet, functionBodies(split), sizeNames);
  const unlike = [...members].filter(([, labels]) => areUnlike(labels, ranks));
  return unlike.some(([name]) => defined.has(name))
    ? numberedBy(facts, byFirst(unlike.map(([name]) => name)))
    : facts;
}

/** Whether a numbered name is defined with something that may well be a number: a row times a column. */
const isInner = ({ head, statement }: DefinitionFact): boolean =>
  head.indices.length > 0 &&
  contains(statement.right, (part) => part.kind === 'operation' && part.name === 'transpose');

const byFirst = (names: Iterable<string>): Numbered =>
  new Map([...names].map((name) => [name, 'first']));

const areUnlike = (labels: ReadonlySet<string>, ranks: ReadonlyMap<string, NameRank>): boolean =>
  new Set([...labels].map((label) => ranks.get(label)?.lower ?? 0)).size > 1;

/** Names whose first index is a number wherever they stand, with the names of their members. */
function numberedMembers(facts: Facts, sheet: Sheet): ReadonlyMap<string, ReadonlySet<string>> {
  const members = new Map<string, Set<string>>();
  const otherwise = new Set<string>();
  const meet = (symbol: SymbolFormula): void => {
    const { name } = symbol;
    const member = splitNumbered(symbol, new Map([[name, 'first']]));
    const above = sheet.names.get(name)?.upper ?? 0;
    if (member.kind !== 'symbol' || member === symbol || above > 0) otherwise.add(name);
    else members.set(name, (members.get(name) ?? new Set()).add(member.name));
  };
  const look = (formula: Formula): void => {
    if (formula.kind === 'symbol') meet(formula);
    else for (const part of children(formula)) look(part);
  };
  for (const { head, statement } of facts.definitions) {
    look(head);
    for (const side of [statement.right, ...statement.chain]) look(side);
  }
  for (const { targets } of facts.declares) for (const target of targets) look(target);
  for (const { items } of facts.givens) for (const { target } of items) look(target);
  for (const formula of [...facts.asked, ...facts.checked]) look(formula);
  return new Map([...members].filter(([name, labels]) => labels.size > 1 && !otherwise.has(name)));
}
