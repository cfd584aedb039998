/**
 * What a formula costs a reader: the measure under which the presentable form is shortest.
 *
 * One for every name, number and operator (plus, minus, division, power); products and indices
 * are nearly free; brackets cost a little, so that of equals the one with fewer wins.
 */
import type { Formula } from '../expression/formula.js';
import { conditionFormulas } from '../expression/walk.js';

const INDEX = 0.02;
const BRACKET = 0.1;
const BINDER = 1.2;

const remembered = new WeakMap<Formula, number>();

/** The cost of a formula. */
export function cost(formula: Formula): number {
  const known = remembered.get(formula);
  if (known !== undefined) return known;
  const result = costOf(formula);
  remembered.set(formula, result);
  return result;
}

const total = (parts: readonly Formula[]): number =>
  parts.reduce((sum, part) => sum + cost(part), 0);

/** Whether a term prints with a minus before it. */
export function startsNegative(formula: Formula): boolean {
  if (formula.kind === 'number') return formula.value.compare(0) < 0;
  return (
    formula.kind === 'multiply' &&
    formula.factors[0]?.kind === 'number' &&
    formula.factors[0].value.compare(0) < 0
  );
}

function costOf(formula: Formula): number {
  switch (formula.kind) {
    case 'number': {
      const sign = formula.value.compare(0) < 0 ? 1 : 0;
      return sign + (formula.value.d === 1n ? 1 : 3);
    }
    case 'constant':
    case 'whole':
    case 'blank':
      return 1;
    case 'symbol':
      return 1 + INDEX * formula.indices.length;
    case 'add':
      return formula.terms.reduce((sum, term, at) => {
        // The minus of a later term is the operator itself.
        const operator = at === 0 ? 0 : startsNegative(term) ? 0 : 1;
        return sum + operator + cost(term);
      }, 0);
    case 'multiply':
      return costOfProduct(formula.factors);
    case 'power':
      return costOfPower(formula.base, formula.exponent);
    case 'call':
      return 1 + total(formula.args) + INDEX * formula.indices.length;
    case 'sum':
    case 'product':
      return BINDER + cost(formula.body) + bracketed(formula.body, 'add');
    case 'delta':
      return 1.5;
    case 'indicator':
      return 1.5 + total(conditionFormulas(formula.when));
    case 'cases':
      return (
        formula.branches.reduce(
          (sum, branch) => sum + 2 + total(conditionFormulas(branch.when)) + cost(branch.value),
          1,
        ) + (formula.otherwise ? cost(formula.otherwise) : 0)
      );
    case 'derivative':
      return cost(formula.of) + cost(formula.by);
    case 'family':
      return 1 + cost(formula.body);
    case 'array':
      return cost(formula.body);
    case 'operation':
      return 1 + total(formula.args);
  }
}

const bracketed = (formula: Formula, kind: Formula['kind']): number =>
  formula.kind === kind ? BRACKET : 0;

function costOfProduct(factors: readonly Formula[]): number {
  let sum = 0;
  let above = 0;
  let below = 0;
  for (const factor of factors) {
    if (factor.kind === 'number') {
      const value = factor.value.abs();
      if (factor.value.compare(0) < 0) sum += 1;
      if (value.n !== 1n) {
        sum += 1;
        above += 1;
      }
      if (value.d !== 1n) {
        sum += 1;
        below += 1;
      }
      continue;
    }
    if (factor.kind === 'power' && isNegativeNumber(factor.exponent)) {
      below += 1;
      sum += cost(factor) - 2;
      continue;
    }
    above += 1;
    sum += cost(factor) + bracketed(factor, 'add');
  }
  if (below > 0) sum += 1 + (below > 1 ? BRACKET : 0) + (above === 0 ? 1 : 0);
  return sum;
}

const isNegativeNumber = (formula: Formula): boolean =>
  formula.kind === 'number' && formula.value.compare(0) < 0;

function costOfPower(base: Formula, exponent: Formula): number {
  const brackets = base.kind === 'add' || base.kind === 'multiply' ? BRACKET : 0;
  if (exponent.kind !== 'number') return cost(base) + brackets + 1 + cost(exponent);
  const below = exponent.value.compare(0) < 0 ? 2 : 0;
  const size = exponent.value.abs();
  const written = size.equals(1) ? 0 : 1 + (size.d === 1n ? 1 : 3);
  return cost(base) + brackets + written + below;
}
