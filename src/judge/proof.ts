/** Proofs that two sides are equal: by their normal forms, with their derivatives taken where need be. */
import type { Condition, Formula } from '../expression/formula.js';
import { contains } from '../expression/walk.js';
import { takeDerivatives } from '../gradient/take.js';
import { treeSize } from '../gradient/tree-size.js';
import { slopesWrittenOut } from '../laws/slopes-written-out.js';
import type { Assumption, Lowered, Network } from '../network/network.js';
import { pair } from '../numeric/pairing.js';
import type { SimplifyContext } from '../simplify/context.js';
import { type Proof, proveEqual } from '../simplify/prove.js';
import { definitionOf } from '../simplify/unfold.js';
import { plainDisplay } from '../write/display.js';
import { writeCondition } from '../write/write.js';
import { knowledgeFor } from './closed-form.js';

/** Levels of definitions that a proof may unfold. */
const UNFOLD = 2;

/** Nodes of two sides with their derivatives taken, beyond which no proof is tried: it would expand them. */
const LONGEST_TAKEN = 300;

/**
 * A proof that two lowered sides are equal, if one is found. A derivative is first taken as it stands,
 * an atom like any other; then both sides are compared with all derivatives taken.
 * @returns undefined where the sides cannot be paired or conditions on indices hold
 */
export function proofOf(
  left: Lowered,
  right: Lowered,
  where: readonly Condition[],
  network: Network,
): Proof | undefined {
  const pairing = pair(left, right);
  if (!pairing || where.length > 0) return undefined;
  const ranges = [...pairing.axes, ...pairing.free];
  const context = { ...knowledgeFor({ ...left, ...pairing }, network), ranges, unfold: UNFOLD };
  const sides = [pairing.left, pairing.right] as const;
  // A derivative not yet taken is an atom: against a formula without it there is nothing to prove.
  const asTheyStand =
    holdsDerivative(sides[0]) === holdsDerivative(sides[1])
      ? proveEqual(...sides, context)
      : undefined;
  return asTheyStand?.proved
    ? asTheyStand
    : (proofByTaking(sides, network, context) ?? asTheyStand);
}

function proofByTaking(
  [left, right]: readonly [Formula, Formula],
  network: Network,
  context: SimplifyContext,
): Proof | undefined {
  const first = taken(left, network, context);
  const second = first && taken(right, network, context);
  if (!first || !second || (first.formula === left && second.formula === right)) return undefined;
  if (treeSize(first.formula) + treeSize(second.formula) > LONGEST_TAKEN) return undefined;
  const proof = proveEqual(first.formula, second.formula, context);
  if (!proof.proved) return undefined;
  // A slope is only asked for where it has a value: what its own formula needs for that is no condition.
  const own = new Set(
    [first, second].flatMap((side, place) =>
      side.formula === [left, right][place]
        ? []
        : proveEqual(side.formula, side.formula, context).conditions.map(conditionText),
    ),
  );
  return {
    ...proof,
    conditions: proof.conditions.filter((condition) => !own.has(conditionText(condition))),
    used: [...new Set([...first.assumed, ...second.assumed, ...proof.used])],
  };
}

const conditionText = (condition: Condition): string => writeCondition(condition, plainDisplay);

const holdsDerivative = (formula: Formula): boolean =>
  contains(formula, (part) => part.kind === 'derivative');

/** A side with nothing left to differentiate, and what that needed. */
interface TakenSide {
  readonly formula: Formula;
  readonly assumed: readonly Assumption[];
}

/** Takes the derivatives of a side; undefined where it has several cases or no derivative. */
function taken(side: Formula, network: Network, context: SimplifyContext): TakenSide | undefined {
  const named = side.kind === 'symbol' ? definitionOf(side, network.definitions) : undefined;
  const body = named && holdsDerivative(named) ? named : side;
  if (!holdsDerivative(body)) return { formula: side, assumed: [] };
  try {
    const { cases, assumed } = takeDerivatives(body, network, { ranges: context.ranges ?? [] });
    const [only, ...others] = cases;
    if (!only || others.length > 0) return undefined;
    return { formula: slopesWrittenOut(only.formula, network), assumed };
  } catch {
    // What cannot be differentiated is not proved; numbers have spoken already.
    return undefined;
  }
}
