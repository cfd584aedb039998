/**
 * The order inside a cycle of families: `z^l` needs `a^(l-1)`, `a^l` needs `z^l`. One index of each
 * family (the layer, the time step) and a shift per family give every entry a level, and an entry
 * depends only on entries of lower level.
 */
import { type Formula, type SymbolFormula, symbol } from '../expression/formula.js';
import { substitute } from '../expression/walk.js';
import {
  type Affine,
  affineNumber,
  minus,
  plus,
  scale,
  toAffine,
  toFormula,
} from './conditions/affine.js';
import { atLeast, type Constraint } from './conditions/constraint.js';
import { implied } from './conditions/decide.js';
import { openDefinition, type Prepared } from './prepared.js';
import type { Room } from './term.js';

export interface Levels {
  /** Which index of each family counts. */
  readonly slots: ReadonlyMap<string, number>;
  /** The level of an entry; larger means nearer to the end of the computation. */
  readonly levelOf: (entry: SymbolFormula) => Affine;
}

interface Use {
  readonly head: SymbolFormula;
  readonly entry: SymbolFormula;
  readonly constraints: readonly Constraint[];
}

/** Every entry of the wanted families in a formula, with the ranges around it. */
function entriesIn(
  formula: Formula,
  wanted: ReadonlySet<string>,
  around: readonly Constraint[],
  room: Room,
): readonly { readonly entry: SymbolFormula; readonly constraints: readonly Constraint[] }[] {
  const found: { entry: SymbolFormula; constraints: readonly Constraint[] }[] = [];
  const visit = (part: Formula, constraints: readonly Constraint[]): void => {
    switch (part.kind) {
      case 'symbol':
        if (wanted.has(part.name)) found.push({ entry: part, constraints });
        return;
      case 'add':
        for (const term of part.terms) visit(term, constraints);
        return;
      case 'multiply':
        for (const factor of part.factors) visit(factor, constraints);
        return;
      case 'power':
        visit(part.base, constraints);
        visit(part.exponent, constraints);
        return;
      case 'call':
        for (const argument of part.args) visit(argument, constraints);
        return;
      case 'cases':
        for (const branch of part.branches) visit(branch.value, constraints);
        if (part.otherwise) visit(part.otherwise, constraints);
        return;
      case 'sum':
      case 'product':
      case 'family':
      case 'array': {
        const binders =
          part.kind === 'family' || part.kind === 'array'
            ? part.binders
            : part.bounds
              ? [{ index: part.index, ...part.bounds }]
              : [];
        const renaming = new Map<string, Formula>();
        const inside = [...constraints];
        for (const binder of binders) {
          const variable = symbol(room.names.fresh(binder.index));
          inside.push(
            atLeast(variable, substitute(binder.lower, renaming)),
            atLeast(substitute(binder.upper, renaming), variable),
          );
          renaming.set(binder.index, variable);
        }
        visit(substitute(part.body, renaming), inside);
        return;
      }
      default:
    }
  };
  visit(formula, around);
  return found;
}

/** The largest small constant that is surely at most the form; `undefined` if there is none. */
function surely(form: Affine, constraints: readonly Constraint[], room: Room): number | undefined {
  if (form.terms.size === 0) return form.constant;
  for (const candidate of [2, 1, 0, -1, -2])
    if (
      implied(atLeast(toFormula(form), toFormula(affineNumber(candidate))), constraints, room.facts)
    )
      return candidate;
  return undefined;
}

/** More choices of slots than this are not tried. */
const MOST_CHOICES = 256;

/** The levels of a cycle, or `undefined` where no index orders it. */
export function levelsOf(
  cycle: ReadonlySet<string>,
  prepared: Prepared,
  room: Room,
): Levels | undefined {
  const uses: Use[] = [];
  const ranks = new Map<string, number>();
  for (const definition of prepared.definitions) {
    if (!cycle.has(definition.name)) continue;
    ranks.set(definition.name, definition.head.length);
    const opened = openDefinition(definition, room.names);
    const head = symbol(opened.name, opened.head);
    for (const { entry, constraints } of entriesIn(opened.right, cycle, opened.constraints, room))
      uses.push({ head, entry, constraints });
  }
  const names = [...cycle];
  for (const slots of choices(names, ranks))
    for (const sign of [1, -1]) {
      const offsets = offsetsFor(names, slots, sign, uses, room);
      if (!offsets) continue;
      const levelOf = (entry: SymbolFormula): Affine =>
        plus(
          scale(
            toAffine(entry.indices[slots.get(entry.name) as number] as Formula),
            sign * stride(names),
          ),
          affineNumber(offsets.get(entry.name) as number),
        );
      return { slots, levelOf };
    }
  return undefined;
}

const stride = (names: readonly string[]): number => names.length + 1;

function* choices(
  names: readonly string[],
  ranks: ReadonlyMap<string, number>,
): Generator<ReadonlyMap<string, number>> {
  const least = Math.min(...names.map((name) => ranks.get(name) ?? 0));
  if (least === 0) return;
  // The same place in every family is the usual case.
  for (let slot = 0; slot < least; slot += 1) yield new Map(names.map((name) => [name, slot]));
  const total = names.reduce((count, name) => count * (ranks.get(name) ?? 1), 1);
  for (let code = 0; code < Math.min(total, MOST_CHOICES); code += 1) {
    let rest = code;
    yield new Map(
      names.map((name) => {
        const rank = ranks.get(name) ?? 1;
        const slot = rest % rank;
        rest = Math.floor(rest / rank);
        return [name, slot];
      }),
    );
  }
}

/** Longest-path offsets with `level(head) > level(entry)` for every use, if there are any. */
function offsetsFor(
  names: readonly string[],
  slots: ReadonlyMap<string, number>,
  sign: number,
  uses: readonly Use[],
  room: Room,
): ReadonlyMap<string, number> | undefined {
  const edges: { from: string; to: string; weight: number }[] = [];
  for (const { head, entry, constraints } of uses) {
    const top = head.indices[slots.get(head.name) as number];
    const below = entry.indices[slots.get(entry.name) as number];
    if (!top || !below) return undefined;
    const step = surely(scale(minus(toAffine(top), toAffine(below)), sign), constraints, room);
    if (step === undefined) return undefined;
    edges.push({ from: entry.name, to: head.name, weight: 1 - stride(names) * step });
  }
  const offsets = new Map(names.map((name) => [name, 0]));
  for (let round = 0; round <= names.length; round += 1) {
    let changed = false;
    for (const { from, to, weight } of edges) {
      const needed = (offsets.get(from) as number) + weight;
      if ((offsets.get(to) as number) < needed) {
        offsets.set(to, needed);
        changed = true;
      }
    }
    if (!changed) return offsets;
  }
  return undefined;
}
