/** A small evaluator for the tests of this folder: every name and function has made-up values. */
import type { Condition, Formula } from '../../src/expression/formula.js';

export interface Point {
  readonly seed: number;
  readonly sizes: ReadonlyMap<string, number>;
  /** Draws positive numbers only, so that roots and logarithms have values. */
  readonly positive: 'all' | 'none';
}

function hashed(text: string): number {
  let hash = 2166136261;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 2246822519);
  hash ^= hash >>> 13;
  return (hash >>> 0) / 4294967296;
}

const known: Readonly<Record<string, (u: number, v: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  tanh: Math.tanh,
  sigmoid: (u) => 1 / (1 + Math.exp(-u)),
  softplus: (u) => Math.log(1 + Math.exp(u)),
  cosh: Math.cosh,
  sinh: Math.sinh,
  sech: (u) => 1 / Math.cosh(u),
  sqrt: Math.sqrt,
  relu: (u) => Math.max(u, 0),
  abs: Math.abs,
  sign: Math.sign,
  sin: Math.sin,
  cos: Math.cos,
  tan: Math.tan,
  max: Math.max,
  min: Math.min,
  silu: (u) => u / (1 + Math.exp(-u)),
};

export function numberOf(
  f: Formula,
  point: Point,
  indices: ReadonlyMap<string, number> = new Map(),
): number {
  const value = (part: Formula, inside = indices) => numberOf(part, point, inside);
  const ranged = (lower: Formula, upper: Formula): number[] => {
    const from = value(lower);
    return Array.from({ length: Math.max(0, value(upper) - from + 1) }, (_, at) => from + at);
  };
  const drawn = (text: string): number => {
    const unit = hashed(`${point.seed}:${text}`);
    return point.positive === 'all' ? 0.2 + 1.6 * unit : 3 * unit - 1.5;
  };
  switch (f.kind) {
    case 'number':
      return f.value.valueOf();
    case 'constant':
      return Math.PI;
    case 'symbol':
      if (f.indices.length === 0)
        return indices.get(f.name) ?? point.sizes.get(f.name) ?? drawn(f.name);
      return drawn(`${f.name}[${f.indices.map((index) => value(index)).join(',')}]`);
    case 'add':
      return f.terms.reduce((sum, term) => sum + value(term), 0);
    case 'multiply':
      return f.factors.reduce((product, factor) => product * value(factor), 1);
    case 'power':
      return value(f.base) ** value(f.exponent);
    case 'call': {
      const args = f.args.map((part) => value(part));
      const primes = f.slots.length;
      const row = known[f.name];
      if (row && primes === 0 && args.some((arg) => Math.abs(arg) > 300)) throw new NoValue();
      if (row && primes === 0) return row(args[0] as number, args[1] as number);
      // An abstract function: smooth, with other numbers for each derivative.
      return args.reduce(
        (sum, arg, at) => sum + Math.sin(arg * (1 + hashed(`${f.name}${primes}${at}`)) + primes),
        hashed(f.name),
      );
    }
    case 'sum':
    case 'product': {
      if (!f.bounds) throw new Error('a sum without bounds has no number');
      const entries = ranged(f.bounds.lower, f.bounds.upper).flatMap((at) => {
        const inside = new Map([...indices, [f.index, at]]);
        return f.where.every((part) => holds(part, point, inside)) ? [value(f.body, inside)] : [];
      });
      return f.kind === 'sum'
        ? entries.reduce((sum, entry) => sum + entry, 0)
        : entries.reduce((product, entry) => product * entry, 1);
    }
    case 'delta':
      return value(f.left) === value(f.right) ? 1 : 0;
    case 'indicator':
      return holds(f.when, point, indices) ? 1 : 0;
    case 'derivative':
      return drawn(`d ${label(f.of, value)} by ${label(f.by, value)}`);
    case 'family': {
      const binder = f.binders[0];
      if (!binder) throw new Error('a family function without a binder');
      const entry = (at: number) => value(f.body, new Map([...indices, [binder.index, at]]));
      const total = ranged(binder.lower, binder.upper).reduce(
        (sum, at) => sum + Math.exp(entry(at)),
        0,
      );
      if (f.name === 'logsumexp') return Math.log(total);
      const at = entry(value(f.at[0] as Formula));
      // Beyond this, a softmax is 0 or 1 in floating point though it never is.
      const entries = ranged(binder.lower, binder.upper);
      if (entries.length === 0 || !entries.every((each) => Math.abs(entry(each)) < 300))
        throw new NoValue();
      return f.name === 'softmax' ? Math.exp(at) / total : at - Math.log(total);
    }
    default:
      throw new Error(`no number for ${f.kind}`);
  }
}

const label = (f: Formula, value: (part: Formula) => number): string =>
  f.kind === 'symbol' ? `${f.name}[${f.indices.map((index) => value(index)).join(',')}]` : f.kind;

/** A condition on something that has no value. */
class NoValue extends Error {}

function holds(c: Condition, point: Point, indices: ReadonlyMap<string, number>): boolean {
  if (c.kind === 'member') throw new Error('no truth for membership');
  if (c.kind !== 'compare') {
    const test = (part: Condition) => holds(part, point, indices);
    return c.kind === 'and' ? c.parts.every(test) : c.parts.some(test);
  }
  const left = numberOf(c.left, point, indices);
  const right = numberOf(c.right, point, indices);
  if (!Number.isFinite(left) || !Number.isFinite(right)) throw new NoValue();
  switch (c.relation) {
    case '=':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
  }
}

/** Points with unequal sizes; indices that stand free get values within all ranges. */
export const points: readonly (readonly [Point, ReadonlyMap<string, number>])[] = [
  [3, 4, 2],
  [4, 2, 5],
  [1, 3, 1],
].flatMap(([n, m, L], at) =>
  (['all', 'none'] as const).map(
    (positive) =>
      [
        {
          seed: at + (positive === 'all' ? 10 : 0),
          sizes: new Map([
            ['n', n as number],
            ['m', m as number],
            ['L', L as number],
          ]),
          positive,
        },
        new Map([
          ['i', 1],
          ['j', Math.min(2, n as number)],
          ['k', n as number],
          ['l', 1],
        ]),
      ] as const,
  ),
);

function numberOrNothing(
  formula: Formula,
  point: Point,
  indices: ReadonlyMap<string, number>,
): number {
  try {
    return numberOf(formula, point, indices);
  } catch (error) {
    if (error instanceof NoValue) return Number.NaN;
    throw error;
  }
}

/** Whether two formulas have the same number wherever both have one; at least one point must. */
export function agreeByNumbers(left: Formula, right: Formula): { agrees: boolean; tried: number } {
  let tried = 0;
  for (const [point, indices] of points) {
    const first = numberOrNothing(left, point, indices);
    const second = numberOrNothing(right, point, indices);
    if (!Number.isFinite(first) || !Number.isFinite(second)) continue;
    tried += 1;
    if (Math.abs(first - second) > 1e-8 * (1 + Math.abs(first) + Math.abs(second)))
      return { agrees: false, tried };
  }
  return { agrees: true, tried };
}
