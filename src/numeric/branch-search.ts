/**
 * Points on both sides of every condition, kink and tie of a question: those of the usual models, then
 * some with each name at another scale, then points that are looked for along the slope of what
 * decides a branch. What no point shows is told, unless bounds show that there is nothing to see.
 */
import type { Condition, Formula } from '../expression/formula.js';
import type { Network } from '../network/network.js';
import type { Meeting } from './branches.js';
import { fraction, hash } from './draw.js';
import { CyclicDefinition } from './errors.js';
import { Machine } from './machine.js';
import { type Kept, type Model, satisfies } from './models.js';
import { type Move, MovedWorld } from './moved-world.js';
import { neverOn } from './never-on.js';
import type { Side } from './sites.js';
import type { PlacedSite } from './sites-behind.js';
import type { Node } from './tape.js';
import type { World } from './world.js';

/** Points with each name at a scale of its own. */
const SCALED = 6;
/** Powers of ten by which a name is scaled, up and down. */
const DECADES = 1.5;
/** Models from which one goal is looked for, and steps from each. */
const STARTS = 3;
const ATTEMPTS = 4;
const STEPS = 8;
/** Which leaf is moved alone in turn, by its weight; all of them together where none is named. */
const MOVED_ALONE: readonly (number | undefined)[] = [0, undefined, 1, 2];
/** Goals of which two or more at once are looked for. */
const MOST_TOGETHER = 16;
/** Points looked at for one question, and numbers worked out for them. */
const MOST_POINTS = 90;
const MOST_NUMBERS = 400_000;
/** Points kept for the next question, and numbers of one of them. */
const MOST_KEPT = 20;
const LARGEST_KEPT = 100_000;
/** Leaves that are moved in one step. */
const MOST_LEAVES = 300;

/** A site to be seen on one side. */
interface Goal {
  readonly site: PlacedSite;
  readonly side: Side;
}

const SIDES: readonly Side[] = [1, -1];
const keyOf = (goals: readonly Goal[]): string =>
  goals.map(({ site, side }) => `${side > 0 ? '+' : '-'}${site.place}`).join(' and ');

/** What looking at a point gave: both sides had the same number, had none, or differed. */
export type Seen = 'held' | 'skipped' | 'failed';

/** A branch that no point showed. */
export interface Unseen {
  readonly left: Formula;
  readonly right: Formula;
  /** Whether the points with `left > right` are missing, or those with `left < right`. */
  readonly relation: '>' | '<';
}

export interface BranchQuestion {
  readonly network: Network;
  readonly sites: readonly PlacedSite[];
  readonly where: readonly Condition[];
  /** The usual models in which the question held. */
  readonly held: readonly Model[];
  readonly kept: Kept;
  /** Compares the two sides in a model. */
  readonly examine: (model: Model) => Seen;
}

/**
 * Looks at further points until the two sides differ at one; a branch that none of them showed, if
 * there is one.
 */
export function searchBranches(question: BranchQuestion): Unseen | undefined {
  return new Search(question).run();
}

/** Where a moved model comes from. */
interface Origin {
  readonly world: World;
  readonly moved: ReadonlyMap<string, number>;
}

const origins = new WeakMap<Model, Origin>();

class Search {
  private readonly held: Model[];
  /** All points looked at, those included at which a side has no number. */
  private readonly tried: Model[];
  private points = 0;
  private numbers = 0;
  private failed = false;

  constructor(private readonly question: BranchQuestion) {
    this.held = [...question.held];
    this.tried = [...question.held];
  }

  run(): Unseen | undefined {
    const { kept } = this.question;
    for (const model of [...kept.models]) if (this.look(model) === 'failed') return undefined;
    for (let turn = kept.models.length; turn < SCALED; turn += 1) {
      const model = this.scaled(turn);
      if (model && this.look(model) !== 'skipped') this.keep(model);
      if (this.failed) return undefined;
    }
    this.reachAll(() => this.singleGoals().map((goal) => [goal]));
    this.reachAll(() => this.jointGoals());
    return this.failed ? undefined : this.unseen();
  }

  /** Looks for goals until none is left that was not looked for. */
  private reachAll(wanted: () => readonly (readonly Goal[])[]): void {
    const { vain } = this.question.kept;
    for (;;) {
      const goals = wanted().find(
        (candidate) => !vain.has(keyOf(candidate)) && !this.isSeen(candidate),
      );
      if (!goals || this.failed || this.isSpent()) return;
      if (!this.reach(goals)) vain.add(keyOf(goals));
      // From a unit that is on now, others may be reached that could not be before.
      else if (goals.length === 1) vain.clear();
    }
  }

  /** Keeps a model for the next question, unless it is large. */
  private keep(model: Model): void {
    const { models } = this.question.kept;
    if (models.length < MOST_KEPT && model.machine.tape.length <= LARGEST_KEPT) models.push(model);
  }

  private isSpent(): boolean {
    return this.points >= MOST_POINTS || this.numbers >= MOST_NUMBERS;
  }

  private look(model: Model): Seen {
    this.points += 1;
    const before = model.machine.tape.length;
    const seen = this.question.examine(model);
    this.numbers += model.machine.tape.length - before;
    this.tried.push(model);
    if (seen === 'held') this.held.push(model);
    if (seen === 'failed') this.failed = true;
    return seen;
  }

  /** Sites that some point met, so that there is something to go by. */
  private metSites(): readonly PlacedSite[] {
    return this.question.sites.filter(({ place }) =>
      this.tried.some(({ machine }) => machine.branches.at(place).length > 0),
    );
  }

  private singleGoals(): readonly Goal[] {
    return this.metSites().flatMap((site) => SIDES.map((side) => ({ site, side })));
  }

  /** Two sites at once, and all at once on the same side. */
  private jointGoals(): readonly (readonly Goal[])[] {
    const single = this.singleGoals()
      .filter((goal) => this.isSeen([goal]))
      .slice(0, MOST_TOGETHER);
    const pairs = single.flatMap((first, place) =>
      single
        .slice(place + 1)
        .filter((second) => second.site !== first.site)
        .map((second) => [first, second]),
    );
    const whole = SIDES.map((side) => single.filter((goal) => goal.side === side));
    return [...whole.filter((goals) => goals.length > 2), ...pairs];
  }

  private isSeen(goals: readonly Goal[]): boolean {
    return this.held.some((model) => goals.every((goal) => has(model, goal)));
  }

  /** Goes from some models towards the goals; whether a point was found at which they are all met. */
  private reach(goals: readonly Goal[]): boolean {
    const starts = this.startsFor(goals);
    for (let attempt = 0; attempt < ATTEMPTS && starts.length > 0; attempt += 1) {
      const start = starts[attempt % starts.length] as Model;
      let current = start;
      for (let step = 0; step < STEPS && !this.isSpent(); step += 1) {
        const goal = goals.find((candidate) => !has(current, candidate));
        const next = goal && this.stepped(current, goal, attempt + step);
        if (!next) {
          // A step too far can switch off what leads on.
          if (current === start) break;
          current = start;
          continue;
        }
        const seen = this.look(next);
        if (seen === 'failed') return true;
        if (seen === 'held' && goals.every((candidate) => has(next, candidate))) {
          this.keep(next);
          return true;
        }
        current = next;
      }
    }
    return false;
  }

  /** Models from which a step leads somewhere, those that meet most of the goals first. */
  private startsFor(goals: readonly Goal[]): readonly Model[] {
    const found: Model[] = [];
    const near = this.tried
      .filter(({ machine }) =>
        goals.every(({ site }) => machine.branches.at(site.place).length > 0),
      )
      .map((model) => ({ model, met: goals.filter((goal) => has(model, goal)).length }))
      .sort((first, second) => second.met - first.met);
    for (const { model } of near) {
      const goal = goals.find((candidate) => !has(model, candidate));
      // Where the slope is zero (behind a unit that is off) no step leads anywhere.
      if (goal && this.stepped(model, goal, 1)) found.push(model);
      if (found.length >= STARTS) break;
    }
    return found;
  }

  /** A step to where the numbers that decide the goal differ the other way. */
  private stepped(model: Model, { site, side }: Goal, turn: number): Model | undefined {
    const { machine } = model;
    const { tape } = machine;
    const distance = ({ above, below }: Meeting): number =>
      side * (tape.value(above) - tape.value(below));
    const meetings = machine.branches
      .at(site.place)
      .filter((meeting) => Number.isFinite(distance(meeting)))
      .sort((first, second) => distance(second) - distance(first));
    const meeting = meetings[turn % 2 === 0 ? 0 : turn % meetings.length];
    if (!meeting) return undefined;
    const slopes = slopesAt(machine, meeting);
    const origin = origins.get(model) ?? { world: machine.world, moved: new Map() };
    const probe = new MovedWorld(
      this.question.network,
      machine.world,
      (_key, _name, value) => value,
    );
    const movable = [...slopes]
      .flatMap(([node, slope]) => {
        const leaf = machine.leaves.get(node);
        if (!leaf || !probe.canMove(leaf.name) || slope === 0) return [];
        const value = tape.value(node);
        return [{ ...leaf, key: probe.keyOf(leaf.name, leaf.indices), value, slope }];
      })
      .sort((first, second) => weight(second) - weight(first));
    const most = movable[0];
    if (!most) return undefined;
    const now = distance(meeting) * side;
    const goal = side * (0.4 + 0.1 * Math.abs(now));
    // One leaf alone keeps the rest as it is; all together reach what one alone cannot.
    const rank = MOVED_ALONE[turn % MOVED_ALONE.length];
    const chosen = rank === undefined ? movable : [movable[rank] ?? most];
    const size = chosen.reduce((total, { slope }) => total + slope ** 2, 0);
    const moved = new Map(origin.moved);
    for (const { name, indices, key, value, slope } of chosen) {
      const to = rounded(value + ((goal - now) * slope) / size);
      moved.set(key, probe.allowed(name, indices, value, to));
    }
    return this.movedModel(model, { ...origin, moved });
  }

  private movedModel(model: Model, origin: Origin): Model | undefined {
    const move: Move = (key, _name, value) => origin.moved.get(key) ?? value;
    return this.made(model, origin, move);
  }

  /** A usual model with each name at a scale of its own. */
  private scaled(turn: number): Model | undefined {
    const { held } = this.question;
    const model = held[turn % held.length];
    if (!model) return undefined;
    const seed = hash(turn, 'scales');
    const move: Move = (_key, name, value) =>
      rounded(value * 10 ** (DECADES * (2 * fraction(seed, name) - 1)));
    return this.made(model, undefined, move);
  }

  private made(model: Model, origin: Origin | undefined, move: Move): Model | undefined {
    const { network } = this.question;
    const below = origin?.world ?? model.machine.world;
    const fresh = (): Model => {
      const machine = new Machine(network, new MovedWorld(network, below, move));
      const made = { sizes: model.sizes, mode: model.mode, machine, fresh };
      if (origin) origins.set(made, origin);
      return made;
    };
    const made = fresh();
    try {
      return satisfies(made.machine) ? made : undefined;
    } catch (problem) {
      if (problem instanceof CyclicDefinition) return undefined;
      throw problem;
    }
  }

  /** A required side of a site that no point showed, though nothing says that there is none. */
  private unseen(): Unseen | undefined {
    const { network, where } = this.question;
    for (const site of this.metSites()) {
      if (!site.required) continue;
      for (const side of SIDES) {
        if (this.tried.some((model) => has(model, { site, side }))) continue;
        if (!this.tried.some(({ machine }) => varies(machine, site.place))) continue;
        const relation = side * site.orientation > 0 ? '>' : '<';
        if (neverOn(site, relation, network, where)) continue;
        return { left: site.left, right: site.right, relation };
      }
    }
    return undefined;
  }
}

const has = ({ machine }: Model, { site, side }: Goal): boolean =>
  machine.branches.has(site.place, side);

/** Whether what is compared at a site depends on anything that was drawn. */
const varies = ({ branches, tape }: Machine, place: string): boolean =>
  branches.at(place).some(({ above, below }) => tape.canVary(above) || tape.canVary(below));

const weight = ({ value, slope }: { readonly value: number; readonly slope: number }): number =>
  Math.abs(slope) * (0.1 + Math.abs(value));

/** Short enough to be shown. */
const rounded = (value: number): number =>
  Math.abs(value) < 1 ? Number(value.toPrecision(4)) : Math.round(value * 1000) / 1000;

/** The slopes of a difference by the leaves, by node. */
function slopesAt(machine: Machine, { above, below }: Meeting): ReadonlyMap<Node, number> {
  const { tape, leaves } = machine;
  const slopes = new Map<Node, number>();
  const nodes = [...leaves.keys()].slice(0, MOST_LEAVES);
  for (const [end, sign] of [
    [above, 1],
    [below, -1],
  ] as const) {
    if (!tape.canVary(end)) continue;
    const adjoints = tape.sweep(end);
    for (const node of nodes) {
      const adjoint = adjoints.get(node);
      const value = adjoint === undefined ? 0 : sign * tape.value(adjoint);
      if (Number.isFinite(value)) slopes.set(node, (slopes.get(node) ?? 0) + value);
    }
  }
  return slopes;
}
