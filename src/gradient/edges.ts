/**
 * Uses of a family as terms of its adjoint: for every definition `u[m] = r` whose right side uses
 * `x[e]`, the sum over m of `dT/du[m]` times the local derivative of `r` by `x[i]`.
 */
import { type Formula, one, type SymbolFormula, symbol } from '../expression/formula.js';
import { same } from '../expression/same.js';
import { rewriteUp } from '../expression/walk.js';
import { differentiate } from '../laws/differentiate.js';
import { ByNumber } from '../network/heads.js';
import type { LawContext } from '../rewrite/law.js';
import type { AllowedNames } from './allowed-names.js';
import { affineNumber, minus, plus } from './conditions/affine.js';
import { type Constraint, equal } from './conditions/constraint.js';
import type { Levels } from './levels.js';
import { type OpenedDefinition, openDefinition, type Prepared } from './prepared.js';
import { settle, solveEqualities, substituteTerm, tidyIndices } from './settle.js';
import { openTerms, type Room, type Term } from './term.js';

/** One use: the terms that it adds to the adjoint of an entry. */
export interface Edge {
  /** The family that uses the entry; `undefined` for the target itself. */
  readonly user: string | undefined;
  readonly terms: readonly Term[];
  /** The use as opened, with its variables not yet solved for. */
  readonly opened: OpenedDefinition | undefined;
}

interface GenericEdges {
  readonly parameters: readonly string[];
  readonly edges: ByNumber<Edge>;
}

/** A derivative of the target that still has to be worked out stands as a symbol with this mark. */
const PENDING = '@';

export const pending = (name: string, indices: readonly Formula[]): SymbolFormula =>
  symbol(`${PENDING}${name}`, indices);

/** The entry whose derivative is pending, if the factor is one. */
export const pendingEntry = (factor: Formula): SymbolFormula | undefined =>
  factor.kind === 'symbol' && factor.name.startsWith(PENDING)
    ? symbol(factor.name.slice(PENDING.length), factor.indices)
    : undefined;

/** The pending derivative among the factors of a term, and its place. */
export function pendingIn(
  term: Term,
): { readonly entry: SymbolFormula; readonly place: number } | undefined {
  for (const [place, factor] of term.factors.entries()) {
    const entry = pendingEntry(factor);
    if (entry) return { entry, place };
  }
  return undefined;
}

/** The one number that all terms of a use ask the parameter to be, if they do. */
function onlyAt({ terms }: Edge, parameter: string): number | undefined {
  const numbers = new Set(terms.map(({ constraints }) => numberOf(parameter, constraints)));
  const [only] = numbers;
  return numbers.size === 1 ? only : undefined;
}

function numberOf(parameter: string, constraints: readonly Constraint[]): number | undefined {
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
  /** Families that the target depends on (itself included). */
  private readonly below: ReadonlySet<string>;

  constructor(
    readonly target: SymbolFormula,
    private readonly prepared: Prepared,
    /** The levels of the target's cycle, if it lies on one. */
    private readonly targetLevels: Levels | undefined,
    private readonly names: AllowedNames,
    private readonly laws: LawContext,
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
    const { parameters, edges } = this.generic(entry.name, entry.indices.length);
    const replacements = new Map(
      parameters.map((name, place) => [name, entry.indices[place] as Formula]),
    );
    const numbers = entry.indices.map((index) =>
      index.kind === 'number' ? index.value.valueOf() : undefined,
    );
    return edges.at(numbers).flatMap((edge): readonly Edge[] => {
      const terms = edge.terms.flatMap((term) => {
        const settled = settle(
          freshened(substituteTerm(term, replacements), this.room),
          context,
          this.room,
        );
        return settled ? [settled] : [];
      });
      return terms.length === 0 ? [] : [{ ...edge, terms }];
    });
  }

  private generic(name: string, rank: number): GenericEdges {
    const known = this.known.get(name);
    if (known) return known;
    const parameters = Array.from({ length: rank }, () => this.room.names.fresh('i'));
    const entry = symbol(
      name,
      parameters.map((parameter) => symbol(parameter)),
    );
    const edges = new ByNumber([...this.itself(entry), ...this.uses(entry)], rank, (edge, slot) =>
      onlyAt(edge, parameters[slot] as string),
    );
    const result = { parameters, edges };
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

  private uses(entry: SymbolFormula): readonly Edge[] {
    const edges: Edge[] = [];
    for (const definition of this.prepared.users.get(entry.name) ?? []) {
      if (!this.reaches(definition.name)) continue;
      // What depends on the target cannot lie between it and the entry, unless they share a cycle.
      if (definition.name !== this.target.name && this.isAbove(definition.name)) continue;
      const opened = openDefinition(definition, this.room.names);
      const local = this.inOwnName(differentiate(opened.right, entry, this.laws), opened);
      const factor = pending(opened.name, opened.head);
      const order = this.orderGuard(opened);
      const terms = openTerms(local, this.room).map((term) =>
        solveEqualities({
          variables: [...opened.variables, ...term.variables],
          constraints: [...opened.constraints, ...order, ...term.constraints],
          factors: [tidyIndices(factor), ...term.factors],
        }),
      );
      edges.push({ user: definition.name, terms, opened });
    }
    return edges;
  }

  private isAbove(name: string): boolean {
    return this.prepared.above(this.target.name).has(name) && !this.reaches(name);
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

  /** `1 - tanh(z)^2` is `1 - h^2` where `h = tanh(z)` is the definition in use. */
  private inOwnName(local: Formula, opened: OpenedDefinition): Formula {
    const { right } = opened;
    if (right.kind === 'symbol' || right.kind === 'number' || opened.name.includes('~'))
      return local;
    if (!this.names.allows(opened.name)) return local;
    const own = symbol(opened.name, opened.head);
    return rewriteUp(local, (part) => (part.kind === right.kind && same(part, right) ? own : part));
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
