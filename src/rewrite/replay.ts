/** Replaying a derivation: every step is made again by its law and must come out the same. */
import type { Formula } from '../expression/formula.js';
import { conditionKey, same } from '../expression/same.js';
import type { LawContext, Rewriting } from './law.js';
import { partAt, replaceAt } from './place.js';
import type { Derivation, Step } from './step.js';

/** Laws by name. */
export type LawBook = ReadonlyMap<string, Rewriting>;

/**
 * The laws of a list by name.
 *
 * @throws Error if two laws have one name
 */
export function lawBook<L extends Rewriting>(laws: readonly L[]): ReadonlyMap<string, L> {
  const book = new Map<string, L>();
  for (const law of laws) {
    if (book.has(law.name))
      throw new Error(`two laws are called ${law.name}; give each law a name of its own`);
    book.set(law.name, law);
  }
  return book;
}

export type Replay =
  | { readonly holds: true }
  | {
      readonly holds: false;
      /** Positions of the step that failed, from the outermost. */
      readonly step: readonly number[];
      readonly reason: string;
    };

const holds: Replay = { holds: true };
const fails = (step: readonly number[], reason: string): Replay => ({ holds: false, step, reason });

/**
 * Makes every step again. A step that sums up others holds if they lead from the line before it to
 * its own line; any other step holds if its law, at its place, gives its bindings and its line, and
 * if it carries all that the law assumes.
 */
export function replay(derivation: Derivation, laws: LawBook, context: LawContext = {}): Replay {
  return replaySteps(derivation.start, derivation.steps, laws, context, []);
}

function replaySteps(
  start: Formula,
  steps: readonly Step[],
  laws: LawBook,
  context: LawContext,
  above: readonly number[],
): Replay {
  let before = start;
  for (const [position, step] of steps.entries()) {
    const where = [...above, position];
    const result = replayStep(before, step, laws, context, where);
    if (!result.holds) return result;
    before = step.after;
  }
  return holds;
}

/** Makes one step again, from the line before it. */
export function replayStep(
  before: Formula,
  step: Step,
  laws: LawBook,
  context: LawContext,
  where: readonly number[],
): Replay {
  const law = laws.get(step.law);
  if (!law) return fails(where, `no law is called ${step.law}`);
  if (step.inner && step.inner.length > 0) {
    const inside = replaySteps(before, step.inner, laws, context, where);
    if (!inside.holds) return inside;
    const last = step.inner.at(-1) as Step;
    if (!same(last.after, step.after)) return fails(where, 'the smaller steps lead elsewhere');
    const carried = step.inner.flatMap((inner) => inner.assumes);
    return carriesAll(step, carried) ? holds : fails(where, 'an assumption was dropped');
  }
  const part = partAt(before, step.at);
  if (!part) return fails(where, 'the line before has no such place');
  const applied = law.apply(part, context, step.bindings);
  if (!applied) return fails(where, `${step.law} does not apply there`);
  if (!sameBindings(applied.bindings, step.bindings)) return fails(where, 'other bindings');
  if (!carriesAll(step, applied.assumes)) return fails(where, 'an assumption was dropped');
  return same(replaceAt(before, step.at, applied.after), step.after)
    ? holds
    : fails(where, `${step.law} gives another line`);
}

function carriesAll(step: Step, assumes: Step['assumes']): boolean {
  const carried = new Set(step.assumes.map(conditionKey));
  return assumes.every((condition) => carried.has(conditionKey(condition)));
}

function sameBindings(
  left: ReadonlyMap<string, Formula>,
  right: ReadonlyMap<string, Formula>,
): boolean {
  if (left.size !== right.size) return false;
  return [...left].every(([name, formula]) => {
    const other = right.get(name);
    return other !== undefined && same(formula, other);
  });
}
