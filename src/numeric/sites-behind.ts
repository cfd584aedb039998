/** All sites of some formulas, with those of the definitions and functions behind them. */
import { type CallFormula, type Condition, type Formula, symbol } from '../expression/formula.js';
import {
  children,
  conditionFormulas,
  contains,
  freeNames,
  type Substitution,
  substitute,
} from '../expression/walk.js';
import { headsOf } from '../network/heads.js';
import type { Network } from '../network/network.js';
import { type Branching, contextOf, placeOf, type Site, sitesAt } from './sites.js';

/** A site with its name in a machine; inside a call its two formulas have the call's arguments. */
export interface PlacedSite extends Site {
  readonly place: string;
}

/** Calls inside calls of defined functions that are followed. */
const DEEPEST_CONTEXT = 6;

/** Where formulas are read: inside which calls, and what the parameters there stand for. */
interface Inside {
  readonly context: string;
  readonly depth: number;
  readonly args: Substitution;
}

const outside: Inside = { context: '', depth: 0, args: new Map() };

/** The sites behind formulas, each once. */
export function sitesBehind(network: Network, formulas: readonly Formula[]): readonly PlacedSite[] {
  const finder = new Finder(network);
  finder.waiting.push(...formulas);
  for (const formula of finder.waiting) finder.walk(formula, outside);
  return [...finder.found.values()];
}

class Finder {
  readonly found = new Map<string, PlacedSite>();
  readonly waiting: Formula[] = [];
  private readonly names = new Set<string>();

  constructor(private readonly network: Network) {}

  walk(start: Formula, inside: Inside): void {
    const seen = new Set<Formula>([start]);
    for (const part of seen) {
      if (part.kind === 'symbol') this.open(part.name);
      if (part.kind === 'indicator') this.keepCondition(part.when, inside);
      if (part.kind === 'cases')
        for (const { when } of part.branches) this.keepCondition(when, inside);
      if (part.kind === 'sum' || part.kind === 'product')
        for (const condition of part.where) this.keepCondition(condition, inside);
      if (part.kind === 'call' || part.kind === 'family') this.keep(part, inside);
      if (part.kind === 'call') this.enter(part, inside);
      for (const root of rootsAt(part))
        contains(root, (below) => {
          if (below.kind === 'power') this.keep(below, inside);
          return false;
        });
      for (const child of children(part)) seen.add(child);
    }
  }

  /** The definitions of a name wait to be looked at. */
  private open(name: string): void {
    if (this.names.has(name)) return;
    this.names.add(name);
    for (const { right, where } of headsOf(this.network.definitions).of(name))
      this.waiting.push(right, ...where.flatMap(conditionFormulas));
  }

  private enter(call: CallFormula, { context, depth, args }: Inside): void {
    const declared = this.network.functions.get(call.name);
    if (!declared?.body || depth >= DEEPEST_CONTEXT) return;
    this.walk(declared.body, {
      context: contextOf(context, call),
      depth: depth + 1,
      args: argsOf(declared.parameters, call, args),
    });
  }

  private keepCondition(condition: Condition, inside: Inside): void {
    if (condition.kind === 'and' || condition.kind === 'or')
      for (const part of condition.parts) this.keepCondition(part, inside);
    else this.keep(condition, inside);
  }

  private keep(part: Branching, { context, args }: Inside): void {
    for (const site of sitesAt(part)) {
      const [left, right] = [within(site.left, args), within(site.right, args)];
      if (!this.isQuantity(left) && !this.isQuantity(right)) continue;
      const place = placeOf(context, site);
      const before = this.found.get(place);
      if (!before || (site.required && !before.required))
        this.found.set(place, { ...site, left, right, place });
    }
  }

  /** Whether a formula has a number that may vary; indices and sizes do not. */
  private isQuantity(formula: Formula): boolean {
    const { families } = this.network;
    return contains(
      formula,
      (part) =>
        part.kind === 'derivative' ||
        part.kind === 'call' ||
        (part.kind === 'symbol' && (families.get(part.name)?.role ?? 'index') === 'quantity') ||
        isWhole(part),
    );
  }
}

/** Stands behind a parameter for a whole family, which no other name has. */
const WHOLE = '(...)';

/** What the parameters of a called function stand for. */
const argsOf = (
  parameters: readonly string[],
  { args: written }: CallFormula,
  args: Substitution,
): Substitution =>
  new Map(
    parameters.map((name, place) => {
      const arg = written[place];
      const isNumber = arg && arg.kind !== 'array';
      return [name, isNumber ? substitute(arg, args) : symbol(`${name}${WHOLE}`)];
    }),
  );

/** A formula of a function with the arguments put in; what reads a whole family is not known. */
function within(formula: Formula, args: Substitution): Formula {
  const names = freeNames(formula);
  const whole = [...args].find(([name, arg]) => names.has(name) && isWhole(arg));
  return whole ? whole[1] : substitute(formula, args);
}

const isWhole = (formula: Formula): boolean =>
  formula.kind === 'symbol' && formula.name.endsWith(WHOLE);

/** What stands below a root. */
function rootsAt(part: Formula): readonly Formula[] {
  if (part.kind === 'call' && (part.name === 'sqrt' || part.name === 'log')) return part.args;
  if (part.kind !== 'power' || part.exponent.kind !== 'number') return [];
  return part.exponent.value.d === 1n ? [] : [part.base];
}
