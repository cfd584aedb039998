/**
 * Uses of entries in definitions that are written out unit by unit (`z_{1,2} = w_{1,2,1} x_1 + ...`):
 * there the entries that stand in a right side say by which a derivative is to be taken, and no
 * condition on letters has to be solved. The terms are those that the way through letters gives.
 */
import { type Formula, one, type SymbolFormula, symbol } from '../expression/formula.js';
import { children } from '../expression/walk.js';
import { differentiateEntry } from '../laws/differentiate.js';
import type { Definition } from '../network/network.js';
import type { LawContext } from '../rewrite/law.js';
import type { LocalUse } from './local-uses.js';
import { pending } from './pending.js';
import { type OpenedDefinition, openDefinition, type Prepared } from './prepared.js';
import { holdsCondition, joinFactors, plainTerm, type Room, type Term } from './term.js';

/** Where an entry stands in a definition: the whole right side, or those of its terms that hold it. */
interface Place {
  readonly definition: Definition;
  readonly parts: readonly Formula[];
}

interface UsedFamily {
  /** Definitions in which the family stands with letters, or under a sum. */
  readonly others: readonly Definition[];
  readonly byEntry: ReadonlyMap<string, readonly Place[]>;
}

export class WrittenUses {
  private readonly families = new Map<string, UsedFamily>();
  private readonly taken = new Map<Place, LocalUse | undefined>();

  constructor(
    private readonly prepared: Prepared,
    private readonly laws: LawContext,
    private readonly room: Room,
    private readonly inOwnName: (local: Formula, opened: OpenedDefinition) => Formula,
  ) {}

  /** The uses of an entry among the definitions wanted; `undefined` unless all are written out. */
  of(
    entry: SymbolFormula,
    isWanted: (definition: Definition) => boolean,
  ): readonly LocalUse[] | undefined {
    const key = entryKey(entry);
    if (key === undefined) return undefined;
    const { others, byEntry } = this.family(entry.name);
    if (others.some(isWanted)) return undefined;
    const uses: LocalUse[] = [];
    for (const place of byEntry.get(key) ?? []) {
      if (!isWanted(place.definition)) continue;
      if (!this.taken.has(place)) this.taken.set(place, this.take(place, entry));
      const use = this.taken.get(place);
      if (!use) return undefined;
      uses.push(use);
    }
    return uses;
  }

  private family(name: string): UsedFamily {
    const known = this.families.get(name);
    if (known) return known;
    const others: Definition[] = [];
    const byEntry = new Map<string, Place[]>();
    for (const definition of this.prepared.users.get(name) ?? []) {
      const parts = isWrittenOut(definition) ? partsByEntry(definition.right, name) : undefined;
      if (!parts) others.push(definition);
      for (const [key, own] of parts ?? []) {
        const place = { definition, parts: own };
        const list = byEntry.get(key);
        if (list) list.push(place);
        else byEntry.set(key, [place]);
      }
    }
    const family = { others, byEntry };
    this.families.set(name, family);
    return family;
  }

  private take({ definition, parts }: Place, entry: SymbolFormula): LocalUse | undefined {
    const opened = openDefinition(definition, this.room.names);
    const factor = pending(opened.name, opened.head);
    const terms: Term[] = [];
    for (const part of parts) {
      const local = this.inOwnName(differentiateEntry(part, entry, own(entry), this.laws), opened);
      if (holdsCondition(local, this.room.facts)) return undefined;
      for (const factors of flatTerms(local)) {
        const joined = joinFactors([factor, ...factors]);
        const [first] = joined;
        if (first?.kind !== 'number' || !first.value.equals(0)) terms.push(plainTerm(...joined));
      }
    }
    return { definition, opened, terms };
  }
}

/**
 * Stands for the derivative of the entry by itself, so that sums are opened where it stands in more
 * than one term, as deltas open them. A plain name has no deltas: it is 1 then.
 */
const mark = symbol('~1');
const own = (entry: SymbolFormula): Formula => (entry.indices.length === 0 ? one : mark);

/** Whether the mark is a factor, in some summand, of the formula. */
const holdsMark = (formula: Formula): boolean =>
  formula === mark ||
  (formula.kind === 'add' && formula.terms.some(holdsMark)) ||
  (formula.kind === 'multiply' && formula.factors.some(holdsMark));

/** The formula as flat products, opened where the mark stands, which is left out. */
function flatTerms(formula: Formula): readonly (readonly Formula[])[] {
  if (formula === mark) return [[]];
  if (!holdsMark(formula)) return [formula.kind === 'multiply' ? formula.factors : [formula]];
  if (formula.kind === 'add') return formula.terms.flatMap(flatTerms);
  const parts = formula.kind === 'multiply' ? formula.factors : [];
  return parts
    .map(flatTerms)
    .reduce((left, right) => left.flatMap((a) => right.map((b) => [...a, ...b])));
}

/** The indices of an entry as a text, if all are numbers. */
function entryKey({ indices }: SymbolFormula): string | undefined {
  let key = '';
  for (const index of indices) {
    if (index.kind !== 'number') return undefined;
    key += `${index.value.toFraction()},`;
  }
  return key;
}

const plainKinds: ReadonlySet<Formula['kind']> = new Set([
  'number',
  'constant',
  'add',
  'multiply',
  'power',
]);

/** Whether nothing in the definition ranges: its entries, and those it uses, are numbered. */
function isWrittenOut({ head, ranges, where, right }: Definition): boolean {
  if (ranges.length > 0 || where.length > 0) return false;
  if (head.some((index) => index.kind !== 'number')) return false;
  const seen = new Set<Formula>();
  const visit = (part: Formula): boolean => {
    if (part.kind === 'symbol') return part.indices.every((index) => index.kind === 'number');
    const isPlainCall =
      part.kind === 'call' && part.slots.length === 0 && part.indices.length === 0;
    if (!plainKinds.has(part.kind) && !isPlainCall) return false;
    if (seen.has(part)) return true;
    seen.add(part);
    return children(part).every(visit);
  };
  return visit(right);
}

/**
 * For every entry of the family in a formula: the formula, or those terms of a sum in which it
 * stands. A plain name is differentiated by at once.
 */
function partsByEntry(
  formula: Formula,
  name: string,
): ReadonlyMap<string, readonly Formula[]> | undefined {
  const found = new Map<string, Formula[]>();
  const summands = formula.kind === 'add' ? formula.terms : [formula];
  for (const summand of summands) {
    const seen = new Set<Formula>();
    const visit = (part: Formula): void => {
      if (part.kind === 'number' || seen.has(part)) return;
      seen.add(part);
      if (part.kind !== 'symbol') {
        for (const child of children(part)) visit(child);
        return;
      }
      if (part.name !== name) return;
      const key = entryKey(part) ?? '';
      const list = found.get(key) ?? [];
      found.set(key, list);
      const own = key === '' ? formula : summand;
      if (!list.includes(own)) list.push(own);
    };
    visit(summand);
  }
  return found;
}
