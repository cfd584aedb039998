/** Sameness of formulas: equal structure, up to the names of bound indices. */
import type { Condition, Formula, NumberFormula } from './formula.js';

type Depths = ReadonlyMap<string, number>;

const closedKeys = new WeakMap<Formula, string>();
const none: Depths = new Map();

/**
 * A text that two formulas share exactly if they have the same structure up to the names of bound
 * indices (no law of algebra is used: `a + b` and `b + a` differ).
 */
export function structureKey(formula: Formula): string {
  const known = closedKeys.get(formula);
  if (known !== undefined) return known;
  const key = keyOf(formula, none);
  closedKeys.set(formula, key);
  return key;
}

/** Whether two formulas have the same structure up to the names of bound indices. */
export function same(left: Formula, right: Formula): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  if (left.kind === 'number' && right.kind === 'number') return sameNumber(left, right);
  if (left.kind !== 'symbol' || right.kind !== 'symbol')
    return structureKey(left) === structureKey(right);
  return (
    left.name === right.name &&
    left.indices.length === right.indices.length &&
    left.indices.every((index, place) => same(index, right.indices[place] as Formula))
  );
}

const sameNumber = ({ value: one }: NumberFormula, { value: other }: NumberFormula): boolean =>
  one.s === other.s && one.n === other.n && one.d === other.d;

/** The structural key of a condition. */
export const conditionKey = (condition: Condition): string => keyOfCondition(condition, none);

const open = (depths: Depths, index: string): Depths =>
  new Map([...depths, [index, depths.size === 0 ? 1 : Math.max(...depths.values()) + 1]]);

function keyOfCondition(condition: Condition, depths: Depths): string {
  switch (condition.kind) {
    case 'compare':
      return `(${keyOf(condition.left, depths)}${condition.relation}${keyOf(condition.right, depths)})`;
    case 'member':
      return `(${keyOf(condition.element, depths)} in ${condition.set})`;
    default:
      return `${condition.kind}(${condition.parts.map((part) => keyOfCondition(part, depths)).join(';')})`;
  }
}

function keyOf(formula: Formula, depths: Depths): string {
  if (depths.size === 0) {
    const known = closedKeys.get(formula);
    if (known !== undefined) return known;
  }
  const key = keyOfKind(formula, depths);
  if (depths.size === 0) closedKeys.set(formula, key);
  return key;
}

function keyOfKind(formula: Formula, depths: Depths): string {
  const list = (parts: readonly Formula[]) => parts.map((part) => keyOf(part, depths)).join(',');
  switch (formula.kind) {
    case 'number':
      return formula.value.toFraction();
    case 'constant':
      return `#${formula.name}`;
    case 'whole':
      return ':';
    case 'blank':
      return '___';
    case 'symbol': {
      const depth = formula.indices.length === 0 ? depths.get(formula.name) : undefined;
      return depth !== undefined ? `@${depth}` : `${formula.name}[${list(formula.indices)}]`;
    }
    case 'add':
      return `+(${list(formula.terms)})`;
    case 'multiply':
      return `*(${list(formula.factors)})`;
    case 'power':
      return `^(${keyOf(formula.base, depths)},${keyOf(formula.exponent, depths)})`;
    case 'call': {
      const slots = formula.slots.map((slot) => `'${slot.argument}[${list(slot.at)}]`).join('');
      return `${formula.name}{${list(formula.indices)}}${slots}(${list(formula.args)})`;
    }
    case 'sum':
    case 'product': {
      const range = formula.bounds ? list([formula.bounds.lower, formula.bounds.upper]) : '?';
      const inside = open(depths, formula.index);
      const where = formula.where.map((condition) => keyOfCondition(condition, inside)).join(';');
      return `${formula.kind}<${range}|${where}>(${keyOf(formula.body, inside)})`;
    }
    case 'delta':
      return `delta(${list([formula.left, formula.right])})`;
    case 'indicator':
      return `1{${keyOfCondition(formula.when, depths)}}`;
    case 'cases': {
      const branches = formula.branches.map(
        (branch) => `${keyOfCondition(branch.when, depths)}:${keyOf(branch.value, depths)}`,
      );
      return `cases(${branches.join(';')};${formula.otherwise ? keyOf(formula.otherwise, depths) : ''})`;
    }
    case 'derivative':
      return `d(${keyOf(formula.of, depths)}/${keyOf(formula.by, depths)})`;
    case 'family':
    case 'array': {
      let inside = depths;
      const ranges = formula.binders.map((binder) => {
        const range = `${keyOf(binder.lower, inside)}..${keyOf(binder.upper, inside)}`;
        inside = open(inside, binder.index);
        return range;
      });
      const at = formula.kind === 'family' ? list(formula.at) : '';
      const name = formula.kind === 'family' ? formula.name : 'array';
      return `${name}<${ranges.join(';')}>(${keyOf(formula.body, inside)})[${at}]`;
    }
    case 'operation':
      return `${formula.name}!(${list(formula.args)})`;
  }
}
