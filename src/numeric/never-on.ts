/**
 * Branches that no point can show: bounds of a difference worked out by interval arithmetic
 * (Moore, Interval Analysis, 1966) over all values that its leaves may have.
 */
import { type Affine, combine, formulaOf, linear } from '../expression/affine.js';
import {
  add,
  type CallFormula,
  type Condition,
  type Formula,
  multiply,
  type SymbolFormula,
} from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';
import { substitute } from '../expression/walk.js';
import { headsOf } from '../network/heads.js';
import type { Network } from '../network/network.js';
import { rulesOf } from './rules.js';

/** Closed ends; a value that is not defined lies in every interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

const ANY: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** Definitions inside one another that are followed. */
const DEEPEST = 12;

/** Whether `left > right` (or `left < right`) holds at no point that the sheet and `where` allow. */
export function neverOn(
  { left, right }: { readonly left: Formula; readonly right: Formula },
  relation: '>' | '<',
  network: Network,
  where: readonly Condition[],
): boolean {
  const [greater, smaller] = relation === '>' ? [left, right] : [right, left];
  const wanted = differenceOf(greater, smaller);
  const enclosure = new Enclosure(network);
  const written = formulaOf(wanted);
  if ([written, factored(written)].some((form) => enclosure.of(form, 0).high <= 0)) return true;
  const facts = [
    ...where.map((condition) => ({ condition, letters: new Set<string>() })),
    ...network.assumptions.map(({ condition, ranges }) => ({
      condition,
      letters: new Set(ranges.map((range) => range.index)),
    })),
  ];
  return facts.some(({ condition, letters }) =>
    notNegative(condition).some((fact) => excludes(fact, letters, wanted)),
  );
}

/** Bounds of a difference over all points of the sheet. */
export function boundsOf(left: Formula, right: Formula, network: Network): Interval {
  return new Enclosure(network).of(formulaOf(differenceOf(left, right)), 0);
}

/** `a x - x` as `x (a - 1)`, so that the two are not bounded apart. */
function factored(formula: Formula): Formula {
  if (formula.kind !== 'add') return formula;
  const factorsOf = (term: Formula) => (term.kind === 'multiply' ? term.factors : [term]);
  const [first, ...others] = formula.terms.map(factorsOf);
  const common = first?.find(
    (factor) =>
      factor.kind !== 'number' && others.every((term) => term.some((other) => same(other, factor))),
  );
  if (!common) return formula;
  const rests = [first as readonly Formula[], ...others].map((term) => {
    const place = term.findIndex((factor) => same(factor, common));
    return multiply(...term.toSpliced(place, 1));
  });
  return multiply(common, add(...rests));
}

const differenceOf = (left: Formula, right: Formula): Affine =>
  combine(linear(left, structureKey), linear(right, structureKey), -1);

/** Differences that are at least 0 where a condition holds. */
function notNegative(condition: Condition): readonly Affine[] {
  if (condition.kind === 'and') return condition.parts.flatMap(notNegative);
  if (condition.kind !== 'compare') return [];
  const { left, right, relation } = condition;
  switch (relation) {
    case '>':
    case '>=':
      return [differenceOf(left, right)];
    case '<':
    case '<=':
      return [differenceOf(right, left)];
    case '=':
      return [differenceOf(left, right), differenceOf(right, left)];
    default:
      return [];
  }
}

/** Whether `wanted > 0` contradicts `fact >= 0`, as a negative multiple of it and nothing above. */
function excludes(fact: Affine, letters: ReadonlySet<string>, wanted: Affine): boolean {
  for (const { atom } of wanted.parts.values()) {
    const at = letters.size === 0 ? fact : atIndicesOf(fact, letters, atom);
    const [key, part] = [...at.parts][0] ?? [];
    const other = key === undefined ? undefined : wanted.parts.get(key);
    if (!part || !other) continue;
    const scale = other.coefficient.div(part.coefficient);
    if (scale.compare(0) >= 0) continue;
    const rest = combine(wanted, at, scale.neg());
    if (rest.parts.size === 0 && rest.constant.compare(0) <= 0) return true;
  }
  return false;
}

/** A fact about all entries of a family, at the indices of the one that is met. */
function atIndicesOf(fact: Affine, letters: ReadonlySet<string>, atom: Formula): Affine {
  if (atom.kind !== 'symbol') return fact;
  const binding = new Map<string, Formula>();
  for (const { atom: own } of fact.parts.values()) {
    if (own.kind !== 'symbol' || own.name !== atom.name) continue;
    for (const [place, index] of own.indices.entries())
      if (index.kind === 'symbol' && letters.has(index.name))
        binding.set(index.name, atom.indices[place] as Formula);
  }
  return linear(substitute(formulaOf(fact), binding), structureKey);
}

const between = (low: number, high: number): Interval => ({ low, high });
const NOT_NEGATIVE = between(0, Number.POSITIVE_INFINITY);

const plus = (first: Interval, second: Interval): Interval =>
  between(first.low + second.low, first.high + second.high);

/** The product of two ends, where nothing times anything is nothing. */
const product = (first: number, second: number): number =>
  first === 0 || second === 0 ? 0 : first * second;

function times(first: Interval, second: Interval): Interval {
  const ends = [first.low, first.high].flatMap((end) => [
    product(end, second.low),
    product(end, second.high),
  ]);
  return between(Math.min(...ends), Math.max(...ends));
}

const hull = (parts: readonly Interval[]): Interval =>
  between(Math.min(...parts.map(({ low }) => low)), Math.max(...parts.map(({ high }) => high)));

/** Functions that only grow, by their value in floating point. */
const GROWING: ReadonlyMap<string, (u: number) => number> = new Map([
  ['exp', Math.exp],
  ['sqrt', (u: number) => Math.sqrt(Math.max(0, u))],
  ['log', (u: number) => (u <= 0 ? Number.NEGATIVE_INFINITY : Math.log(u))],
  ['log1p', (u: number) => (u <= -1 ? Number.NEGATIVE_INFINITY : Math.log1p(u))],
  ['tanh', Math.tanh],
  ['sigmoid', (u: number) => 1 / (1 + Math.exp(-u))],
  ['softplus', (u: number) => Math.max(0, u)],
  ['relu', (u: number) => Math.max(0, u)],
  ['atan', Math.atan],
  ['sinh', Math.sinh],
  ['sign', Math.sign],
  ['hardtanh', (u: number) => Math.max(-1, Math.min(1, u))],
  ['identity', (u: number) => u],
]);

/** Bounds of functions whatever their argument. */
const BOUNDED: ReadonlyMap<string, Interval> = new Map([
  ['sin', between(-1, 1)],
  ['cos', between(-1, 1)],
  ['erf', between(-1, 1)],
  ['softsign', between(-1, 1)],
  ['asin', between(-Math.PI / 2, Math.PI / 2)],
  ['acos', between(0, Math.PI)],
  ['heaviside', between(0, 1)],
  ['cosh', between(1, Number.POSITIVE_INFINITY)],
  ['acosh', NOT_NEGATIVE],
  ['sech', between(0, 1)],
  ['hypot', NOT_NEGATIVE],
]);

class Enclosure {
  private readonly open = new Set<string>();

  constructor(private readonly network: Network) {}

  of(formula: Formula, depth: number): Interval {
    const inside = (part: Formula): Interval => this.of(part, depth);
    switch (formula.kind) {
      case 'number': {
        const value = formula.value.valueOf();
        return between(value, value);
      }
      case 'constant':
        return formula.name === 'pi' ? between(Math.PI, Math.PI) : ANY;
      case 'symbol':
        return this.symbol(formula, depth);
      case 'add':
        return formula.terms.map(inside).reduce(plus);
      case 'multiply':
        return formula.factors.map(inside).reduce(times);
      case 'power':
        return this.power(inside(formula.base), formula.exponent);
      case 'call':
        return this.call(formula, depth);
      case 'sum':
        // However many terms there are, none included.
        return times(inside(formula.body), NOT_NEGATIVE);
      case 'product': {
        const body = inside(formula.body);
        if (body.low >= 0) return between(body.low >= 1 ? 1 : 0, body.high <= 1 ? 1 : ANY.high);
        return ANY;
      }
      case 'indicator':
      case 'delta':
        return between(0, 1);
      case 'cases': {
        const values = formula.branches.map(({ value }) => value);
        return hull([...values, ...(formula.otherwise ? [formula.otherwise] : [])].map(inside));
      }
      case 'family':
        if (formula.name === 'softmax') return between(0, 1);
        if (formula.name === 'log_softmax') return between(ANY.low, 0);
        return formula.name === 'max' || formula.name === 'min' ? inside(formula.body) : ANY;
      default:
        return ANY;
    }
  }

  private power(base: Interval, exponent: Formula): Interval {
    if (exponent.kind !== 'number') return base.low >= 0 ? NOT_NEGATIVE : ANY;
    const value = exponent.value.valueOf();
    const even = exponent.value.d === 1n && exponent.value.n % 2n === 0n;
    const broken = exponent.value.d % 2n === 0n;
    const signed = !even && !broken && base.low < 0;
    if (value <= 0 && base.low > 0) return between(base.high ** value, base.low ** value);
    if (value <= 0) return signed ? (base.high <= 0 ? between(ANY.low, 0) : ANY) : NOT_NEGATIVE;
    if (signed)
      return exponent.value.d === 1n ? between(base.low ** value, base.high ** value) : ANY;
    const ends = [Math.max(0, base.low), Math.max(0, base.high), even ? Math.max(0, -base.low) : 0];
    const least = even && base.high < 0 ? -base.high : Math.max(0, base.low);
    return between(least ** value, Math.max(...ends) ** value);
  }

  private call(formula: CallFormula, depth: number): Interval {
    if (formula.slots.length > 0 || this.network.functions.has(formula.name)) return ANY;
    const args = formula.args.map((arg) => (arg.kind === 'array' ? ANY : this.of(arg, depth)));
    const [first, second] = args as [Interval, Interval | undefined];
    const growing = GROWING.get(formula.name);
    if (growing) return between(growing(first.low), growing(first.high));
    const bounded = BOUNDED.get(formula.name);
    if (bounded) return bounded;
    switch (formula.name) {
      case 'abs': {
        const least = first.low > 0 ? first.low : first.high < 0 ? -first.high : 0;
        return between(least, Math.max(Math.abs(first.low), Math.abs(first.high)));
      }
      case 'max':
        return second
          ? between(Math.max(first.low, second.low), Math.max(first.high, second.high))
          : first;
      case 'min':
        return second
          ? between(Math.min(first.low, second.low), Math.min(first.high, second.high))
          : first;
      default:
        return ANY;
    }
  }

  private symbol(formula: SymbolFormula, depth: number): Interval {
    const { name } = formula;
    const family = this.network.families.get(name);
    if (!family) return ANY;
    if (family.role !== 'quantity') return family.role === 'size' ? NOT_NEGATIVE : ANY;
    const tied = rulesOf(this.network).tied.find(({ entry }) => same(entry, formula));
    if (tied && depth < DEEPEST) return this.of(tied.value, depth + 1);
    if (family.kind === 'leaf') return this.leaf(name, family.positive === true);
    const definitions = headsOf(this.network.definitions).of(name);
    if (family.kind !== 'defined' || definitions.length === 0) return ANY;
    if (depth >= DEEPEST || this.open.has(name)) return ANY;
    this.open.add(name);
    try {
      return hull(definitions.map(({ right }) => this.of(right, depth + 1)));
    } finally {
      this.open.delete(name);
    }
  }

  /** What the sheet says of all entries of a leaf: bounds that only some entries have are left out. */
  private leaf(name: string, positive: boolean): Interval {
    const { bounds } = rulesOf(this.network);
    const slots = this.network.families.get(name)?.slots ?? [];
    let { low, high } = positive ? NOT_NEGATIVE : ANY;
    for (const { entry, side, bound, ranges } of bounds) {
      const isGeneral = entry.indices.every((index, place) => {
        const range = ranges.find((one) => index.kind === 'symbol' && one.index === index.name);
        const whole = slots[place]?.bounds;
        return range && whole && same(range.lower, whole.lower) && same(range.upper, whole.upper);
      });
      if (entry.name !== name || !isGeneral) continue;
      if (side === 'above') low = Math.max(low, bound);
      else high = Math.min(high, bound);
    }
    return between(low, high);
  }
}
