/**
 * The local derivatives of all uses of a family, by an entry in letters: taken once, whatever the
 * target and the entry that are asked about.
 */
import { type Formula, type SymbolFormula, symbol } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { rewriteUp } from '../expression/walk.js';
import { differentiate } from '../laws/differentiate.js';
import type { Definition } from '../network/network.js';
import type { LawContext } from '../rewrite/law.js';
import type { AllowedNames } from './allowed-names.js';
import type { Folding } from './fold.js';
import type { LocalUse } from './local-use.js';
import { inOwnFactors } from './own-factors.js';
import { pending } from './pending.js';
import { type OpenedDefinition, openDefinition, type Prepared } from './prepared.js';
import { tidyIndices } from './settle.js';
import { openTerms, type Room } from './term.js';
import { WrittenUses } from './written-uses.js';

interface FamilyUses {
  /** The letters of the entry. */
  readonly parameters: readonly string[];
  readonly entry: SymbolFormula;
  /** The uses among the definitions that pass the test, in the order of the sheet. */
  readonly by: (isWanted: (definition: Definition) => boolean) => readonly LocalUse[];
}

export class LocalUses {
  private readonly known = new Map<string, FamilyUses>();

  /** Uses of single entries in definitions that are written out. */
  readonly written: WrittenUses;

  constructor(
    private readonly prepared: Prepared,
    private readonly names: AllowedNames,
    folding: Folding,
    private readonly laws: LawContext,
    private readonly room: Room,
  ) {
    const inOwnName = (local: Formula, opened: OpenedDefinition) => this.inOwnName(local, opened);
    this.written = new WrittenUses(prepared, laws, room, names, folding, inOwnName);
  }

  /** The uses of a family whose entries have so many indices. */
  of(name: string, rank: number): FamilyUses {
    const key = `${name} ${rank}`;
    const known = this.known.get(key);
    if (known) return known;
    const parameters = Array.from({ length: rank }, () => this.room.names.fresh('i'));
    const entry = symbol(
      name,
      parameters.map((parameter) => symbol(parameter)),
    );
    const taken = new Map<Definition, LocalUse>();
    const by = (isWanted: (definition: Definition) => boolean): readonly LocalUse[] =>
      (this.prepared.users.get(name) ?? []).filter(isWanted).map((definition) => {
        const use = taken.get(definition) ?? this.take(definition, entry);
        taken.set(definition, use);
        return use;
      });
    const uses = { parameters, entry, by };
    this.known.set(key, uses);
    return uses;
  }

  private take(definition: Definition, entry: SymbolFormula): LocalUse {
    const opened = openDefinition(definition, this.room.names);
    const local = this.inOwnName(differentiate(opened.right, entry, this.laws), opened);
    const factor = tidyIndices(pending(opened.name, opened.head));
    const terms = openTerms(local, this.room).map((term) => ({
      variables: [...opened.variables, ...term.variables],
      constraints: [...opened.constraints, ...term.constraints],
      factors: [factor, ...term.factors],
    }));
    return { definition, opened, terms };
  }

  /** `1 - tanh(z)^2` is `1 - h^2` where `h = tanh(z)` is the definition in use. */
  private inOwnName(local: Formula, opened: OpenedDefinition): Formula {
    const { right } = opened;
    if (local.kind === 'symbol' || local.kind === 'number') return local;
    if (right.kind === 'symbol' || right.kind === 'number' || opened.name.includes('~'))
      return local;
    if (!this.names.allows(opened.name)) return local;
    const own = symbol(opened.name, opened.head);
    return rewriteUp(local, (part) =>
      part.kind !== right.kind
        ? part
        : same(part, right)
          ? own
          : (inOwnFactors(part, right, own) ?? part),
    );
  }
}
