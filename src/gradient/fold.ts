/** Folding: what a definition says is written by the definition's name again. */
import { type Formula, symbol } from '../expression/formula.js';
import { freeNames, rewriteUp, substitute } from '../expression/walk.js';
import { ByMention } from '../network/by-mention.js';
import type { AllowedNames } from './allowed-names.js';
import { Centred } from './centred.js';
import { type Constraint, substituteConstraint } from './conditions/constraint.js';
import { implied } from './conditions/decide.js';
import { match } from './match.js';
import { type OpenedDefinition, openDefinition, type Prepared } from './prepared.js';
import { tidyIndices } from './settle.js';
import type { Room } from './term.js';

/** Kinds of right sides that are worth a name; a bare symbol or number is not. */
const worthAName: ReadonlySet<Formula['kind']> = new Set([
  'call',
  'family',
  'sum',
  'product',
  'power',
  'multiply',
  'add',
]);

const isLeaf = ({ kind }: Formula): boolean => kind === 'number';

export class Folding {
  private readonly patterns: ReadonlyMap<Formula['kind'], ByMention<OpenedDefinition>>;

  private readonly centred: Centred;

  constructor(
    prepared: Prepared,
    names: AllowedNames,
    private readonly room: Room,
  ) {
    const patterns = new Map<Formula['kind'], OpenedDefinition[]>();
    for (const definition of prepared.definitions) {
      const { kind } = definition.right;
      if (!worthAName.has(kind) || !names.allows(definition.name)) continue;
      if (definition.name.includes('~') || freeNames(definition.right).size === 0) continue;
      const opened = openDefinition(definition, room.names);
      const known = patterns.get(kind);
      if (known) known.push(opened);
      else patterns.set(kind, [opened]);
    }
    this.patterns = new Map(
      [...patterns].map(([kind, list]) => [
        kind,
        new ByMention(
          list,
          ({ right }) => right,
          ({ variables }) => variables,
        ),
      ]),
    );
    this.centred = new Centred(prepared, room);
  }

  /** Sums of deviations from their own mean dropped; see `centred.ts`. */
  withoutDeviations(formula: Formula): Formula {
    return this.centred.without(formula);
  }

  /** The formula with every part that is the right side of a definition replaced by its name. */
  fold(formula: Formula, context: readonly Constraint[]): Formula {
    if (this.patterns.size === 0 || (formula.kind === 'symbol' && formula.indices.every(isLeaf)))
      return formula;
    return rewriteUp(this.centred.without(formula), (part) => {
      for (const pattern of this.patterns.get(part.kind)?.candidates(part) ?? []) {
        const variables = new Set(pattern.variables);
        const bindings = match(pattern.right, part, variables);
        if (!bindings || bindings.size < variables.size) continue;
        const covered = pattern.constraints.every((constraint) =>
          implied(substituteConstraint(constraint, bindings), context, this.room.facts),
        );
        if (!covered) continue;
        const head = pattern.head.map((index) => substitute(index, bindings));
        return tidyIndices(symbol(pattern.name, head));
      }
      return part;
    });
  }
}
