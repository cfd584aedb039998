/**
 * Uses of a family as terms of its adjoint: for every definition `u[m] = r` whose right side uses
 * `x[e]`, the sum over m of `dT/du[m]` times the local derivative of `r` by `x[i]`.
 */
import { type Formula, one, type SymbolFormula, symbol } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { ByNumber, numbersAt } from '../network/heads.js';
import { affineNumber, minus, plus } from './conditions/affine.js';
import { type Constraint, equal } from './conditions/constraint.js';
import type { Levels } from './levels.js';
import type { LocalUse } from './local-use.js';
import type { LocalUses } from './local-uses.js';
import type { OpenedDefinition, Prepared } from './prepared.js';
import { settle, solveEqualities, substituteTerm } from './settle.js';
import type { Room, Term } from './term.js';

/** One use: the terms that it adds to the adjoint of an entry. */
export interface Edge {
  /** The family that uses the entry; `undefined` for the target itself. */
  readonly user: string | undefined;
  readonly terms: readonly Term[];
  /** The use as opened, with its variables not yet solved for. */
  readonly opened: OpenedDefinition | undefined;
}

/** One term of an edge. */
interface EdgeTerm {
  readonly edge: Edge;
  readonly term: Term;
}

interface GenericEdges {
  readonly parameters: readonly string[];
  readonly terms: ByNumber<EdgeTerm>;
}

/** The number that a term asks the parameter to be, if it does. */
function numberOf(parameter: string, { constraints }: Term): number | undefined {
  for (const constraint of constraints) {
    if (constraint.kind !== '=') continue;
    const { form } = constraint;
    const [one] = form.terms.values();
    if (form.terms.size !== 1 || one?.atom.kind !== 'symbol') continue;
    if (one.atom.name === parameter && one.atom.indices.length === 0)
      return -form.constant / one.coefficient;
  }
  return undefined;
}

export class Edges {
  private readonly known = new Map<string, GenericEdges>();
  /** Of entries whose uses are all written out; `undefined` for the others. */
  private readonly byEntry = new Map<string, readonly Edge[] | undefined>();
  /** Families that the target depends on (itself included). */
  private readonly below: ReadonlySet<string>;

  constructor(
    readonly target: SymbolFormula,
    prepared: Prepared,
    /** The levels of the target's cycle, if it lies on one. */
    private readonly targetLevels: Levels | undefined,
    private readonly local: LocalUses,
    private readonly room: Room,
  ) {
    this.below = prepared.below(target.name);
  }

  /** Families that the target depends on (itself included). */
  reaches(name: string): boolean {
    return this.below.has(name);
  }

  /** The uses of an entry, settled under the conditions that hold around it. */
  of(entry: SymbolFormula, context: readonly Constraint[]): readonly Edge[] {
    const written = this.writtenOut(entry);
    if (written) return written;
    const { parameters, terms } = this.generic(entry.name, entry.indices.length);
    const replacements = new Map(
      parameters.map((name, place) => [name, entry.indices[place] as Formula]),
    );
    const found = new Map<Edge, Term[]>();
    for (const { edge, term } of terms.at(numbersAt(entry.indices))) {
      const fresh = freshened(substituteTerm(term, replacements), this.room);
      const settled = settle(fresh, context, this.room);
      if (!settled) continue;
      const known = found.get(edge);
      if (known) known.push(settled);
      else found.set(edge, [settled]);
    }
    return [...found].map(([edge, own]) => ({ ...edge, terms: own }));
  }

  /**
   * The uses of an entry that definitions written out unit by unit have: nothing is to be settled,
   * whatever holds around it.
   */
  private writtenOut(entry: SymbolFormula): readonly Edge[] | undefined {
    const key = structureKey(entry);
    if (this.byEntry.has(key)) return this.byEntry.get(key);
    const inOrder = (name: string) => this.targetLevels?.slots.has(name) ?? false;
    const isTarget = entry.name === this.target.name;
    const uses = isTarget
      ? undefined
      : this.local.written.of(entry, ({ name }) => this.reaches(name));
    const edges = uses?.some(({ opened }) => inOrder(opened.name))
      ? undefined
      : uses?.flatMap(({ opened, terms }): readonly Edge[] =>
          terms.length === 0 ? [] : [{ user: opened.name, terms, opened }],
        );
    this.byEntry.set(key, edges);
    return edges;
  }

  private generic(name: string, rank: number): GenericEdges {
    const known = this.known.get(name);
    if (known) return known;
    const { parameters, entry, by } = this.local.of(name, rank);
    const uses = by((definition) => this.reaches(definition.name));
    const edges = [...this.itself(entry), ...uses.map((use) => this.edgeOf(use))];
    const all = edges.flatMap((edge) => edge.terms.map((term): EdgeTerm => ({ edge, term })));
    const terms = new ByNumber(all, rank, ({ term }, slot) =>
      numberOf(parameters[slot] as string, term),
    );
    const result = { parameters, terms };
    this.known.set(name, result);
    return result;
  }

  private itself(entry: SymbolFormula): readonly Edge[] {
    if (entry.name !== this.target.name) return [];
    const constraints = entry.indices.map((index, place) =>
      equal(index, this.target.indices[place] as Formula),
    );
    const term: Term = { variables: [], constraints, factors: [one] };
    return [{ user: undefined, terms: [term], opened: undefined }];
  }

  private edgeOf({ opened, terms }: LocalUse): Edge {
    const order = this.orderGuard(opened);
    const guarded = terms.map((term) =>
      solveEqualities({ ...term, constraints: [...term.constraints, ...order] }),
    );
    return { user: opened.name, terms: guarded, opened };
  }

  /** Inside the target's cycle only entries of lower level (or the target itself) can matter. */
  private orderGuard(opened: OpenedDefinition): readonly Constraint[] {
    const levels = this.targetLevels;
    if (!levels?.slots.has(opened.name)) return [];
    const gap = minus(
      levels.levelOf(this.target),
      levels.levelOf(symbol(opened.name, opened.head)),
    );
    const least = opened.name === this.target.name ? 0 : 1;
    return [{ kind: '>=', form: plus(gap, affineNumber(-least)) }];
  }
}

/** The term with its bound variables renamed, so that two uses of it never share one. */
export function freshened(term: Term, room: Room): Term {
  if (term.variables.length === 0) return term;
  const renaming = new Map(
    term.variables.map((name) => [name, symbol(room.names.fresh(name))] as const),
  );
  return {
    ...substituteTerm(term, renaming),
    variables: term.variables.map((name) => (renaming.get(name) as SymbolFormula).name),
  };
}
