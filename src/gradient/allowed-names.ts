/** Which names may stand in an answer, and writing a formula in those names. */
import type { Formula, SymbolFormula } from '../expression/formula.js';
import { familyFunctionNames, functionNamed } from '../expression/functions.js';
import { mapChildren, substitute } from '../expression/walk.js';
import { type Constraint, substituteConstraint } from './conditions/constraint.js';
import { implied } from './conditions/decide.js';
import { match } from './match.js';
import { openDefinition, type Prepared } from './prepared.js';
import { tidyIndices } from './settle.js';
import type { Room } from './term.js';

/** Definitions are put in for one another at most this deep. */
const DEEPEST_INSERTION = 256;

export interface Rewritten {
  readonly formula: Formula;
  /** Names that are not allowed and have no definition that could stand for them. */
  readonly outside: ReadonlySet<string>;
}

export class AllowedNames {
  constructor(
    /** `undefined`: every name may stand. */
    private readonly list: ReadonlySet<string> | undefined,
    private readonly prepared: Prepared,
    private readonly room: Room,
  ) {}

  get limited(): boolean {
    return this.list !== undefined;
  }

  allows(name: string): boolean {
    return this.list?.has(name) ?? true;
  }

  /** Sizes, index letters, known functions and functions with a formula may always stand. */
  private mayStand(part: Formula): boolean {
    if (part.kind === 'call') {
      if (this.allows(part.name) || functionNamed(part.name) || familyFunctionNames.has(part.name))
        return true;
      return this.prepared.network.functions.get(part.name)?.body !== undefined;
    }
    if (part.kind !== 'symbol') return true;
    return this.allows(part.name) || this.room.facts.isIndex(part);
  }

  /** The formula with names that may not stand replaced by their definitions. */
  rewrite(formula: Formula, context: readonly Constraint[]): Rewritten {
    if (!this.list) return { formula, outside: new Set() };
    const outside = new Set<string>();
    const visit = (part: Formula, chain: readonly string[]): Formula => {
      if (part.kind === 'derivative') {
        for (const side of [part.of, part.by])
          if (side.kind === 'symbol' && !this.allows(side.name)) outside.add(side.name);
        return part;
      }
      if (!this.mayStand(part)) {
        const right =
          part.kind === 'symbol' && chain.length < DEEPEST_INSERTION && !repeats(part, chain)
            ? this.definitionOf(part, context)
            : undefined;
        if (right && part.kind === 'symbol') return visit(right, [...chain, part.name]);
        if (part.kind === 'symbol' || part.kind === 'call') outside.add(part.name);
      }
      return mapChildren(part, (child) => visit(child, chain));
    };
    return { formula: visit(formula, []), outside };
  }

  /** The right side of the one definition that surely covers the entry. */
  private definitionOf(entry: SymbolFormula, context: readonly Constraint[]): Formula | undefined {
    for (const definition of this.prepared.definitions) {
      if (definition.name !== entry.name) continue;
      const opened = openDefinition(definition, this.room.names);
      const head: SymbolFormula = { ...entry, indices: opened.head };
      const bindings = match(head, entry, new Set(opened.variables));
      if (!bindings) continue;
      const covered = opened.constraints.every((constraint) =>
        implied(substituteConstraint(constraint, bindings), context, this.room.facts),
      );
      if (covered) return tidyIndices(substitute(opened.right, bindings));
    }
    return undefined;
  }
}

/** A family inside its own definition ends only where its indices are numbers. */
const repeats = (entry: SymbolFormula, chain: readonly string[]): boolean =>
  chain.includes(entry.name) && !entry.indices.some((index) => index.kind === 'number');
