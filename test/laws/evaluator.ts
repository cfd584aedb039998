/**
 * A small evaluator for the tests of laws, with no code in common with the laws: symbols get numbers
 * from a seed, abstract functions are sines of a weighted sum, and the derivative of a formula by
 * one entry is a difference of order four. Local: definitions do not exist here.
 */
import type { Condition, Formula, SymbolFormula } from '../../src/expression/formula.js';
import { functionTable } from '../../src/expression/functions.js';
import type { KnownFunction } from '../../src/rewrite/law.js';

export interface Point {
  readonly seed: number;
  /** Values by key (`x`, `x[1,2]`); other symbols get theirs from the seed. */
  readonly values?: ReadonlyMap<string, number>;
  readonly indices?: ReadonlyMap<string, number>;
  readonly functions?: ReadonlyMap<string, KnownFunction> | undefined;
}

/** A number from a text, spread over (-1.5, 1.5) away from zero. */
function drawn(text: string, seed: number): number {
  let hash = 2166136261 ^ seed;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16777619);
  hash = Math.imul(hash ^ (hash >>> 15), 2246822507);
  const unit = ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
  return unit < 0.5 ? -0.2 - 2.6 * unit : 0.2 + 2.6 * (unit - 0.5);
}

const STEP = 1e-3;

export function evaluate(formula: Formula, point: Point): number {
  const of = (part: Formula): number => evaluate(part, point);
  const list = (parts: readonly Formula[]): number[] => parts.map(of);
  switch (formula.kind) {
    case 'number':
      return formula.value.valueOf();
    case 'constant':
      return formula.name === 'pi' ? Math.PI : Number.POSITIVE_INFINITY;
    case 'symbol': {
      const bound = formula.indices.length === 0 ? point.indices?.get(formula.name) : undefined;
      if (bound !== undefined) return bound;
      const key = keyOf(formula, point);
      return point.values?.get(key) ?? drawn(key, point.seed);
    }
    case 'add':
      return list(formula.terms).reduce((total, term) => total + term, 0);
    case 'multiply':
      return list(formula.factors).reduce((total, factor) => total * factor, 1);
    case 'power':
      return of(formula.base) ** of(formula.exponent);
    case 'call':
      return evaluateCall(formula, point);
    case 'sum':
    case 'product': {
      if (!formula.bounds) throw new Error('a sum without a range');
      let total = formula.kind === 'sum' ? 0 : 1;
      for (let k = of(formula.bounds.lower); k <= of(formula.bounds.upper); k += 1) {
        const inside = withIndex(point, formula.index, k);
        if (!formula.where.every((condition) => truth(condition, inside))) continue;
        const value = evaluate(formula.body, inside);
        total = formula.kind === 'sum' ? total + value : total * value;
      }
      return total;
    }
    case 'delta':
      return of(formula.left) === of(formula.right) ? 1 : 0;
    case 'indicator':
      return truth(formula.when, point) ? 1 : 0;
    case 'cases': {
      const branch = formula.branches.find(({ when }) => truth(when, point));
      const value = branch?.value ?? formula.otherwise;
      if (!value) throw new Error('no case holds');
      return of(value);
    }
    case 'derivative':
      return difference(formula.of, formula.by as SymbolFormula, point);
    case 'family':
      return evaluateFamily(formula, point);
    default:
      throw new Error(`the evaluator of the tests met ${formula.kind}`);
  }
}

const withIndex = (point: Point, index: string, value: number): Point => ({
  ...point,
  indices: new Map([...(point.indices ?? []), [index, value]]),
});

function keyOf(formula: SymbolFormula, point: Point): string {
  const indices = formula.indices.map((index) => evaluate(index, point));
  return indices.length === 0 ? formula.name : `${formula.name}[${indices.join(',')}]`;
}

export function truth(condition: Condition, point: Point): boolean {
  switch (condition.kind) {
    case 'and':
      return condition.parts.every((part) => truth(part, point));
    case 'or':
      return condition.parts.some((part) => truth(part, point));
    case 'member':
      throw new Error('the evaluator of the tests met a set');
  }
  const left = evaluate(condition.left, point);
  const right = evaluate(condition.right, point);
  switch (condition.relation) {
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

/** Entries of an argument: one number, or all numbers of a family by their indices. */
function entriesOf(part: Formula, point: Point): { readonly at: string; readonly value: number }[] {
  if (part.kind !== 'array') return [{ at: '', value: evaluate(part, point) }];
  let places: { at: string; point: Point }[] = [{ at: '', point }];
  for (const binder of part.binders)
    places = places.flatMap((place) => {
      const inside: typeof places = [];
      const upper = evaluate(binder.upper, place.point);
      for (let k = evaluate(binder.lower, place.point); k <= upper; k += 1)
        inside.push({ at: `${place.at},${k}`, point: withIndex(place.point, binder.index, k) });
      return inside;
    });
  return places.map((place) => ({ at: place.at, value: evaluate(part.body, place.point) }));
}

function evaluateCall(formula: Extract<Formula, { kind: 'call' }>, point: Point): number {
  const row = functionTable.get(formula.name);
  if (row && formula.slots.length === 0)
    return row.value(...formula.args.map((part) => evaluate(part, point)));
  if (row) {
    const at = formula.args.map((part) => evaluate(part, point));
    return slopeByDifference(
      row.value,
      at,
      formula.slots.map((slot) => slot.argument),
    );
  }
  const declared = point.functions?.get(formula.name);
  if (declared?.body) {
    const at = formula.args.map((part) => evaluate(part, point));
    const indices = new Map(declared.parameters.map((name, k) => [name, at[k] as number]));
    return evaluate(declared.body, { ...point, indices });
  }
  const name = [formula.name, ...formula.indices.map((index) => evaluate(index, point))].join('_');
  const weight = (argument: number, at: string) => drawn(`${name}:${argument}:${at}`, point.seed);
  let phase = 0;
  for (const [argument, part] of formula.args.entries())
    for (const { at, value } of entriesOf(part, point)) phase += weight(argument, at) * value;
  const weights = formula.slots.map((slot) =>
    weight(slot.argument, slot.at.map((index) => `,${evaluate(index, point)}`).join('')),
  );
  // The n-th derivative of the sine is the sine a quarter turn on for each.
  return (
    Math.sin(phase + (weights.length * Math.PI) / 2) *
    weights.reduce((total, factor) => total * factor, 1)
  );
}

function slopeByDifference(
  value: (...args: number[]) => number,
  at: readonly number[],
  slots: readonly number[],
): number {
  const [first, ...rest] = slots;
  if (first === undefined) return value(...at);
  const h = rest.length > 0 ? 1e-2 : STEP;
  const moved = (by: number) =>
    slopeByDifference(
      value,
      at.map((number, place) => number + (place === first ? by : 0)),
      rest,
    );
  return stencil(moved, h);
}

const stencil = (moved: (by: number) => number, h: number): number =>
  (moved(-2 * h) - 8 * moved(-h) + 8 * moved(h) - moved(2 * h)) / (12 * h);

function difference(of: Formula, by: SymbolFormula, point: Point): number {
  const key = keyOf(by, point);
  const here = evaluate(by, point);
  const moved = (change: number) =>
    evaluate(of, { ...point, values: new Map([...(point.values ?? []), [key, here + change]]) });
  return stencil(moved, STEP);
}

function evaluateFamily(formula: Extract<Formula, { kind: 'family' }>, point: Point): number {
  const at = formula.at.map((index) => evaluate(index, point));
  const whole = { kind: 'array', binders: formula.binders, body: formula.body } as const;
  const values = entriesOf(whole, point).map((entry) => entry.value);
  const [binder] = formula.binders;
  const place = (index: number | undefined): number =>
    (index ?? 0) - evaluate(binder?.lower as Formula, point);
  const total = values.reduce((all, value) => all + Math.exp(value), 0);
  switch (formula.name) {
    case 'softmax':
      return Math.exp(values[place(at[0])] as number) / total;
    case 'log_softmax':
      return (values[place(at[0])] as number) - Math.log(total);
    case 'logsumexp':
      return Math.log(total);
    case 'max':
      return Math.max(...values);
    case 'min':
      return Math.min(...values);
    case 'chain': {
      // Factors are two by two: multiplied from the left, from the identity on.
      let [a, b, c, d] = [1, 0, 0, 1];
      for (let from = 0; from < values.length; from += 4) {
        const [p, q, r, s] = values.slice(from) as [number, number, number, number];
        [a, b, c, d] = [a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s];
      }
      return [a, b, c, d][2 * ((at[0] ?? 1) - 1) + (at[1] ?? 1) - 1] as number;
    }
    default: {
      // Two by two is enough for a law: it holds entry by entry.
      const [a, b, c, d] = values as [number, number, number, number];
      if (values.length !== 4) throw new Error('the evaluator of the tests knows 2 x 2 only');
      const det = a * d - b * c;
      if (formula.name === 'determinant') return det;
      const inverse = [d / det, -b / det, -c / det, a / det];
      return inverse[2 * place(at[0]) + place(at[1])] as number;
    }
  }
}

/** Whether two numbers agree, relative to their size. */
export const close = (left: number, right: number, tolerance = 1e-7): boolean =>
  (Number.isNaN(left) && Number.isNaN(right)) ||
  Math.abs(left - right) <= tolerance * Math.max(1, Math.abs(left), Math.abs(right));
