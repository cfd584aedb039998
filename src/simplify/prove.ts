/**
 * Deciding equality. `proved` means: equal at every point where both formulas have a value and the
 * reported conditions hold. `not proved` means nothing; sampling has to speak then.
 */
import type { Condition, Formula } from '../expression/formula.js';
import { conditionFormulas, contains, freeNames } from '../expression/walk.js';
import type { Assumption } from '../network/network.js';
import { canonicalKey } from './canonical-key.js';
import { BudgetExceeded, NowhereDefined, type SimplifyContext } from './context.js';
import { clearDenominators, vanishesBySummands } from './denominators.js';
import { domainConditions, domainFacts, takeAssumptions } from './facts.js';
import { openSession } from './normal-form.js';
import type { NormalOptions, SignFact } from './session.js';
import { addAll, scale } from './term.js';
import { unfoldOnce } from './unfold.js';

/** Whether an equality was proved, and what the proof needs. */
export interface Proof {
  readonly proved: boolean;
  /** What the equality needs: denominators not zero, arguments of logarithms positive, ranges. */
  readonly conditions: readonly Condition[];
  /** Assumptions of the context that the proof used. */
  readonly used: readonly Assumption[];
  /** Levels of definitions unfolded on both sides. */
  readonly unfolded: number;
}

const notProved: Proof = { proved: false, conditions: [], used: [], unfolded: 0 };

/** Tried in order, from the cheapest view to the one that writes most out. */
export const views: readonly NormalOptions[] = [
  { functions: 'as atoms', ranges: 'kept', ends: 'kept' },
  { functions: 'through exp', ranges: 'kept', ends: 'kept' },
  { functions: 'through exp', ranges: 'written out', ends: 'kept' },
  { functions: 'through exp', ranges: 'kept', ends: 'aligned' },
];

/**
 * Proves that two core formulas are equal, if it can.
 *
 * Three stages in each view: the expanded difference is zero; it is zero over the common
 * denominator; it is zero summand by summand. Bounded by terms and steps, never by time.
 */
export function proveEqual(left: Formula, right: Formula, context: SimplifyContext = {}): Proof {
  let sides: readonly [Formula, Formula] = [left, right];
  for (let level = 0; level <= (context.unfold ?? 0); level += 1) {
    const proof = proveAtLevel(sides[0], sides[1], context);
    if (proof.proved) return { ...proof, unfolded: level };
    const next = sides.map((side) => unfoldOnce(side, context.definitions ?? []));
    if (next[0] === sides[0] && next[1] === sides[1]) break;
    sides = [next[0] as Formula, next[1] as Formula];
    // A derivative not yet taken is an atom that nothing on the other side can cancel.
    if (holdsDerivative(sides[0]) !== holdsDerivative(sides[1])) break;
  }
  return notProved;
}

const holdsDerivative = (formula: Formula): boolean =>
  contains(formula, (part) => part.kind === 'derivative');

function proveAtLevel(left: Formula, right: Formula, context: SimplifyContext): Proof {
  const facts = startingFacts(left, right, context);
  if (!facts) return notProved;
  if (canonicalKey(left) === canonicalKey(right)) return succeed(left, right, context, facts);
  // Without assumptions first, so that only those are reported that were needed.
  const bare = { ...context, assumptions: [] };
  const knowledge = touches(context.assumptions ?? [], left, right) ? [bare, context] : [bare];
  for (const known of knowledge)
    for (const view of viewsThatDiffer([
      left,
      right,
      ...(known.assumptions ?? []).flatMap(({ condition }) => conditionFormulas(condition)),
    ])) {
      const proof = attempt(left, right, known, view, facts);
      if (proof) return proof;
    }
  return notProved;
}

/** Whether an assumption speaks of any name of the two sides, itself or through another one. */
function touches(assumptions: readonly Assumption[], left: Formula, right: Formula): boolean {
  const names = new Set([...freeNames(left), ...freeNames(right)]);
  return assumptions.some(({ condition }) =>
    conditionFormulas(condition).some((part) =>
      [...freeNames(part)].some((name) => names.has(name)),
    ),
  );
}

/** The views under which these formulas can have different normal forms. */
function viewsThatDiffer(formulas: readonly Formula[]): readonly NormalOptions[] {
  const holds = (test: (part: Formula) => boolean) =>
    formulas.some((formula) => contains(formula, test));
  const functions = holds((part) => part.kind === 'call' || part.kind === 'family');
  const ranges = holds(
    (part) => part.kind === 'sum' || part.kind === 'product' || part.kind === 'family',
  );
  return views.filter((view, place) => {
    if (place === 0) return true;
    if (view.ranges === 'written out' || view.ends === 'aligned') return ranges;
    return functions;
  });
}

/** Signs from the domains of both sides; `undefined` if they exclude each other. */
function startingFacts(
  left: Formula,
  right: Formula,
  context: SimplifyContext,
): readonly SignFact[] | undefined {
  const [, plain] = views;
  try {
    const session = openSession(context, plain as NormalOptions, [left, right]);
    return domainFacts([left, right], session);
  } catch (error) {
    if (error instanceof BudgetExceeded) return [];
    if (error instanceof NowhereDefined) return undefined;
    throw error;
  }
}

function attempt(
  left: Formula,
  right: Formula,
  context: SimplifyContext,
  view: NormalOptions,
  facts: readonly SignFact[],
): Proof | undefined {
  try {
    const session = openSession(context, view, [left, right]);
    takeAssumptions(context.assumptions ?? [], session);
    session.facts.push(...facts);
    // Whatever was remembered or used while reading the assumptions themselves does not count.
    session.used.clear();
    const gap = addAll([session.normalise(left), scale(session.normalise(right), -1)]);
    const vanishes =
      gap.size === 0 ||
      clearDenominators(gap, session).size === 0 ||
      vanishesBySummands(gap, session);
    if (!vanishes) return undefined;
    const conditions = new Map([
      ...domainConditions([left, right], session),
      ...session.conditions,
    ]);
    return {
      proved: true,
      conditions: [...conditions.values()],
      used: [...session.used],
      unfolded: 0,
    };
  } catch (error) {
    if (error instanceof BudgetExceeded || error instanceof NowhereDefined) return undefined;
    throw error;
  }
}

/** Same structure up to order and names: proved wherever there is a value. */
function succeed(
  left: Formula,
  right: Formula,
  context: SimplifyContext,
  facts: readonly SignFact[],
): Proof {
  return (
    attempt(left, right, { ...context, assumptions: [] }, views[0] as NormalOptions, facts) ?? {
      proved: true,
      conditions: [],
      used: [],
      unfolded: 0,
    }
  );
}
