/** Do two formulas have the same number wherever both are defined? */
import type { Condition, Formula, Relation } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { children, conditionFormulas } from '../expression/walk.js';
import type { Lowered, Network, Range } from '../network/network.js';
import type { Agreement, Witness } from './agreement.js';
import { type Seen, searchBranches } from './branch-search.js';
import { type Comparison, compareIn, differenceAt, type Question, TOLERANCE } from './compare.js';
import { CyclicDefinition, type IndexOutOfRange } from './errors.js';
import { type Exact, exactArithmetic } from './exact.js';
import { GivenWorld } from './given-world.js';
import { givenNumbers } from './givens.js';
import { Machine } from './machine.js';
import { keptFor, type Model, type ModelRequest, models, signsMatter } from './models.js';
import { pair } from './pairing.js';
import { sitesBehind } from './sites-behind.js';
import { TapeFull } from './tape.js';

export interface AgreeOptions {
  /** Conditions on indices under which the two are compared (`i = j`, `l < L`). */
  readonly where?: readonly Condition[];
  /** Ranges of free letters, instead of those that their use implies. */
  readonly ranges?: readonly Range[];
  readonly seed?: number;
  /** Arithmetic in 64 digits, for differences that are small but not zero. */
  readonly exact?: Exact;
}

/** Relative differences up to this may be rounding where 64 digits cannot decide. */
const LARGEST_NOISE = 1e-10;

/** Models wanted for a verdict, and where signs matter. */
const POINTS = 6;
const POINTS_WITH_SIGNS = 13;
/** Models wanted under the numbers of the sheet, where little or nothing is drawn. */
const POINTS_GIVEN = 2;
/** Models wanted for an inequality: it may fail in a small region. */
const POINTS_OF_INEQUALITY = 160;

/**
 * Compares two lowered formulas at all entries of several models. With numbers in the sheet, a
 * difference counts only if it is one under those numbers too; `onlyGiven` then says that the two
 * agree for these numbers only. Never a proof; a difference comes with its witness, and small ones
 * are decided in 64 digits. Shapes that clash are a difference, unless one of them was guessed.
 */
export const agree = (
  left: Lowered,
  right: Lowered,
  network: Network,
  options: AgreeOptions = {},
): Agreement => agreeRelation(left, '=', right, network, options);

/** The same for any relation: `<=` agrees if it holds at every point tried. */
export function agreeRelation(
  left: Lowered,
  relation: Relation,
  right: Lowered,
  network: Network,
  options: AgreeOptions = {},
): Agreement {
  const pairing = pair(left, right);
  if (!pairing) return shapeClash(left, right);
  const ranges = options.ranges ?? [];
  const free = [
    ...ranges,
    ...pairing.free.filter((range) => !ranges.some((other) => other.index === range.index)),
  ];
  const question: Question = { ...pairing, free, relation, where: options.where ?? [] };
  const guessed = [...left.guessed, ...right.guessed];
  const general = everywhere(network, question, options);
  if (network.givens.length === 0 || general.verdict === 'agrees') return settled(general, guessed);
  const given = underGivens(network, question, options);
  if (given.verdict === 'agrees') return { ...given, onlyGiven: true };
  return settled(given.verdict === 'differs' ? given : general, guessed);
}

/** The comparison in the usual models, then at points on every branch that can be reached. */
function everywhere(network: Network, question: Question, options: AgreeOptions): Agreement {
  const { agreement, held } = overModels(network, question, options, (model) => model.machine);
  if (agreement.verdict !== 'agrees') return agreement;
  const { left, right, where } = question;
  const sites = sitesBehind(network, [left, right, ...where.flatMap(conditionFormulas)]);
  if (sites.length === 0) return agreement;
  let { points, vanishing } = agreement;
  let witness: Witness | undefined;
  const examine = (model: Model): Seen => {
    const look = lookedAt(model, question, options, ({ machine }) => machine);
    if (look.kind === 'differs') {
      if (withoutUndefined(look.witness) !== look.witness) return 'skipped';
      ({ witness } = look);
      return 'failed';
    }
    if (look.kind !== 'held') return 'skipped';
    points += 1;
    vanishing &&= look.vanishing;
    return 'held';
  };
  const kept = keptFor(network, requestOf(question, options));
  const unseen = searchBranches({ network, sites, where, held, kept, examine });
  if (witness) return { verdict: 'differs', points: points + 1, witness };
  return { ...agreement, points, vanishing, ...(unseen === undefined ? {} : { unseen }) };
}

/** Machines under the numbers of the sheet, by the model that draws what they leave open. */
const givenMachines = new WeakMap<Model, Machine>();

/** The comparison under the numbers of the sheet; what they leave open is drawn. */
function underGivens(network: Network, question: Question, options: AgreeOptions): Agreement {
  return overModels(
    network,
    question,
    options,
    (model) => {
      const known = givenMachines.get(model);
      if (known) return known;
      const machine = new Machine(network, new GivenWorld(network, model.machine.world));
      givenMachines.set(model, machine);
      return machine;
    },
    givenNumbers(network).numbers.size > 0 ? POINTS_GIVEN : POINTS,
  ).agreement;
}

/** A verdict, and the models in which both sides had the same number. */
interface Held {
  readonly agreement: Agreement;
  readonly held: readonly Model[];
}

function overModels(
  network: Network,
  question: Question,
  options: AgreeOptions,
  machineOf: (model: Model) => Machine,
  wanted = pointsWanted(network, question),
): Held {
  let points = 0;
  let vanishing = true;
  let reason = 'nothing satisfies the assumptions of the sheet';
  let beyond: string | undefined;
  /** A difference where a quantity of the question has no value: a better place is looked for. */
  let outside: Witness | undefined;
  const held: Model[] = [];
  const request = requestOf(question, options);
  for (const model of models(network, request)) {
    const seen = lookedAt(model, question, options, machineOf);
    switch (seen.kind) {
      case 'differs': {
        const witness = withoutUndefined(seen.witness);
        if (witness !== seen.witness) {
          outside ??= witness;
          continue;
        }
        return { agreement: { verdict: 'differs', points: points + 1, witness }, held };
      }
      case 'undecidable':
        return { agreement: { verdict: 'unknown', points, reason: seen.reason }, held };
      case 'skipped': {
        reason = seen.reason;
        const { absent } = seen;
        if (absent && isInferred(network, absent.family)) beyond = absent.message;
        continue;
      }
      case 'held':
        points += 1;
        vanishing &&= seen.vanishing;
        held.push(model);
    }
    if (points >= wanted) break;
  }
  if (points === 0 && outside)
    return { agreement: { verdict: 'differs', points: 1, witness: outside }, held };
  const agreement: Agreement =
    points === 0
      ? { verdict: 'unknown', points, reason }
      : { verdict: 'agrees', points, vanishing, onlyGiven: false, ...(beyond ? { beyond } : {}) };
  return { agreement, held };
}

const requestOf = (question: Question, options: AgreeOptions): ModelRequest => ({
  formulas: [question.left, question.right],
  conditions: question.where,
  wide: question.relation !== '=',
  ...(options.seed === undefined ? {} : { seed: options.seed }),
});

/** What one model says after all doubts were decided. */
type Look =
  | { readonly kind: 'held'; readonly vanishing: boolean }
  | { readonly kind: 'differs'; readonly witness: Witness }
  | { readonly kind: 'skipped'; readonly reason: string; readonly absent?: IndexOutOfRange }
  | { readonly kind: 'undecidable'; readonly reason: string };

function lookedAt(
  model: Model,
  question: Question,
  options: AgreeOptions,
  machineOf: (model: Model) => Machine,
): Look {
  let comparison: Comparison;
  let machine = machineOf(model);
  try {
    comparison = compareIn(machine, question);
    if (!isPlain(comparison)) {
      // What else was worked out in this model (a kink nearby, terms that cancelled) must not
      // weigh on this question, nor show in its witness.
      machine = machineOf(model.fresh());
      comparison = compareIn(machine, question);
    }
  } catch (problem) {
    if (!isUndecidable(problem)) throw problem;
    return { kind: 'undecidable', reason: problem.message };
  }
  if (comparison.kind === 'failed') return { kind: 'differs', witness: comparison.witness };
  if (comparison.kind === 'skipped') return comparison;
  const { doubtful: doubts, vanishing, sample } = comparison;
  const [worst] = doubts;
  const doubtful = doubts.map(({ entry }) => entry);
  const fine = [question.left, question.right].some(hasFineNumbers);
  if (fine || machine.tape.absorbed) doubtful.push(...sample);
  if (doubtful.length === 0) return { kind: 'held', vanishing };
  const exact = options.exact ?? exactArithmetic();
  const answer = exact.decide(machine, question, doubtful);
  if (answer.kind === 'differs') return { kind: 'differs', witness: answer.witness };
  if (answer.kind === 'lost') return { kind: 'skipped', reason: answer.reason };
  if (answer.kind === 'undecided') {
    if (worst && !worst.lost && worst.by > TOLERANCE)
      return { kind: 'differs', witness: differenceAt(machine, question, worst.entry) };
    if (fine || worst?.lost || (worst && worst.by > LARGEST_NOISE))
      return { kind: 'skipped', reason: answer.reason };
  }
  return { kind: 'held', vanishing };
}

/** A witness without the quantities that have no value there; itself if there are none. */
function withoutUndefined(witness: Witness): Witness {
  const values = new Map([...witness.values].filter(([, value]) => Number.isFinite(value)));
  return values.size === witness.values.size ? witness : { ...witness, values };
}

/** Whether the sizes of a leaf come from its use alone, so that it may have further entries. */
function isInferred(network: Network, name: string): boolean {
  const family = network.families.get(name);
  return family?.kind === 'leaf' && !family.declared;
}

/** Whether a comparison held without any doubt. */
const isPlain = (comparison: Comparison): boolean =>
  comparison.kind === 'held' && comparison.doubtful.length === 0;

/** Problems of the formulas, not of the program: nothing can be said by numbers. */
const isUndecidable = (problem: unknown): problem is Error =>
  problem instanceof TapeFull ||
  problem instanceof Unsupported ||
  problem instanceof CyclicDefinition;

/** A shape clash is a difference, unless it rests on a guess. */
function shapeClash(left: Lowered, right: Lowered): Agreement {
  const shape = (lowered: Lowered) =>
    lowered.row
      ? 'a row'
      : (['a number', 'a vector', 'a matrix'][lowered.axes.length] ??
        `${lowered.axes.length} axes`);
  const problem = `the left side is ${shape(left)}, the right side ${shape(right)}`;
  return settled(
    {
      verdict: 'differs',
      points: 0,
      witness: {
        sizes: new Map(),
        values: new Map(),
        entry: new Map(),
        left: undefined,
        right: undefined,
        problem,
      },
    },
    [...left.guessed, ...right.guessed],
  );
}

/** A clash that rests on a guessed rank or size is not a difference. */
function settled(agreement: Agreement, guessed: readonly string[]): Agreement {
  if (agreement.verdict !== 'differs' || guessed.length === 0) return agreement;
  const { problem } = agreement.witness;
  if (problem === undefined) return agreement;
  const names = [...new Set(guessed)].join(', ');
  return {
    verdict: 'unknown',
    points: 0,
    reason: `${problem}; but what ${names} stands for was guessed: declare it`,
  };
}

/** Numbers with this many digits can hide a difference below the tolerance. */
const FINE_DIGITS = 9;

/** Whether a formula holds numbers so fine that floating point may not tell them apart. */
function hasFineNumbers(formula: Formula): boolean {
  if (formula.kind === 'number') {
    const { n, d } = formula.value;
    return String(n).length > FINE_DIGITS || String(d).length > FINE_DIGITS;
  }
  return children(formula).some(hasFineNumbers);
}

/** How many models a verdict needs. */
function pointsWanted(network: Network, question: Question): number {
  if (question.relation !== '=') return POINTS_OF_INEQUALITY;
  const formulas = [question.left, question.right];
  return signsMatter(network, formulas) ? POINTS_WITH_SIGNS : POINTS;
}
