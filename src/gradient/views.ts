/** How an edge is shown: worked out, or as `du/dx` not yet taken where the two mean the same. */
import { derivative, type Formula, type SymbolFormula, symbol } from '../expression/formula.js';
import { contains } from '../expression/walk.js';
import type { AllowedNames } from './allowed-names.js';
import { type Affine, affineKey, mentions, minus } from './conditions/affine.js';
import { type Constraint, constraintMentions } from './conditions/constraint.js';
import { type Edge, freshened } from './edges.js';
import type { Folding } from './fold.js';
import type { Levels } from './levels.js';
import { pending, pendingEntry, pendingIn } from './pending.js';
import type { Prepared } from './prepared.js';
import { settle } from './settle.js';
import { type Room, type Term, termKey } from './term.js';

/** How the lines of a derivation show an edge: worked out, or with its local derivative untaken. */
export type View = 'taken' | 'untaken';

/** What is known of the cycles of the network. */
export interface Cycles {
  readonly cycles: readonly ReadonlySet<string>[];
  readonly levels: (name: string) => Levels | undefined;
}

export class Views {
  constructor(
    private readonly prepared: Prepared,
    private readonly names: AllowedNames,
    private readonly folding: Folding,
    private readonly options: Cycles,
    private readonly room: Room,
  ) {}

  /** The edge's terms, or one term in which its local derivative is not yet taken. */
  shown(
    edge: Edge,
    siblings: readonly Edge[],
    entry: SymbolFormula,
    context: readonly Constraint[],
    view: View,
  ): readonly Term[] {
    const asked = view === 'untaken' || this.localMustStand(edge, entry, context);
    if (!asked || !edge.user || edge.user.includes('~')) return edge.terms;
    const untaken = this.untaken(edge, siblings, entry);
    if (untaken || view === 'taken') return untaken ?? edge.terms;
    return this.unsolved(edge, siblings, entry, context) ?? edge.terms;
  }

  /** The local derivative needs names that may not stand, but `du/dx` itself may. */
  private localMustStand(
    edge: Edge,
    entry: SymbolFormula,
    context: readonly Constraint[],
  ): boolean {
    if (!this.names.limited || !edge.user) return false;
    if (!this.names.allows(edge.user) || !this.names.allows(entry.name)) return false;
    return edge.terms.some((term) =>
      [...term.factors, ...(term.along ? [term.along] : [])].some(
        (factor) =>
          !pendingEntry(factor) &&
          this.names.rewrite(this.folding.fold(factor, context), context).outside.size > 0,
      ),
    );
  }

  /**
   * `sum_m dT/du[m] du[m]/dx[i]` over all m, where the terms of the use differ: the entries of a
   * softmax all depend on each of its inputs.
   */
  private unsolved(
    edge: Edge,
    siblings: readonly Edge[],
    entry: SymbolFormula,
    context: readonly Constraint[],
  ): readonly Term[] | undefined {
    const { opened } = edge;
    if (!opened || opened.variables.length === 0 || !this.isDirect(edge, siblings))
      return undefined;
    // Only the next layer or step lies directly behind; others are reached through it.
    if (this.isInCycle(opened.name)) return undefined;
    const user = symbol(opened.name, opened.head);
    const term: Term = {
      variables: opened.variables,
      constraints: opened.constraints,
      factors: [pending(opened.name, opened.head), derivative(user, entry)],
    };
    const settled = settle(freshened(term, this.room), context, this.room);
    return settled ? [settled] : undefined;
  }

  /** `dT/du[m] du[m]/dx[i]` under the sum over m, where the two mean the same. */
  private untaken(
    edge: Edge,
    siblings: readonly Edge[],
    entry: SymbolFormula,
  ): readonly Term[] | undefined {
    if (!this.isDirect(edge, siblings)) return undefined;
    const parts = edge.terms.map((term) => {
      const met = pendingIn(term);
      if (!met) return undefined;
      const { entry: user } = met;
      const used = term.variables.filter((name) => contains(user, isPlainName(name)));
      const alone = used.every((name) => user.indices.some(isPlainName(name)));
      if (!alone) return undefined;
      const hiddenNames = term.variables.filter((name) => !used.includes(name));
      return {
        variables: used,
        constraints: term.constraints.filter(
          (constraint) => !hiddenNames.some((name) => constraintMentions(constraint, name)),
        ),
        factors: [term.factors[met.place] as Formula, derivative(user, entry)],
      } satisfies Term;
    });
    const [first] = parts;
    if (!first) return undefined;
    if (!parts.every((part) => part && termKey(part) === termKey(first))) return undefined;
    return [first];
  }

  /**
   * Whether the only way from the entry to its user is the use itself, so that `du/dx`, which goes
   * through all definitions, is the local derivative.
   */
  private isDirect(edge: Edge, siblings: readonly Edge[]): boolean {
    const { user } = edge;
    if (!user) return false;
    const own = this.levelOfUse(edge);
    if (this.isInCycle(user) && !own) return false;
    return siblings.every((other) => {
      if (other === edge || !other.user) return true;
      if (!this.prepared.above(other.user).has(user)) return true;
      const level = this.levelOfUse(other);
      if (!own || !level || !this.options.levels(user)?.slots.has(other.user)) return false;
      const gap = minus(level, own);
      return gap.terms.size === 0 && gap.constant >= 0;
    });
  }

  private isInCycle(name: string): boolean {
    return this.options.cycles.some((cycle) => cycle.has(name));
  }

  /** The level of the entries in use, if it is one for all of them. */
  private levelOfUse(edge: Edge): Affine | undefined {
    const levels = edge.user === undefined ? undefined : this.options.levels(edge.user);
    if (!levels) return undefined;
    const forms = edge.terms.map((term) => {
      const met = pendingIn(term);
      const form = met && levels.levelOf(met.entry);
      return form && term.variables.some((name) => mentions(form, name)) ? undefined : form;
    });
    const [first] = forms;
    if (!first) return undefined;
    return forms.every((form) => form && affineKey(form) === affineKey(first)) ? first : undefined;
  }
}

const isPlainName =
  (name: string) =>
  (part: Formula): boolean =>
    part.kind === 'symbol' && part.indices.length === 0 && part.name === name;
