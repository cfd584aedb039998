/** Models of a network: sizes, leaves and functions in which every formula has a number. */
import type { Bounds, Condition, Formula } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { children, conditionFormulas } from '../expression/walk.js';
import type { Assumption, Network, Range } from '../network/network.js';
import { hash } from './draw.js';
import { IndexOutOfRange, UnknownSize } from './errors.js';
import { KINKED_AT_ZERO } from './kinks.js';
import { Machine } from './machine.js';
import {
  comparesIndices,
  depthNames,
  formulasOf,
  freeLetters,
  leastSizes,
  sizeNames,
} from './occurrences.js';
import { type Mode, RandomWorld } from './random-world.js';
import { rulesOf } from './rules.js';
import { type SizeRequest, Sizes } from './sizes.js';

/** A model; formulas are worked out in it by `evaluate`. */
export interface Model {
  /** The sizes chosen so far, by entry key (`L`, `n[2]`). */
  readonly sizes: ReadonlyMap<string, number>;
  readonly mode: Mode;
  readonly machine: Machine;
  /** The same model with nothing worked out yet. */
  readonly fresh: () => Model;
}

export interface ModelRequest {
  /** The formulas that will be worked out; sizes are large enough for what they mention. */
  readonly formulas: readonly Formula[];
  readonly conditions?: readonly Condition[];
  readonly seed?: number;
  /** For inequalities: many models, also with zeros and large values. */
  readonly wide?: boolean;
}

/** How many models there are at most. */
const MOST_MODELS = 24;
const MOST_WIDE_MODELS = 240;
/** Reaches of wide models, in turn. */
const REACHES = [1, 3, 10, 40] as const;
/** How many seeds are tried for one model before the next sizes. */
const SEEDS_PER_MODEL = 20;

const MODES: readonly Mode[] = ['mixed', 'unit', 'mixed', 'hybrid', 'mixed'];

/**
 * Models in turn: sizes and depths change, signs follow a plan, every fourth has large values.
 * The list is bounded; it is empty if nothing satisfies the assumptions of the sheet.
 */
export function* models(network: Network, request: ModelRequest): Generator<Model> {
  const plan = planOf(network, request);
  if (request.wide) {
    yield* planned(network, plan);
    return;
  }
  const shared = sharedModels(network, plan);
  for (let place = 0; ; place += 1) {
    const model = shared.at(place);
    if (!model) return;
    yield model;
  }
}

/** What decides the models of a request: two requests with the same plan have the same models. */
interface Plan {
  readonly sizes: SizeRequest;
  readonly letters: ReadonlyMap<string, Bounds>;
  readonly seed: number;
  readonly wide: boolean;
}

function planOf(network: Network, request: ModelRequest): Plan {
  const mentioned = [...request.formulas, ...(request.conditions ?? []).flatMap(conditionFormulas)];
  const formulas = [...mentioned, ...formulasOf(network)];
  const names = sizeNames(network, formulas);
  const sizes: SizeRequest = {
    names,
    depths: depthNames(network, formulas, names),
    least: leastSizes(network, formulas, names),
    floor: comparesIndices(formulas) ? 3 : 2,
  };
  const letters = freeLetters(network, formulas);
  return { sizes, letters, seed: request.seed ?? 0, wide: request.wide ?? false };
}

function* planned(network: Network, plan: Plan): Generator<Model> {
  const { sizes, letters } = plan;
  const rules = rulesOf(network);
  const most = plan.wide ? MOST_WIDE_MODELS : MOST_MODELS;
  let signs = 0;
  for (let point = 0; point < most; point += 1) {
    const mode = MODES[point % MODES.length] as Mode;
    if (mode === 'mixed') signs += 1;
    for (let trial = 0; trial < SEEDS_PER_MODEL; trial += 1) {
      const draw = {
        seed: hash(plan.seed, `model ${point} ${trial}`),
        // Where assumptions are hard to meet, positive numbers often meet them.
        mode: trial === 0 ? mode : (MODES[(point + trial) % MODES.length] as Mode),
        signs: (signs + trial) & 7,
        reach: plan.wide ? (REACHES[point % REACHES.length] as number) : signs % 4 === 0 ? 4 : 1.5,
        wide: plan.wide,
      };
      const turn = point + (rules.checked.length > 0 ? trial : 0);
      const fresh = (): Model => {
        const chosen = new Sizes(network, sizes, turn);
        const world = new RandomWorld(network, chosen, rules, draw, letters);
        const machine = new Machine(network, world);
        return { sizes: chosen.chosen, mode: draw.mode, machine, fresh };
      };
      const model = fresh();
      if (!rules.checked.every((assumption) => holds(model.machine, assumption))) continue;
      yield model;
      break;
    }
  }
}

/** What a search among the models of a plan found, for the next question of the same plan. */
export interface Kept {
  readonly models: Model[];
  /** What was looked for in vain. */
  readonly vain: Set<string>;
}

/** What is kept for the models of a request; nothing is kept for inequalities. */
export function keptFor(network: Network, request: ModelRequest): Kept {
  const plan = planOf(network, request);
  return plan.wide ? { models: [], vain: new Set() } : sharedModels(network, plan).kept;
}

/** Plans remembered for one network; the one that was made first is forgotten first. */
const MOST_PLANS = 24;
/** A model with more numbers on its tape is made anew, so that what is remembered stays bounded. */
const LARGEST_REMEMBERED = 150_000;

const rememberedPlans = new WeakMap<Network, Map<string, SharedModels>>();

/** Models made when they are first asked for, and kept for the next question of the same plan. */
class SharedModels {
  readonly kept: Kept = { models: [], vain: new Set() };
  private readonly made: Model[] = [];
  private readonly source: Generator<Model>;

  constructor(network: Network, plan: Plan) {
    this.source = planned(network, plan);
  }

  at(place: number): Model | undefined {
    const known = this.made[place];
    if (known) {
      if (known.machine.tape.length <= LARGEST_REMEMBERED) return known;
      const again = known.fresh();
      this.made[place] = again;
      return again;
    }
    const next = this.source.next();
    if (next.done) return undefined;
    this.made.push(next.value);
    return next.value;
  }
}

function sharedModels(network: Network, plan: Plan): SharedModels {
  const plans = rememberedPlans.get(network) ?? new Map<string, SharedModels>();
  rememberedPlans.set(network, plans);
  const key = keyOfPlan(plan);
  const known = plans.get(key);
  if (known) return known;
  const [oldest] = plans.keys();
  if (plans.size >= MOST_PLANS && oldest !== undefined) plans.delete(oldest);
  const made = new SharedModels(network, plan);
  plans.set(key, made);
  return made;
}

const keyOfPlan = ({ sizes, letters, seed }: Plan): string =>
  JSON.stringify([
    seed,
    sizes.floor,
    [...sizes.names].sort(),
    [...sizes.depths].sort(),
    [...sizes.least].sort(),
    [...letters]
      .map(([letter, { lower, upper }]) => [letter, structureKey(lower), structureKey(upper)])
      .sort(),
  ]);

/** The first models; see {@link models}. */
export function makeModels(
  network: Network,
  request: ModelRequest & { readonly count: number },
): readonly Model[] {
  const made: Model[] = [];
  for (const model of models(network, request)) {
    made.push(model);
    if (made.length >= request.count) break;
  }
  return made;
}

/** Whether a machine's numbers are among those that the sheet allows. */
export const satisfies = (machine: Machine): boolean =>
  machine.network.assumptions.every((assumption) => holds(machine, assumption));

/** Largest number of index values at which one assumption is checked. */
const MOST_CHECKS = 400;
/** How closely an assumed equality must hold in a model that was drawn. */
const TOLERANCE = 1e-9;

function holds(machine: Machine, assumption: Assumption): boolean {
  let checks = 0;
  for (const indices of indexValues(machine, assumption.ranges)) {
    checks += 1;
    if (checks > MOST_CHECKS) return true;
    try {
      if (!conditionHolds(machine, assumption.condition, indices)) return false;
    } catch (problem) {
      // Where the entry does not exist, nothing is assumed of it.
      if (!(problem instanceof IndexOutOfRange || problem instanceof UnknownSize)) throw problem;
    }
  }
  return true;
}

function conditionHolds(
  machine: Machine,
  condition: Condition,
  indices: ReadonlyMap<string, number>,
): boolean {
  if (condition.kind !== 'compare' || condition.relation !== '=')
    return machine.test(condition, indices);
  const left = machine.tape.value(machine.run(condition.left, indices));
  const right = machine.tape.value(machine.run(condition.right, indices));
  return Math.abs(left - right) <= TOLERANCE * (1 + Math.abs(left) + Math.abs(right));
}

/** All values of index letters within their ranges, a later range may depend on an earlier one. */
export function* indexValues(
  machine: Machine,
  ranges: readonly Range[],
  before: ReadonlyMap<string, number> = new Map(),
): Generator<ReadonlyMap<string, number>> {
  const [range, ...rest] = ranges;
  if (!range) {
    yield before;
    return;
  }
  const lower = machine.count(range.lower, before);
  const upper = machine.count(range.upper, before);
  for (let value = lower; value <= upper; value += 1)
    yield* indexValues(machine, rest, new Map([...before, [range.index, value]]));
}

const SIGN_SENSITIVE: ReadonlySet<string> = new Set([
  ...KINKED_AT_ZERO,
  'hardtanh',
  'max',
  'min',
  'sqrt',
  'hypot',
]);

/** Whether the signs of leaves can matter: an identity of smooth functions holds for all or none. */
export function signsMatter(network: Network, formulas: readonly Formula[]): boolean {
  const seen = new Set<Formula>();
  const bodies = [...network.functions.values()].flatMap(({ body }) => (body ? [body] : []));
  const open = [...formulas, ...formulasOf(network), ...bodies];
  for (let part = open.pop(); part; part = open.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    if (part.kind === 'call' && SIGN_SENSITIVE.has(part.name)) return true;
    if (part.kind === 'indicator' || part.kind === 'cases') return true;
    if (part.kind === 'family' && (part.name === 'max' || part.name === 'min')) return true;
    if (part.kind === 'power' && part.exponent.kind === 'number' && part.exponent.value.d !== 1n)
      return true;
    open.push(...children(part));
  }
  return false;
}
