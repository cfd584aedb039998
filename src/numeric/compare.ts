/** Two formulas compared in one machine, entry by entry. */
import type { Condition, Formula, Relation } from '../expression/formula.js';
import type { Range } from '../network/network.js';
import type { Witness } from './agreement.js';
import { compareNumbers } from './conditions.js';
import { IndexOutOfRange, UnknownSize } from './errors.js';
import type { Machine } from './machine.js';
import { indexValues } from './models.js';
import { symbolsOf } from './occurrences.js';
import type { Pairing } from './pairing.js';
import { Rounding } from './rounding.js';
import type { Node } from './tape.js';

/** Relative difference from which two numbers differ; right lines stay below 1e-13. */
export const TOLERANCE = 1e-8;
/** Relative difference that cancellation can leave where the two sides are equal. */
const CANCELLED = 1e-3;
/** A difference up to this multiple of the bound of its rounding is left to 64 digits. */
const ROUNDINGS = 64;
/** Both sides count as zero below this: cancelled values have no relative error. */
const NOTHING = 1e-12;
/** Relative difference that rounding alone does not explain. */
const SUSPICIOUS = 2e-13;
/** Points closer to a kink than this are not used. */
const KINK = 1e-9;
/** Largest number of entries that are compared in one model; beyond it, an even share of them. */
const MOST_ENTRIES = 800;
/** Numbers worked out for one comparison before fewer entries must do; never fewer than a few. */
const MOST_NODES = 60_000;
const FEWEST_ENTRIES = 6;
/** Primes: one that does not divide the number of entries visits each of them once. */
const STRIDES = [379, 383, 389, 397];

export interface Question extends Pairing {
  readonly relation: Relation;
  readonly where: readonly Condition[];
}

/** An entry at which exact arithmetic should decide. */
export interface Doubt {
  readonly entry: ReadonlyMap<string, number>;
  /** The relative difference of the two sides. */
  readonly by: number;
  /** Whether rounding may explain the difference, so that doubles say nothing here. */
  readonly lost: boolean;
}

/** What one model says. */
export type Comparison =
  | {
      readonly kind: 'held';
      readonly vanishing: boolean;
      /** The largest difference first. */
      readonly doubtful: readonly Doubt[];
      /** Some entry that was compared. */
      readonly sample: readonly ReadonlyMap<string, number>[];
    }
  | { readonly kind: 'failed'; readonly witness: Witness }
  /** Nothing could be compared; the reason is for people. */
  | {
      readonly kind: 'skipped';
      readonly reason: string;
      /** The entry that neither side has. */
      readonly absent?: IndexOutOfRange;
    };

type Outcome =
  | { readonly value: number; readonly node: Node }
  | { readonly problem: string; readonly absent: IndexOutOfRange };
/** What a witness shows of a side. */
type Shown = { readonly value: number } | { readonly problem: string };

/** Compares the two sides at all entries of one model. */
export function compareIn(machine: Machine, question: Question): Comparison {
  try {
    return compareEntries(machine, question);
  } catch (problem) {
    if (problem instanceof UnknownSize) return { kind: 'skipped', reason: problem.message };
    throw problem;
  }
}

function compareEntries(machine: Machine, question: Question): Comparison {
  const clash = axesClash(machine, question);
  const at = (
    entry: ReadonlyMap<string, number>,
    left: Shown,
    right: Shown,
    problem?: string,
  ): Comparison => ({
    kind: 'failed',
    witness: witnessAt(machine, question, entry, left, right, problem),
  });
  if (clash) return at(new Map(), { problem: clash }, { problem: clash }, clash);
  let entries = 0;
  let vanishing = true;
  const doubtful: Doubt[] = [];
  const sample: ReadonlyMap<string, number>[] = [];
  /** Entries whose numbers are too large or too small for doubles. */
  const beyond: ReadonlyMap<string, number>[] = [];
  let reason = 'there is no entry to compare';
  let absent: IndexOutOfRange | undefined;
  const rounding = new Rounding(machine.tape);
  const start = machine.tape.length;
  for (const entry of entriesOf(machine, question)) {
    if (entries >= FEWEST_ENTRIES && machine.tape.length - start > MOST_NODES) break;
    const left = outcome(machine, question.left, entry);
    const right = outcome(machine, question.right, entry);
    const problems = [left, right].flatMap((side) => ('problem' in side ? [side.problem] : []));
    if (problems.length === 1) return at(entry, left, right, problems[0]);
    if ('problem' in left || 'problem' in right) {
      reason = problems[0] as string;
      if ('absent' in left) ({ absent } = left);
      continue;
    }
    const noise = (): number => ROUNDINGS * (rounding.of(left.node) + rounding.of(right.node));
    if (!Number.isFinite(left.value) || !Number.isFinite(right.value)) {
      reason = missingReason(machine, question, entry);
      if (beyond.length === 0 && noise() === Number.POSITIVE_INFINITY) beyond.push(entry);
      continue;
    }
    entries += 1;
    if (sample.length === 0) sample.push(entry);
    const judged = judge(left.value, question.relation, right.value, noise);
    if (judged === 'fails') return at(entry, left, right);
    const by = relativeDifference(left.value, right.value);
    if (judged === 'doubtful' || judged === 'lost')
      doubtful.push({ entry, by, lost: judged === 'lost' });
    if (Math.abs(left.value) > NOTHING || Math.abs(right.value) > NOTHING) vanishing = false;
  }
  if (machine.closest < KINK)
    return { kind: 'skipped', reason: 'the point is too close to a kink' };
  if (entries === 0 && beyond.length === 0)
    return { kind: 'skipped', reason, ...(absent ? { absent } : {}) };
  doubtful.push(...beyond.map((entry) => ({ entry, by: 1, lost: true })));
  doubtful.sort((first, second) => second.by - first.by);
  return { kind: 'held', vanishing: vanishing && beyond.length === 0, doubtful, sample };
}

const relativeDifference = (left: number, right: number): number => {
  const size = Math.max(Math.abs(left), Math.abs(right));
  return size < NOTHING ? 0 : Math.abs(left - right) / size;
};

/**
 * Decides a relation of two numbers; differences that are small or that rounding may explain are
 * left to exact arithmetic (`lost` where nothing else can decide them).
 */
function judge(
  left: number,
  relation: Relation,
  right: number,
  noise: () => number,
): 'holds' | 'fails' | 'doubtful' | 'lost' {
  const size = Math.max(Math.abs(left), Math.abs(right));
  const difference = Math.abs(left - right);
  const equal = difference <= TOLERANCE * size || size < NOTHING;
  // Values of almost nothing may be all that rounding left of two that differ.
  if ((!equal || size < NOTHING) && difference <= noise() && noise() > NOTHING) return 'lost';
  if (relation === '=') {
    if (!equal) return difference < CANCELLED * size ? 'doubtful' : 'fails';
    return difference > SUSPICIOUS * size && size >= NOTHING ? 'doubtful' : 'holds';
  }
  if (relation === '!=') return equal ? 'fails' : 'holds';
  if (!equal) return compareNumbers(left, relation, right) ? 'holds' : 'fails';
  if (relation === '<=' || relation === '>=') return 'holds';
  return left === right && size < NOTHING ? 'fails' : 'doubtful';
}

/** The witness that two sides differ at an entry at which both have a value. */
export function differenceAt(
  machine: Machine,
  question: Question,
  entry: ReadonlyMap<string, number>,
): Witness {
  const left = outcome(machine, question.left, entry);
  return witnessAt(machine, question, entry, left, outcome(machine, question.right, entry));
}

function outcome(machine: Machine, body: Formula, entry: ReadonlyMap<string, number>): Outcome {
  try {
    const node = machine.run(body, entry);
    return { value: machine.tape.value(node), node };
  } catch (problem) {
    if (problem instanceof IndexOutOfRange) return { problem: problem.message, absent: problem };
    throw problem;
  }
}

function missingReason(
  machine: Machine,
  question: Question,
  entry: ReadonlyMap<string, number>,
): string {
  const missing = [question.left, question.right].flatMap((body) =>
    machine.tape.allMissingFor(machine.run(body, entry)),
  );
  return missing.length > 0
    ? `not given: ${missing.join(', ')}`
    : 'no point was found where both sides are defined';
}

/** Says where the two sides have axes of different lengths. */
function axesClash(machine: Machine, question: Question): string | undefined {
  const free = freeRanges(question.free);
  // The lengths are those of letters that are meant: `l = L` gives `n_L` for `n_l`.
  const onLetters = question.where.filter((condition) =>
    isAbout(
      condition,
      free.map((range) => range.index),
      question,
    ),
  );
  for (const letters of indexValues(machine, free)) {
    if (!onLetters.every((condition) => machine.test(condition, letters))) continue;
    const left = entryCount(machine, question.axes, letters);
    const right = entryCount(machine, question.rightAxes, letters);
    if (left !== right) return `the left side has ${left} entries, the right side ${right}`;
    const shapes = [question.axes, question.rightAxes].map((axes) =>
      axes.map((axis) => length(machine, axis, letters)),
    );
    if (shapes[0]?.join() !== shapes[1]?.join())
      return `the left side is ${shapes[0]?.join(' x ')}, the right side ${shapes[1]?.join(' x ')}`;
    return undefined;
  }
  return undefined;
}

/** How many entries some axes have; throws `TapeFull` where they are too many to be worked out. */
function entryCount(
  machine: Machine,
  axes: readonly Range[],
  letters: ReadonlyMap<string, number>,
): number {
  let count = 0;
  for (const _ of indexValues(machine, axes, letters)) {
    count += 1;
    machine.tape.require(count);
  }
  return count;
}

/** Whether a condition speaks of these letters and of no row or column. */
function isAbout(condition: Condition, letters: readonly string[], question: Question): boolean {
  if (condition.kind !== 'compare') return false;
  const names = symbolsOf([condition.left, condition.right]).map(({ name }) => name);
  const axes = [...question.axes, ...question.rightAxes].map((axis) => axis.index);
  return (
    letters.some((letter) => names.includes(letter)) && !axes.some((axis) => names.includes(axis))
  );
}

/** The length of an axis, if it does not depend on the axis before it. */
function length(machine: Machine, axis: Range, letters: ReadonlyMap<string, number>): string {
  try {
    return `${machine.count(axis.upper, letters) - machine.count(axis.lower, letters) + 1}`;
  } catch (problem) {
    if (problem instanceof UnknownSize) return '?';
    throw problem;
  }
}

/** One range for each letter, in an order in which ranges only mention earlier letters. */
function freeRanges(ranges: readonly Range[]): readonly Range[] {
  const waiting = ranges.filter(
    (range, place) => ranges.findIndex((other) => other.index === range.index) === place,
  );
  const ordered: Range[] = [];
  while (waiting.length > 0) {
    const ready = waiting.findIndex(
      (range) =>
        !symbolsOf([range.lower, range.upper]).some(({ name }) =>
          waiting.some((other) => other !== range && other.index === name),
        ),
    );
    ordered.push(...waiting.splice(Math.max(0, ready), 1));
  }
  return ordered;
}

/** The entries to compare: within every range that either side implies, under the conditions. */
function entriesOf(machine: Machine, question: Question): readonly ReadonlyMap<string, number>[] {
  const found: ReadonlyMap<string, number>[] = [];
  const within = (entry: ReadonlyMap<string, number>): boolean =>
    question.free.every((range) => {
      const value = entry.get(range.index) as number;
      return (
        value >= machine.count(range.lower, entry) && value <= machine.count(range.upper, entry)
      );
    }) && question.where.every((condition) => machine.test(condition, entry));
  for (const letters of indexValues(machine, freeRanges(question.free))) {
    for (const entry of indexValues(machine, question.axes, letters))
      if (within(entry)) found.push(entry);
  }
  // A step without a common factor with the usual sizes reaches all rows and columns.
  const step = Math.ceil(found.length / MOST_ENTRIES);
  return spread(step <= 1 ? found : found.filter((_, place) => place % (step | 1) === 0));
}

/** The same entries in an order in which any beginning reaches all rows and columns. */
function spread<T>(items: readonly T[]): readonly T[] {
  const stride = STRIDES.find((candidate) => items.length % candidate !== 0);
  if (stride === undefined || items.length < 3) return items;
  return items.map((_, place) => items[(place * stride) % items.length] as T);
}

/** Largest number of values shown in a witness. */
const MOST_VALUES = 24;

/** A witness at an entry, with the values of what the two sides mention. */
export function witnessAt(
  machine: Machine,
  question: Pairing,
  entry: ReadonlyMap<string, number>,
  left: Shown,
  right: Shown,
  problem?: string,
): Witness {
  const values = new Map<string, number>();
  for (const mentioned of symbolsOf([question.left, question.right])) {
    if (values.size >= MOST_VALUES) break;
    if (machine.network.families.get(mentioned.name)?.role !== 'quantity') continue;
    try {
      const indices = mentioned.indices.map((index) => machine.count(index, entry));
      const key = indices.length === 0 ? mentioned.name : `${mentioned.name}[${indices.join(',')}]`;
      values.set(key, machine.tape.value(machine.entryNode(mentioned.name, indices)));
    } catch (failure) {
      // Entries under a sum have no one index, and entries that do not exist have no value.
      if (!(failure instanceof Error)) throw failure;
    }
  }
  return {
    sizes: new Map(machine.world.sizes()),
    values,
    entry,
    left: 'value' in left ? left.value : undefined,
    right: 'value' in right ? right.value : undefined,
    ...(problem === undefined ? {} : { problem }),
  };
}
