/** The walk from an asked entry to the target: every derivative on the way kept, folded or worked out. */
import {
  add,
  derivative,
  type Formula,
  multiply,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import { contains, substitute } from '../expression/walk.js';
import { tidy } from '../laws/tidy.js';
import { type ByNumber, numbersAt } from '../network/heads.js';
import type { Assumption } from '../network/network.js';
import type { AllowedNames } from './allowed-names.js';
import { added, replaceFactor, takenAway, withFactors } from './collect.js';
import { minus } from './conditions/affine.js';
import { type Constraint, substituteConstraint } from './conditions/constraint.js';
import { implied } from './conditions/decide.js';
import { type Edges, freshened } from './edges.js';
import type { Folding } from './fold.js';
import type { Levels } from './levels.js';
import { matchDerivative } from './match-derivative.js';
import { byDifferentiated } from './named-derivatives.js';
import { isPending, pendingIn } from './pending.js';
import { type NamedDerivative, openDefinition, type Prepared } from './prepared.js';
import { bodyOf, sumOfTerms } from './print.js';
import { settle, tidyIndices } from './settle.js';
import { guardOf, isPlainTerm, joinFactors, productOf, type Room, type Term } from './term.js';
import { type Cycles, type View, Views } from './views.js';

/** What the walk is to do with cycles that a name could keep. */
export interface WalkOptions extends Cycles {
  readonly kept: ReadonlySet<string>;
  /** Named derivatives that may stand (`delta`), besides being allowed. */
  readonly named: readonly NamedDerivative[];
  /** Whether the derivative of the target by a family may stand untaken where it must. */
  readonly mayStand: (name: string) => boolean;
  /** Whether the derivative by this entry was given as data: there the walk stops. */
  readonly isCut: (entry: SymbolFormula) => boolean;
  /** Whether whole cycles are worked out (solved as products) before a derivative is kept. */
  readonly solved?: (name: string) => SolvedFamily | undefined;
}

/** The derivative by a family, solved: terms in the parameters. */
export interface SolvedFamily {
  readonly parameters: readonly string[];
  readonly terms: readonly Term[];
}

/** Families entered one inside the other on one walk; deeper networks are refused. */
const DEEPEST_WALK = 20000;

export class Walk {
  /** What was found under one list of conditions (by identity). */
  private readonly remembered = new WeakMap<readonly Constraint[], Map<string, readonly Term[]>>();

  /** Which cycles end at a number, by what was found. */
  private readonly ending = new Map<ReadonlySet<string>, boolean>();

  private readonly views: Views;

  /** Named derivatives by the family, and the entry, that they are derivatives by. */
  private readonly namedBy: ReadonlyMap<string, ByNumber<NamedDerivative>>;

  constructor(
    readonly edges: Edges,
    private readonly prepared: Prepared,
    private readonly names: AllowedNames,
    private readonly folding: Folding,
    private readonly options: WalkOptions,
    readonly room: Room,
  ) {
    this.views = new Views(prepared, names, folding, options, room);
    this.namedBy = byDifferentiated(options.named);
  }

  /** What the sheet allows to be assumed. */
  get assumptions(): readonly Assumption[] {
    return this.prepared.network.assumptions;
  }

  get target(): SymbolFormula {
    return this.edges.target;
  }

  /** The derivative of the target by the entry, as settled terms. */
  expand(
    entry: SymbolFormula,
    context: readonly Constraint[],
    view: View = 'taken',
  ): readonly Term[] {
    return this.known(entry, context, `whole ${view}`, () => {
      const uses = this.usesOf(entry, context, view);
      return added(this.resolveAll(uses, context, view, 0));
    });
  }

  /**
   * The answer to an ask by the entry itself: its solved form where its family has one and no name
   * of the author's stands for it, else one use after the other.
   */
  answer(entry: SymbolFormula, context: readonly Constraint[]): readonly Term[] {
    const isNamed = (): boolean =>
      this.options.named.some(
        ({ definition, derivative: { by } }) =>
          by.kind === 'symbol' && by.name === entry.name && this.names.allows(definition.name),
      );
    const solved =
      this.options.solved && this.stays(entry, context) && !isNamed()
        ? this.options.solved(entry.name)
        : undefined;
    return solved ? added(this.instance(solved, entry, context)) : this.expand(entry, context);
  }

  /** All uses resolved; those that have a factor in common stand together behind it. */
  private resolveAll(
    uses: readonly Term[],
    context: readonly Constraint[],
    view: View,
    depth: number,
  ): readonly Term[] {
    const resolved = (use: Term) => this.resolve(use, context, view, depth);
    const shared = new Map<string, { readonly along: Formula; readonly terms: Term[] }>();
    let alone: readonly Term[] = uses.flatMap(({ along, ...use }) => {
      if (!along) return resolved(use);
      const key = structureKey(along);
      const known = shared.get(key) ?? { along, terms: [] };
      shared.set(key, known);
      known.terms.push(...resolved(use));
      return [];
    });
    const behind = [...shared.values()].flatMap(({ along, terms }) => {
      const factor = this.names.rewrite(this.folding.fold(along, context), context).formula;
      const away = takenAway(factor, added(terms), alone);
      alone = away.others;
      return away.terms.flatMap((term) => this.settled(term, context));
    });
    return [...alone, ...behind];
  }

  private resolve(
    given: Term,
    context: readonly Constraint[],
    view: View,
    depth: number,
  ): readonly Term[] {
    const inside = given.constraints.length === 0 ? context : [...context, ...given.constraints];
    let term = this.folded(given, inside);
    // A chain of single uses is followed in a loop, so that its length costs no depth of calls.
    for (let length = 0; depth + length <= DEEPEST_WALK; length += 1) {
      const met = pendingIn(term);
      if (!met) return length === 0 ? [term] : this.settled(term, context);
      const { entry, place } = met;
      const put = (value: Formula) => this.settled(replaceFactor(term, place, value), context);
      const named = this.namedFor(entry, inside);
      if (named) return put(named);
      const node = () => derivative(this.target, entry);
      if (!this.edges.reaches(entry.name)) return [];
      if (this.options.isCut(entry)) return put(node());
      if (this.stays(entry, inside)) {
        const solved = this.options.solved?.(entry.name);
        if (!solved) return put(node());
        return this.combine(term, place, this.instance(solved, entry, inside), context);
      }
      const uses = this.usesOf(entry, inside, view);
      const mayStand = this.names.limited && this.options.mayStand(entry.name);
      const [only] = uses;
      if (!mayStand && only && uses.length === 1 && isPlainTerm(only) && !only.along) {
        term = withFactors(term, place, this.folded(only, inside).factors);
        continue;
      }
      const deeper = depth + length + 1;
      const inner = this.known(entry, inside, view, () =>
        added(this.resolveAll(uses, inside, view, deeper)),
      );
      if (mayStand && this.isOutside(inner, inside)) return put(node());
      return this.combine(term, place, inner, context);
    }
    throw new Unsupported(
      `the definitions between ${this.target.name} and the asked entry lie more than ${DEEPEST_WALK} deep`,
      this.target,
    );
  }

  /** The uses of an entry as terms, each shown as the view asks. */
  private usesOf(
    entry: SymbolFormula,
    context: readonly Constraint[],
    view: View,
  ): readonly Term[] {
    const edges = this.edges.of(entry, context);
    const terms = edges.flatMap((edge) => this.views.shown(edge, edges, entry, context, view));
    const shared = terms.filter(({ along }) => along);
    if (shared.length === 0) return this.gathered(added(terms));
    return [...this.gathered(added(terms.filter(({ along }) => !along))), ...shared];
  }

  /** Plain terms with one pending derivative as one: `D f + D g` is `D (f + g)`. */
  private gathered(terms: readonly Term[]): readonly Term[] {
    if (terms.length < 2) return terms;
    const groups = new Map<string, Term[]>();
    for (const [position, term] of terms.entries()) {
      const met = isPlainTerm(term) ? term.factors.find(isPending) : undefined;
      const key = met ? structureKey(met) : `${position}`;
      groups.set(key, [...(groups.get(key) ?? []), term]);
    }
    return [...groups.values()].flatMap((group) => {
      const [first] = group;
      const met = first && pendingIn(first);
      if (group.length < 2 || !first || !met) return group;
      const rests = group.map((term) => {
        const place = pendingIn(term)?.place;
        return multiply(...term.factors.filter((_, other) => other !== place));
      });
      return [{ ...first, factors: [first.factors[met.place] as Formula, add(...rests)] }];
    });
  }

  /** The derivative by an entry, found once for one set of conditions. */
  private known(
    entry: SymbolFormula,
    context: readonly Constraint[],
    view: View | `whole ${View}`,
    find: () => readonly Term[],
  ): readonly Term[] {
    const byEntry = this.remembered.get(context) ?? new Map<string, readonly Term[]>();
    this.remembered.set(context, byEntry);
    const key = `${view} ${structureKey(entry)}`;
    const known = byEntry.get(key);
    if (known) return known.map((term) => freshened(term, this.room));
    const found = find();
    byEntry.set(key, found);
    return found;
  }

  /** Names that may not stand are met, or a derivative that could as well be taken by this entry. */
  private isOutside(terms: readonly Term[], context: readonly Constraint[]): boolean {
    return terms.some((term) =>
      term.factors.some(
        (factor) =>
          this.names.rewrite(factor, context).outside.size > 0 ||
          contains(
            factor,
            (part) =>
              part.kind === 'derivative' && structureKey(part.of) === structureKey(this.target),
          ),
      ),
    );
  }

  private instance(
    solved: SolvedFamily,
    entry: SymbolFormula,
    context: readonly Constraint[],
  ): readonly Term[] {
    const replacements = new Map(
      solved.parameters.map((name, place) => [name, entry.indices[place] as Formula]),
    );
    return solved.terms.flatMap((term) => {
      const fresh = freshened(term, this.room);
      const placed: Term = {
        variables: fresh.variables,
        constraints: fresh.constraints.map((c) => substituteConstraint(c, replacements)),
        factors: fresh.factors.map((factor) => tidyIndices(substitute(factor, replacements))),
      };
      const settled = settle(placed, context, this.room);
      return settled ? [settled] : [];
    });
  }

  private settled(term: Term, context: readonly Constraint[]): readonly Term[] {
    const result = settle(term, context, this.room);
    return result ? [result] : [];
  }

  /** Definitions folded in while the term is one flat product of factors. */
  private folded(term: Term, context: readonly Constraint[]): Term {
    let isChanged = false;
    const factors = term.factors.map((factor) => {
      if (factor.kind === 'number' || isPending(factor)) return factor;
      const next = this.names.rewrite(this.folding.fold(factor, context), context).formula;
      isChanged ||= next !== factor;
      return next;
    });
    return isChanged ? { ...term, factors: joinFactors(factors) } : term;
  }

  /** A factor replaced by terms: nested where all hold everywhere, else multiplied out. */
  private combine(
    term: Term,
    place: number,
    inner: readonly Term[],
    context: readonly Constraint[],
  ): readonly Term[] {
    const inside = [...context, ...term.constraints];
    const [only] = inner;
    if (!only) return [];
    if (inner.length > 1 && inner.every((part) => guardOf(part).length === 0)) {
      const value = add(...inner.map((part) => bodyOf(part, inside, this.room)));
      return this.settled(replaceFactor(term, place, value), context);
    }
    return inner.flatMap((part) => {
      const rest: Term = { ...term, factors: term.factors.filter((_, other) => other !== place) };
      const before: Term = { ...part, factors: part.factors };
      return this.settled(productOf(before, rest), context);
    });
  }

  /** Whether the derivative by the entry is left standing: its family is kept and not concrete. */
  private stays(entry: SymbolFormula, context: readonly Constraint[]): boolean {
    if (!this.options.kept.has(entry.name) || this.isConcrete(entry)) return false;
    return !this.isAtTarget(entry, context);
  }

  /** Inside the target's own cycle, at its level: then it is the target or nothing. */
  private isAtTarget(entry: SymbolFormula, context: readonly Constraint[]): boolean {
    const levels = this.options.levels(entry.name);
    if (!levels?.slots.has(this.target.name)) return false;
    const gap = minus(levels.levelOf(entry), levels.levelOf(this.target));
    return implied({ kind: '>=', form: gap }, context, this.room.facts);
  }

  /** The place in its cycle is a number, and the cycle ends at a number: it can be unrolled. */
  private isConcrete(entry: SymbolFormula): boolean {
    const cycle = this.options.cycles.find((members) => members.has(entry.name));
    if (!cycle) return true;
    const levels = this.options.levels(entry.name);
    if (!atLevel(entry.name, entry.indices, levels).every((index) => index.kind === 'number'))
      return false;
    const known = this.ending.get(cycle) ?? this.endsAtNumber(cycle, levels);
    this.ending.set(cycle, known);
    return known;
  }

  /** Whether the definitions of a cycle stand at numbers, or go from a number to a number. */
  private endsAtNumber(cycle: ReadonlySet<string>, levels: Levels | undefined): boolean {
    return this.prepared.definitions
      .filter((definition) => cycle.has(definition.name))
      .every((definition) =>
        atLevel(definition.name, definition.head, levels).every((index) => {
          if (index.kind === 'number') return true;
          if (!levels) return false;
          const [name] = index.kind === 'symbol' ? [index.name] : [];
          const range = definition.ranges.find((one) => one.index === name);
          return range?.upper.kind === 'number' && range.lower.kind === 'number';
        }),
      );
  }

  /** `delta^l_j` for `dC/dz^l_j` where the author gave it that name and the entry is covered. */
  private namedFor(
    entry: SymbolFormula,
    context: readonly Constraint[],
  ): SymbolFormula | undefined {
    const named = this.namedBy.get(entry.name)?.at(numbersAt(entry.indices)) ?? [];
    for (const { definition, derivative: asked } of named) {
      if (!this.names.allows(definition.name)) continue;
      const isPlain = definition.ranges.length === 0 && definition.where.length === 0;
      if (isPlain && same(asked.by, entry) && same(asked.of, this.target))
        return tidyIndices(symbol(definition.name, definition.head)) as SymbolFormula;
      const opened = openDefinition(definition, this.room.names);
      const { right } = opened;
      if (right.kind !== 'derivative' || right.by.kind !== 'symbol') continue;
      if (right.by.name !== entry.name || right.of.kind !== 'symbol') continue;
      if (right.of.name !== this.target.name) continue;
      const variables = new Set(opened.variables);
      const pattern = derivative(right.of, right.by);
      const bindings = matchDerivative(pattern, this.target, entry, variables);
      if (!bindings) continue;
      const covered = opened.constraints.every((constraint) =>
        implied(substituteConstraint(constraint, bindings), context, this.room.facts),
      );
      if (!covered) continue;
      return symbol(
        opened.name,
        opened.head.map((index) => tidyIndices(substitute(index, bindings))),
      );
    }
    return undefined;
  }

  /** The terms as one formula, guards as factors and cases. */
  formulaOf(terms: readonly Term[], context: readonly Constraint[]): Formula {
    return tidy(this.folding.withoutDeviations(sumOfTerms(terms, context, this.room)));
  }
}

/** The index that counts in a cycle with levels; all of them where there are none. */
function atLevel(
  name: string,
  indices: readonly Formula[],
  levels: Levels | undefined,
): readonly Formula[] {
  const slot = levels?.slots.get(name);
  return slot === undefined ? indices : indices.slice(slot, slot + 1);
}
