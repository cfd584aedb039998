/** Two sides of a relation, judged: numbers first, then a proof. */
import {
  type Condition,
  compare,
  type Formula,
  number,
  type Relation,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { same } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import { ShapeError } from '../network/errors.js';
import { lower } from '../network/lower.js';
import type { Lowered, Network } from '../network/network.js';
import { isStacking, unstacked } from '../network/stacked.js';
import { agree, agreeRelation } from '../numeric/agree.js';
import type { Agreement, Witness } from '../numeric/agreement.js';
import type { Unseen } from '../numeric/branch-search.js';
import { undefinedPart } from '../numeric/never-defined.js';
import { pair } from '../numeric/pairing.js';
import { plainDisplay } from '../write/display.js';
import { writeCondition, writePlain } from '../write/write.js';
import { type Judgement, shapeClash, undecided } from './judgement.js';
import { isIndexPlace, placesOf } from './places.js';
import { proofOf } from './proof.js';
import { equalUpToRounding } from './rounded.js';

/** What is to be compared, in the author's notation. */
export interface Comparison {
  readonly left: Formula;
  readonly relation: Relation;
  readonly right: Formula;
  /** Conditions on indices under which the relation is meant. */
  readonly where: readonly Condition[];
}

/** Both sides lowered, or what stands against it. */
export type Sides =
  | { readonly kind: 'lowered'; readonly left: Lowered; readonly right: Lowered }
  | { readonly kind: 'judged'; readonly judgement: Judgement };

/** Lowers both sides; a clash of shapes is a difference unless it rests on a guess. */
export function lowerSides(written: Comparison, network: Network): Sides {
  const stacking = [written.left, written.right].some((side) => isStacking(side, network));
  const comparison = stacking ? withoutStacking(written) : written;
  try {
    const options = { where: comparison.where };
    return {
      kind: 'lowered',
      left: lower(comparison.left, network, options),
      right: lower(comparison.right, network, options),
    };
  } catch (problem) {
    if (problem instanceof ShapeError)
      return {
        kind: 'judged',
        judgement:
          // Of stacked columns other shapes may fit than those of the matrices.
          problem.guessed.length > 0 || stacking
            ? undecided(problem.message)
            : shapeClash(problem.message),
      };
    if (problem instanceof Unsupported)
      return { kind: 'judged', judgement: undecided(problem.message) };
    throw problem;
  }
}

/** Two stacked columns are equal where their matrices are. */
function withoutStacking(comparison: Comparison): Comparison {
  const [left, right] = [unstacked(comparison.left), unstacked(comparison.right)];
  return left && right ? { ...comparison, left, right } : comparison;
}

/** Judges a relation between two surface formulas in a network. */
export function compareSides(comparison: Comparison, network: Network): Judgement {
  const sides = lowerSides(comparison, network);
  if (sides.kind === 'judged') return sides.judgement;
  return compareLowered(sides.left, comparison.relation, sides.right, comparison.where, network);
}

/**
 * The same for a formula that must hold in general, such as a closed form: agreement for the sheet's
 * numbers only is a difference.
 */
export function compareGenerally(
  left: Lowered,
  relation: Relation,
  right: Lowered,
  where: readonly Condition[],
  network: Network,
  effort: Effort = 'proof',
): Judgement {
  const judgement = compareLowered(left, relation, right, where, network, effort);
  return judgement.onlyGiven
    ? compareLowered(left, relation, right, where, withoutGivens(network), effort)
    : judgement;
}

/** The network before numbers were given; derivatives given as numbers stay cuts of what lies behind. */
function withoutGivens(network: Network): Network {
  const known = general.get(network);
  if (known) return known;
  const made = { ...network, givens: [] };
  general.set(network, made);
  return made;
}

const general = new WeakMap<Network, Network>();

/**
 * A line of a derivation: where it is written in names alone, it must hold for all numbers, not only
 * for those of the sheet. A line with the sheet's numbers put in is judged under them.
 */
export function compareDerivation(comparison: Comparison, network: Network): Judgement {
  const judgement = compareSides(comparison, network);
  if (judgement.verdict === 'differs' && judgement.reason === 'numbers') {
    const sides = lowerSides(comparison, network);
    if (sides.kind === 'lowered' && comparison.relation === '=')
      if (equalUpToRounding(sides.left, sides.right, network))
        return {
          ...judgement,
          verdict: 'agrees',
          reason: undefined,
          message: undefined,
          witness: undefined,
          onlyGiven: true,
        };
  }
  if (!judgement.onlyGiven || hasNumbersPutIn(comparison.right) || hasNumbersPutIn(comparison.left))
    return judgement;
  return compareSides(comparison, withoutGivens(network));
}

/** Numbers that belong to the calculus rather than to the sheet. */
const ownNumbers: ReadonlySet<string> = new Set(['2', '-1', '1/2', '-2', '-1/2']);

/**
 * Whether a formula may hold values of the sheet: it has no names at all, a number other than the
 * usual coefficients, or a factor or term 0 or 1 that stands for a slope.
 */
function hasNumbersPutIn(formula: Formula): boolean {
  const places = placesOf(formula).filter((place) => !isIndexPlace(place));
  if (!places.some(({ part }) => part.kind === 'symbol')) return true;
  return places.some(({ part, above }) => {
    if (part.kind !== 'number') return false;
    const parent = above.at(-1);
    if (parent === undefined || parent.kind === 'multiply' || parent.kind === 'call')
      return !ownNumbers.has(part.value.toFraction());
    return parent.kind === 'add' && !['1', '-1'].includes(part.value.toFraction());
  });
}

/** What is tried where the numbers agree: a proof, or nothing more. */
export type Effort = 'proof' | 'numbers';

/** Judges a relation between two lowered formulas. */
export function compareLowered(
  left: Lowered,
  relation: Relation,
  right: Lowered,
  where: readonly Condition[],
  network: Network,
  effort: Effort = 'proof',
): Judgement {
  const nowhere = undefinedPart(left.body, network) ?? undefinedPart(right.body, network);
  if (nowhere) return undecided(`${writePlain(nowhere, plainDisplay)} has no value at any point`);
  const agreement = numbersOf(left, relation, right, where, network);
  if (agreement.verdict === 'differs')
    return differing(agreement.witness, agreement.points, left, right, network);
  const proof =
    relation === '=' && agreement.verdict === 'agrees' && effort === 'proof'
      ? proofOf(left, right, where, network)
      : undefined;
  if (agreement.verdict === 'unknown')
    return relation === '=' && isTheSame(left, right)
      ? {
          ...undecided('', agreement.points),
          verdict: 'proved',
          reason: undefined,
          message: undefined,
        }
      : undecided(agreement.reason, agreement.points);
  if (saysLittle(agreement) && !proof?.proved)
    return undecided(
      'both sides are zero at the few points where both are defined, which shows nothing',
      agreement.points,
    );
  if (agreement.beyond !== undefined && !proof?.proved)
    return undecided(
      `${agreement.beyond}; its sizes were inferred from use: declare its shape, or say which sizes are meant`,
      agreement.points,
    );
  if (agreement.unseen !== undefined && !proof?.proved)
    return { ...undecided(notSeen(agreement.unseen), agreement.points), reason: 'branch' };
  return {
    verdict: proof?.proved ? 'proved' : 'agrees',
    points: agreement.points,
    reason: undefined,
    message: undefined,
    witness: undefined,
    point: [],
    left: undefined,
    right: undefined,
    assumed: proof?.proved ? proof.used : [],
    conditions: proof?.proved ? proof.conditions : [],
    onlyGiven: agreement.onlyGiven,
  };
}

/** Points below which sides that are zero everywhere may only be undefined elsewhere. */
const FEW_POINTS = 6;

const saysLittle = (agreement: Agreement & { readonly verdict: 'agrees' }): boolean =>
  agreement.vanishing && !agreement.onlyGiven && agreement.points < FEW_POINTS;

const notSeen = ({ left, relation, right }: Unseen): string =>
  `no point was found where ${writeCondition(compare(left, relation, right), plainDisplay)}, so that this branch was not tried`;

function numbersOf(
  left: Lowered,
  relation: Relation,
  right: Lowered,
  where: readonly Condition[],
  network: Network,
): Agreement {
  try {
    return relation === '='
      ? agree(left, right, network, { where })
      : agreeRelation(left, relation, right, network, { where });
  } catch (problem) {
    if (problem instanceof Unsupported)
      return { verdict: 'unknown', points: 0, reason: problem.message };
    throw problem;
  }
}

function differing(
  witness: Witness,
  points: number,
  left: Lowered,
  right: Lowered,
  network: Network,
): Judgement {
  const guessed = [...left.guessed, ...right.guessed];
  if (witness.problem !== undefined && witness.left === undefined && guessed.length > 0)
    return undecided(witness.problem, points);
  const point = [...witness.sizes, ...witness.entry, ...witness.values].map(([key, value]) => ({
    entry: entryOf(key),
    value,
  }));
  return {
    verdict: 'differs',
    points,
    reason: reasonOf(witness),
    message: witness.problem,
    witness: Object.fromEntries(
      point.map(({ entry, value }) => [plainName(entry, network), value]),
    ),
    point,
    left: witness.left,
    right: witness.right,
    assumed: [],
    conditions: [],
    onlyGiven: false,
  };
}

/** One formula written twice is equal to itself, whatever numbers there are to try it with. */
function isTheSame(left: Lowered, right: Lowered): boolean {
  const pairing = pair(left, right);
  return pairing !== undefined && same(pairing.left, pairing.right);
}

/** Without numbers on both sides the shapes clash; without one, that side reads a missing entry. */
function reasonOf({ left, right }: Witness): 'numbers' | 'shape' | 'entry' {
  if (left === undefined && right === undefined) return 'shape';
  return left === undefined || right === undefined ? 'entry' : 'numbers';
}

/** What `w[2,1]` of the numbers is: the entry `w_21`. */
function entryOf(key: string): SymbolFormula {
  const parts = /^(.*)\[([\d,-]+)\]$/.exec(key);
  if (!parts) return symbol(key);
  const [, name = '', indices = ''] = parts;
  return symbol(
    name,
    indices.split(',').map((index) => number(Number(index))),
  );
}

/** An entry as a person writes it: `w_21`, or `w^2_1` where the first index stands above. */
function plainName(entry: SymbolFormula, network: Network): string {
  if (entry.indices.length === 0) return entry.name;
  const above = network.families.get(entry.name)?.slots.filter(({ place }) => place === 'upper');
  return writePlain(entry, { ...plainDisplay, upperSlots: () => above?.length ?? 0 });
}
