/** Splitting terms with guards into cases: only when an answer is printed. */
import type { Condition, Formula } from '../expression/formula.js';
import { isBorder } from './borders.js';
import { isPlain, scale } from './conditions/affine.js';
import { type Constraint, constraintKey, negations, toCondition } from './conditions/constraint.js';
import { implied, impossible } from './conditions/decide.js';
import type { IndexFacts } from './facts.js';
import { settle } from './settle.js';
import { guardOf, type Room, type Term } from './term.js';

/** One region of the asked indices, with the terms that hold there. */
export interface Region {
  readonly where: readonly Constraint[];
  readonly terms: readonly Term[];
}

/** More regions than this are not printed apart: the terms then carry their conditions. */
const MOST_REGIONS = 12;

/** The regions that the guards cut out, equalities first; one region if none does. */
export function splitByGuards(
  terms: readonly Term[],
  context: readonly Constraint[],
  room: Room,
): readonly Region[] {
  const regions = split(terms, [], context, room);
  return regions && regions.length <= MOST_REGIONS ? regions : [{ where: [], terms }];
}

function split(
  terms: readonly Term[],
  where: readonly Constraint[],
  context: readonly Constraint[],
  room: Room,
): readonly Region[] | undefined {
  if (terms.every(({ constraints }) => constraints.length === 0)) return [{ where, terms }];
  const guards = terms.flatMap(guardOf).filter((guard) => isBorder(guard, room.facts));
  const chosen = guards.find((guard) => guard.kind === '=') ?? guards[0];
  if (!chosen) return [{ where, terms }];
  if (where.length > MOST_REGIONS) return undefined;
  const parts = [chosen, ...(negations(chosen) ?? [])];
  const result: Region[] = [];
  for (const part of parts) {
    const inside = [...context, ...where, part];
    if (impossible(inside, room.facts)) continue;
    const kept = terms.flatMap((term) => {
      const settled = settle(term, inside, room);
      return settled ? [settled] : [];
    });
    // What the case says of the region, without what follows from the rest.
    const regions = split(kept, [...where, part], context, room);
    if (!regions) return undefined;
    result.push(...regions);
  }
  return result;
}

/** Conditions of the region that do not follow from the context and the other conditions. */
export function shortest(
  where: readonly Constraint[],
  context: readonly Constraint[],
  facts: IndexFacts,
): readonly Constraint[] {
  let kept = where;
  for (const candidate of where) {
    const others = kept.filter((constraint) => constraint !== candidate);
    if (implied(candidate, [...context, ...others], facts)) kept = others;
  }
  const tight = kept.map((constraint): Constraint => {
    if (constraint.kind !== '>=') return constraint;
    // `t >= T` where `t <= T` is known is `t = T`.
    const others = kept.filter((other) => other !== constraint);
    const reverse: Constraint = { kind: '>=', form: scale(constraint.form, -1) };
    return implied(reverse, [...context, ...others], facts)
      ? { kind: '=', form: constraint.form }
      : constraint;
  });
  return [...new Map(tight.map((constraint) => [constraintKey(constraint), constraint])).values()];
}

/** `l = L` read as what to put for `l`: index letters are replaced, sizes are not. */
export function pins(
  where: readonly Constraint[],
  facts: IndexFacts,
): ReadonlyMap<string, Formula> {
  const pinned = new Map<string, Formula>();
  for (const constraint of where) {
    const condition: Condition = toCondition(constraint, facts.isSize);
    if (condition.kind !== 'compare' || condition.relation !== '=') continue;
    for (const [letter, value] of [
      [condition.left, condition.right],
      [condition.right, condition.left],
    ] as const)
      if (
        letter.kind === 'symbol' &&
        isPlain(letter) &&
        !facts.isSize(letter) &&
        !pinned.has(letter.name)
      ) {
        pinned.set(letter.name, value);
        break;
      }
  }
  return pinned;
}
