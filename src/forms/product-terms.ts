/** A core formula as a sum of products with their bound indices taken out, ready for elimination. */
import Fraction from 'fraction.js';
import {
  add,
  type Bounds,
  call,
  type Formula,
  family,
  multiply,
  number,
  symbol,
} from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';
import { freeNames, freshName, rewriteUp, substitute } from '../expression/walk.js';
import { freeIndices } from './free-indices.js';
import { NoMatrixForm } from './matrix.js';

/** Whether brackets are kept as factors, opened only where a sum stands around them, or multiplied out. */
export type Brackets = 'kept' | 'sums split' | 'expanded';

export interface ProductTerm {
  readonly coefficient: Fraction;
  readonly factors: readonly Formula[];
  readonly bound: ReadonlyMap<string, Bounds>;
}

/** Most terms that multiplying out may make. */
const MOST_TERMS = 64;

const one: ProductTerm = { coefficient: new Fraction(1), factors: [], bound: new Map() };

/** Makes names for bound indices that are used nowhere else in one raising. */
export class FreshNames {
  private readonly taken: Set<string>;
  constructor(formula: Formula) {
    this.taken = new Set(freeNames(formula));
  }
  take(stem: string): string {
    const name = freshName(stem, this.taken);
    this.taken.add(name);
    return name;
  }
}

const times = (left: ProductTerm, right: ProductTerm): ProductTerm => ({
  coefficient: left.coefficient.mul(right.coefficient),
  factors: [...left.factors, ...right.factors],
  bound: new Map([...left.bound, ...right.bound]),
});

const hasDelta = (formula: Formula): boolean =>
  formula.kind === 'delta' ||
  (formula.kind === 'add' && formula.terms.some(hasDelta)) ||
  (formula.kind === 'multiply' && formula.factors.some(hasDelta)) ||
  (formula.kind === 'sum' && hasDelta(formula.body));

/** The products whose sum is the formula; brackets that hold a delta are always multiplied out. */
export function productTerms(
  formula: Formula,
  brackets: Brackets,
  fresh: FreshNames,
): readonly ProductTerm[] {
  switch (formula.kind) {
    case 'number':
      return [{ ...one, coefficient: formula.value }];
    case 'add':
      return formula.terms.flatMap((term) => productTerms(term, brackets, fresh));
    case 'multiply': {
      let terms: readonly ProductTerm[] = [one];
      for (const factor of formula.factors) {
        const opened = factorTerms(factor, brackets, fresh);
        terms = terms.flatMap((left) => opened.map((right) => times(left, right)));
        if (terms.length > MOST_TERMS) throw new NoMatrixForm('too many terms when multiplied out');
      }
      return terms;
    }
    case 'sum': {
      if (formula.bounds === undefined || formula.where.length > 0)
        throw new NoMatrixForm('a sum over part of a range');
      const index = fresh.take(formula.index);
      const body = substitute(formula.body, new Map([[formula.index, symbol(index)]]));
      const bounds = formula.bounds;
      const inner =
        body.kind === 'add' && brackets === 'kept' && !hasDelta(body)
          ? [{ ...one, factors: [body] }]
          : productTerms(body, brackets, fresh);
      return inner.map((term) => ({ ...term, bound: new Map([...term.bound, [index, bounds]]) }));
    }
    case 'power': {
      const squares =
        brackets === 'expanded' &&
        formula.exponent.kind === 'number' &&
        formula.exponent.value.equals(2) &&
        formula.base.kind === 'add';
      if (squares) return productTerms(multiply(formula.base, formula.base), brackets, fresh);
      return [{ ...one, factors: [formula] }];
    }
    default:
      return [{ ...one, factors: [formula] }];
  }
}

function factorTerms(factor: Formula, brackets: Brackets, fresh: FreshNames) {
  if (factor.kind === 'add' && brackets !== 'expanded' && !hasDelta(factor))
    return [{ ...one, factors: [factor] }];
  return productTerms(factor, brackets, fresh);
}

/** Deltas that hold a bound index of the same range are used up. */
export function collapseDeltas(
  term: ProductTerm,
  ranges: ReadonlyMap<string, Bounds>,
): ProductTerm {
  for (const [place, factor] of term.factors.entries()) {
    if (factor.kind !== 'delta') continue;
    for (const [from, to] of [
      [factor.left, factor.right],
      [factor.right, factor.left],
    ] as const) {
      if (from.kind !== 'symbol' || from.indices.length > 0) continue;
      const bounds = term.bound.get(from.name);
      const target = to.kind === 'symbol' && to.indices.length === 0 ? to.name : undefined;
      const other =
        target === undefined ? undefined : (term.bound.get(target) ?? ranges.get(target));
      if (!bounds || target === undefined || !other || target === from.name) continue;
      if (!same(bounds.lower, other.lower) || !same(bounds.upper, other.upper)) continue;
      const replacement = new Map([[from.name, to]]);
      const factors = term.factors
        .filter((_, at) => at !== place)
        .map((part) => substitute(part, replacement));
      const bound = new Map([...term.bound].filter(([name]) => name !== from.name));
      return collapseDeltas({ ...term, factors, bound }, ranges);
    }
  }
  return term;
}

const isOneOver = (formula: Formula): Formula | undefined =>
  formula.kind === 'power' &&
  formula.exponent.kind === 'number' &&
  formula.exponent.value.equals(-1)
    ? formula.base
    : undefined;

const expArgument = (formula: Formula): Formula | undefined =>
  formula.kind === 'call' && formula.name === 'exp' && formula.slots.length === 0
    ? formula.args[0]
    : undefined;

/** `1/(1 + exp(-u))` as `sigmoid(u)`. */
function asSigmoid(formula: Formula): Formula {
  const base = isOneOver(formula);
  if (base?.kind !== 'add' || base.terms.length !== 2) return formula;
  const constant = base.terms.find((term) => term.kind === 'number' && term.value.equals(1));
  const argument = base.terms.map(expArgument).find((part) => part !== undefined);
  if (!constant || !argument) return formula;
  return call('sigmoid', [multiply(number(-1), argument)]);
}

/** `exp(z_i) / sum_k exp(z_k)` as `softmax(z)_i`. */
function asSoftmax(formula: Formula): Formula {
  if (formula.kind !== 'multiply') return formula;
  for (const divisor of formula.factors) {
    const total = isOneOver(divisor);
    const bounds = total?.kind === 'sum' && total.where.length === 0 ? total.bounds : undefined;
    const inner = total?.kind === 'sum' ? expArgument(total.body) : undefined;
    if (total?.kind !== 'sum' || !bounds || !inner) continue;
    for (const factor of formula.factors) {
      const argument = expArgument(factor);
      if (!argument) continue;
      const at = [...freeIndices(argument)].find((name) =>
        same(substitute(inner, new Map([[total.index, symbol(name)]])), argument),
      );
      if (at === undefined) continue;
      const rest = formula.factors.filter((part) => part !== factor && part !== divisor);
      const binder = { index: total.index, lower: bounds.lower, upper: bounds.upper };
      return asSoftmax(multiply(...rest, family('softmax', [binder], inner, [symbol(at)])));
    }
  }
  return formula;
}

/** Softmaxes that show only once deltas are gone. */
export const recogniseIn = (term: ProductTerm): ProductTerm => {
  const made = asSoftmax(multiply(...term.factors));
  return { ...term, factors: made.kind === 'multiply' ? made.factors : [made] };
};

/** Written-out sigmoids and softmaxes by their names: their long forms raise to long forms. */
export const recognise = (formula: Formula): Formula =>
  rewriteUp(formula, (part) =>
    // Indices such as `l - 1 + 1` are added up on the way.
    part.kind === 'add' ? add(...part.terms) : asSoftmax(asSigmoid(part)),
  );

/** Bounds as a text that two ranges share exactly if they are the same. */
export const rangeKey = ({ lower, upper }: Bounds): string =>
  lower.kind === 'number' && lower.value.equals(1)
    ? structureKey(upper)
    : `${structureKey(lower)}..${structureKey(upper)}`;
