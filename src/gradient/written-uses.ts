/**
 * Uses of entries in definitions that are written out unit by unit (`z_{1,2} = w_{1,2,1} x_1 + ...`):
 * there the entries that stand in a right side say by which a derivative is to be taken, and no
 * condition on letters has to be solved. The terms are those that the way through letters gives.
 */
import {
  exp,
  type Formula,
  multiply,
  one,
  reciprocal,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { same } from '../expression/same.js';
import { children } from '../expression/walk.js';
import { differentiateEntry } from '../laws/differentiate.js';
import type { Definition } from '../network/network.js';
import type { LawContext } from '../rewrite/law.js';
import type { AllowedNames } from './allowed-names.js';
import type { Folding } from './fold.js';
import type { LocalUse } from './local-use.js';
import { pending } from './pending.js';
import { type OpenedDefinition, openDefinition, type Prepared } from './prepared.js';
import { type Share, shareOf, withLogsApart, withShareTogether } from './shares.js';
import { holdsCondition, joinFactors, plainTerm, type Room, type Term } from './term.js';

/** Where an entry stands in a definition: the whole right side, or those of its terms that hold it. */
interface Place {
  readonly definition: Definition;
  readonly parts: readonly Formula[];
  /** Of a share, the parts are the exponents that hold the entry. */
  readonly share?: Share;
  /** Whether logarithms of shares were taken apart. */
  readonly apart?: true;
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
    private readonly names: AllowedNames,
    private readonly folding: Folding,
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
      if (!isWrittenOut(definition)) {
        others.push(definition);
        continue;
      }
      for (const place of this.placesIn(definition, name)) {
        const { key } = place;
        const list = byEntry.get(key);
        if (list) list.push(place);
        else byEntry.set(key, [place]);
      }
    }
    const family = { others, byEntry };
    this.families.set(name, family);
    return family;
  }

  private placesIn(
    definition: Definition,
    name: string,
  ): readonly (Place & { readonly key: string })[] {
    const { right } = definition;
    const share = this.names.allows(definition.name) ? shareOf(right) : undefined;
    if (!share) {
      const written = withLogsApart(right);
      const more = written === right ? {} : ({ apart: true } as const);
      return [...partsByEntry(written, name)].map(([key, parts]) => ({
        key,
        definition,
        parts,
        ...more,
      }));
    }
    const places = new Map<string, Formula[]>();
    for (const exponent of share.exponents)
      for (const key of partsByEntry(exponent, name).keys())
        places.set(key, [...(places.get(key) ?? []), exponent]);
    return [...places].map(([key, parts]) => ({ key, definition, parts, share }));
  }

  /** `dp_j = p_j (du_j - sum_k p_k du_k)`: see `shares.ts`. */
  private takeShare(
    { definition, parts, share }: Place & { readonly share: Share },
    entry: SymbolFormula,
  ): LocalUse | undefined {
    const opened = openDefinition(definition, this.room.names);
    const factor = pending(opened.name, opened.head);
    const itself = symbol(opened.name, opened.head);
    const direct: Term[] = [];
    const shared: Term[] = [];
    for (const exponent of parts) {
      const local = differentiateEntry(exponent, entry, own(entry), this.laws);
      if (holdsCondition(local, this.room.facts)) return undefined;
      for (const factors of flatTerms(local)) {
        const term = plainTerm(...joinFactors([factor, itself, ...factors]));
        if (same(exponent, share.exponent)) direct.push(term);
        const other = multiply(exp(exponent), reciprocal(share.total));
        shared.push({ ...term, along: this.folding.fold(other, []) });
      }
    }
    return { definition, opened, terms: [...direct, ...shared] };
  }

  private sharesNamed(factors: readonly Formula[]): readonly Formula[] {
    return withShareTogether(factors, (share) => this.folding.fold(share, []));
  }

  private take(place: Place, entry: SymbolFormula): LocalUse | undefined {
    const { definition, parts, share, apart } = place;
    if (share) return this.takeShare({ ...place, share }, entry);
    const opened = openDefinition(definition, this.room.names);
    const factor = pending(opened.name, opened.head);
    const terms: Term[] = [];
    for (const part of parts) {
      const itself = apart ? mark : own(entry);
      const local = this.inOwnName(differentiateEntry(part, entry, itself, this.laws), opened);
      if (holdsCondition(local, this.room.facts)) return undefined;
      for (const factors of flatTerms(local)) {
        const joined = joinFactors([factor, ...(apart ? this.sharesNamed(factors) : factors)]);
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
function partsByEntry(formula: Formula, name: string): ReadonlyMap<string, readonly Formula[]> {
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
