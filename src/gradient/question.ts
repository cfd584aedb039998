/** One derivative asked about: its target, the walk that answers it, the conditions around it. */
import {
  type Bounds,
  type DerivativeFormula,
  type Formula,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import { substitute } from '../expression/walk.js';
import type { Definition, Network } from '../network/network.js';
import { aliased } from './aliases.js';
import { AllowedNames } from './allowed-names.js';
import { atLeast, type Constraint } from './conditions/constraint.js';
import { isCut } from './cuts.js';
import { cyclesOf, keptFamilies } from './cycles.js';
import { Edges } from './edges.js';
import { Folding } from './fold.js';
import type { Ground } from './ground.js';
import { type Levels, levelsOf } from './levels.js';
import { LocalUses } from './local-uses.js';
import { solveWideRecurrence } from './path-sum.js';
import type { Policy } from './policy.js';
import { type NamedDerivative, type Prepared, withDefinitions } from './prepared.js';
import { type Recurrence, solveRecurrence } from './recurrence.js';
import { tidyIndices } from './settle.js';
import type { Room } from './term.js';
import { type SolvedFamily, Walk } from './walk.js';

/** The name under which a formula that is no quantity of the network is differentiated. */
const ASKED = 'asked~';

export interface Question {
  readonly walk: Walk;
  /** The same walk without solving recurrences: for the lines before. */
  readonly plain: Walk;
  readonly entry: SymbolFormula;
  readonly names: AllowedNames;
  /** The formula to show for the target: itself, or the formula that was asked about. */
  readonly shown: (formula: Formula) => Formula;
}

/** Conditions that hold for an entry because it exists. */
export function domainOf(entry: Formula, network: Network): readonly Constraint[] {
  if (entry.kind !== 'symbol') return [];
  const slots = network.families.get(entry.name)?.slots ?? [];
  const seen = new Map<string, Formula>();
  return slots.flatMap((slot, place) => {
    const index = entry.indices[place];
    if (!index) return [];
    const { bounds } = slot;
    if (bounds && isWithin(index, bounds)) {
      seen.set(slot.variable, index);
      return [];
    }
    const constraints = bounds
      ? [
          atLeast(index, substitute(bounds.lower, seen)),
          atLeast(substitute(bounds.upper, seen), index),
        ]
      : [];
    seen.set(slot.variable, index);
    return constraints;
  });
}

/** Whether a number surely lies between two numbers: that needs no condition. */
const isWithin = (index: Formula, { lower, upper }: Bounds): boolean =>
  index.kind === 'number' &&
  lower.kind === 'number' &&
  upper.kind === 'number' &&
  lower.value.compare(index.value) <= 0 &&
  index.value.compare(upper.value) <= 0;

/**
 * Makes the walk for one derivative.
 *
 * @throws Unsupported if the target has no definition, or the entry is not a symbol
 */
export function questionOf(
  asked: DerivativeFormula,
  policy: Policy,
  withheld: NamedDerivative | undefined,
  ground: Ground,
): Question {
  const { of, by } = asked;
  const { prepared: base, room } = ground;
  if (by.kind !== 'symbol')
    throw new Unsupported('a derivative is taken by one entry of a family; name the entry', by);
  const entry = aliased(tidyIndices(by) as SymbolFormula, of, base, room);
  const isQuantity = of.kind === 'symbol' && base.heads.of(of.name).length > 0;
  if (of.kind === 'symbol' && !isQuantity && of.name !== entry.name)
    throw new Unsupported(
      `${of.name} has no definition, so nothing says how it depends on ${entry.name}; define it (${of.name} = ...)`,
      of,
    );
  const target = of.kind === 'symbol' ? (tidyIndices(of) as SymbolFormula) : symbol(ASKED);
  if (target.name !== ASKED)
    return { ...sharedSweep(target, policy, withheld, ground), entry, shown: (formula) => formula };
  const own: Definition = { name: ASKED, head: [], ranges: [], where: [], right: of, line: 0 };
  const prepared = withDefinitions(base, [own]);
  const sweep = sweepOf(target, policy, withheld, layOut(policy.allowed, { prepared, room }));
  const back = new Map([[ASKED, of]]);
  return { ...sweep, entry, shown: (formula) => substitute(formula, back) };
}

/** The walks towards one target: every entry that is asked about is found on them. */
type Sweep = Pick<Question, 'walk' | 'plain' | 'names'>;

const swept = new WeakMap<Ground, Map<string, Sweep>>();

/** The sweep towards a quantity of the network, made once for all asks that want the same of it. */
function sharedSweep(
  target: SymbolFormula,
  policy: Policy,
  withheld: NamedDerivative | undefined,
  ground: Ground,
): Sweep {
  const { allowed } = policy;
  const apart = withheld && isWhole(policy) ? ground.prepared.named.indexOf(withheld) : '';
  const key = [structureKey(target), policy.reach ?? 'usual', apart, keyOf(allowed)].join('|');
  const sweeps = swept.get(ground) ?? new Map<string, Sweep>();
  swept.set(ground, sweeps);
  const known = sweeps.get(key);
  if (known) return known;
  const sweep = sweepOf(target, policy, withheld, sharedLayout(allowed, ground));
  sweeps.set(key, sweep);
  return sweep;
}

const keyOf = (allowed: ReadonlySet<string> | undefined): string =>
  allowed ? JSON.stringify([...allowed].sort()) : '';

/** What walks towards all targets share, where the same names may stand. */
interface Layout extends Ground {
  readonly names: AllowedNames;
  readonly folding: Folding;
  readonly cycles: readonly ReadonlySet<string>[];
  readonly levels: (name: string) => Levels | undefined;
  readonly uses: LocalUses;
}

const layouts = new WeakMap<Ground, Map<string, Layout>>();

function sharedLayout(allowed: ReadonlySet<string> | undefined, ground: Ground): Layout {
  const known = layouts.get(ground) ?? new Map<string, Layout>();
  layouts.set(ground, known);
  const key = keyOf(allowed);
  const layout = known.get(key) ?? layOut(allowed, ground);
  known.set(key, layout);
  return layout;
}

function layOut(allowed: ReadonlySet<string> | undefined, { prepared, room }: Ground): Layout {
  const names = new AllowedNames(allowed, prepared, room);
  const cycles = cyclesOf(prepared);
  const known = new Map<ReadonlySet<string>, Levels | undefined>();
  const levels = (name: string): Levels | undefined => {
    const cycle = cycles.find((members) => members.has(name));
    if (!cycle) return undefined;
    if (!known.has(cycle)) known.set(cycle, levelsOf(cycle, prepared, room));
    return known.get(cycle);
  };
  const laws = {
    conventions: prepared.network.conventions,
    functions: prepared.network.functions,
  };
  const folding = new Folding(prepared, names, room);
  const uses = new LocalUses(prepared, names, folding, laws, room);
  return { prepared, room, names, folding, cycles, levels, uses };
}

const isWhole = ({ reach }: Policy): boolean => reach === 'whole' || reach === 'inner';

function sweepOf(
  target: SymbolFormula,
  policy: Policy,
  withheld: NamedDerivative | undefined,
  layout: Layout,
): Sweep {
  const { prepared, room, names, folding, cycles, levels, uses } = layout;
  const reach = policy.reach ?? 'usual';
  const whole = isWhole(policy);
  const named =
    whole && !policy.allowed
      ? []
      : prepared.named.filter((one) => sameTarget(one, target) && (one !== withheld || !whole));
  const preferred = new Set(
    named
      .filter((one) => names.allows(one.definition.name))
      .map((one) => (one.derivative.by as SymbolFormula).name),
  );
  const kept = keptFamilies(cycles, preferred, prepared);
  const edges = new Edges(target, prepared, levels(target.name), uses, room);
  const mayStand = (name: string): boolean =>
    target.name !== ASKED && names.allows(target.name) && names.allows(name);
  const options = {
    kept,
    cycles,
    levels,
    named,
    mayStand,
    isCut: (at: SymbolFormula) => isCut(target, at, prepared.network),
  };
  const plain = new Walk(edges, prepared, names, folding, options, room);
  // Without cycles there is no recurrence to solve.
  if (kept.size === 0) return { walk: plain, plain, names };
  const remembered = new Map<string, SolvedFamily | undefined>();
  const solved = (name: string): SolvedFamily | undefined => {
    if (reach === 'recurrence' || (policy.allowed && mayStand(name))) return undefined;
    if (!remembered.has(name)) {
      const recurrence = recurrenceOf(name, plain, prepared, room);
      // A sum over paths is long, so it is given only where the recurrence may not stand.
      const known = solveRecurrence(recurrence, room).solved;
      const wide = reach === 'whole' || policy.allowed !== undefined;
      remembered.set(
        name,
        known ??
          (wide ? solveWideRecurrence(recurrence, prepared.network, room).solved : undefined),
      );
    }
    return remembered.get(name);
  };
  const walk = new Walk(edges, prepared, names, folding, { ...options, solved }, room);
  return { walk, plain, names };
}

function recurrenceOf(name: string, walk: Walk, prepared: Prepared, room: Room): Recurrence {
  const rank =
    prepared.definitions.find((definition) => definition.name === name)?.head.length ?? 0;
  const parameters = Array.from({ length: rank }, () => room.names.fresh('m'));
  const entry = symbol(
    name,
    parameters.map((parameter) => symbol(parameter)),
  );
  const context = domainOf(entry, prepared.network);
  const terms = walk.expand(entry, context);
  return { target: walk.target, family: name, parameters, terms, context };
}

const sameTarget = ({ derivative }: NamedDerivative, target: SymbolFormula): boolean =>
  derivative.of.kind === 'symbol' && derivative.of.name === target.name;
