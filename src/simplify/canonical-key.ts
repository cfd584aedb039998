/**
 * A text for each formula, the same for formulas that differ only in the order of terms and
 * factors, in the spelling of indices, and in the names of bound indices (also of several sums
 * at once: `sum_i sum_j x_ij` and `sum_j sum_i x_ij`).
 */
import { linear } from '../expression/affine.js';
import type { BoundFormula, Condition, Formula } from '../expression/formula.js';
import { freeNames } from '../expression/walk.js';
import { canonicalNaming, type Labels } from './naming.js';

const closed = new WeakMap<Formula, string>();
const none: Labels = new Map();

/** The canonical key; `labels` replace the names of indices bound outside. */
export function canonicalKey(formula: Formula, labels: Labels = none): string {
  const used = labels.size > 0 && [...labels.keys()].some((name) => freeNames(formula).has(name));
  if (used) return keyOf(formula, labels);
  const known = closed.get(formula);
  if (known !== undefined) return known;
  const key = keyOf(formula, none);
  closed.set(formula, key);
  return key;
}

/** The canonical key of a condition. */
export const canonicalConditionKey = (condition: Condition, labels: Labels = none): string =>
  conditionKeyOf(condition, labels);

function conditionKeyOf(condition: Condition, labels: Labels): string {
  switch (condition.kind) {
    case 'compare':
      return `(${canonicalKey(condition.left, labels)}${condition.relation}${canonicalKey(condition.right, labels)})`;
    case 'member':
      return `(${canonicalKey(condition.element, labels)} in ${condition.set})`;
    default:
      return `${condition.kind}(${condition.parts
        .map((part) => conditionKeyOf(part, labels))
        .sort()
        .join(';')})`;
  }
}

function keyOf(formula: Formula, labels: Labels): string {
  const key = (part: Formula) => canonicalKey(part, labels);
  const list = (parts: readonly Formula[]) => parts.map(key).join(',');
  const indices = (parts: readonly Formula[]) =>
    parts.map((part) => indexKey(part, labels)).join(',');
  switch (formula.kind) {
    case 'number':
      return formula.value.toFraction();
    case 'constant':
      return `#${formula.name}`;
    case 'whole':
      return ':';
    case 'blank':
      return '___';
    case 'symbol':
      if (formula.indices.length === 0) return labels.get(formula.name) ?? formula.name;
      return `${formula.name}[${indices(formula.indices)}]`;
    case 'add':
      return `(${formula.terms.map(key).sort().join('+')})`;
    case 'multiply':
      return `(${formula.factors.map(key).sort().join('*')})`;
    case 'power':
      return `${key(formula.base)}^${key(formula.exponent)}`;
    case 'call': {
      const slots = formula.slots.map((slot) => `'${slot.argument}[${indices(slot.at)}]`).join('');
      return `${formula.name}{${indices(formula.indices)}}${slots}(${list(formula.args)})`;
    }
    case 'sum':
    case 'product':
      return boundKey(formula, labels);
    case 'delta':
      return `delta(${[indexKey(formula.left, labels), indexKey(formula.right, labels)].sort().join(',')})`;
    case 'indicator':
      return `1{${conditionKeyOf(formula.when, labels)}}`;
    case 'cases': {
      const branches = formula.branches.map(
        (branch) => `${conditionKeyOf(branch.when, labels)}:${key(branch.value)}`,
      );
      return `cases(${branches.join(';')};${formula.otherwise ? key(formula.otherwise) : ''})`;
    }
    case 'derivative':
      return `d(${key(formula.of)}/${key(formula.by)})`;
    case 'family':
    case 'array': {
      let inside = labels;
      const ranges = formula.binders.map((binder) => {
        const range = `${indexKey(binder.lower, inside)}..${indexKey(binder.upper, inside)}`;
        inside = new Map([...inside, [binder.index, `@${inside.size}`]]);
        return range;
      });
      const at = formula.kind === 'family' ? indices(formula.at) : '';
      const name = formula.kind === 'family' ? formula.name : 'array';
      return `${name}<${ranges.join(';')}>(${canonicalKey(formula.body, inside)})[${at}]`;
    }
    case 'operation':
      return `${formula.name}!(${list(formula.args)})`;
  }
}

/** Indices count by their value: `l + 1 - 1` is `l`. */
function indexKey(formula: Formula, labels: Labels): string {
  if (formula.kind !== 'add' && formula.kind !== 'multiply') return canonicalKey(formula, labels);
  const value = linear(formula, (part) => canonicalKey(part, labels));
  const parts = [...value.parts].map(([key, part]) =>
    part.coefficient.equals(1) ? key : `${part.coefficient.toFraction()}${key}`,
  );
  if (!value.constant.equals(0) || parts.length === 0) parts.push(value.constant.toFraction());
  return parts.sort().join('+');
}

/** Directly nested binders of one kind are named together, so their order does not matter. */
function boundKey(formula: BoundFormula, labels: Labels): string {
  const binders: BoundFormula[] = [];
  let body: Formula = formula;
  const names = new Set<string>();
  while (body.kind === formula.kind && !names.has(body.index)) {
    binders.push(body);
    names.add(body.index);
    body = body.body;
  }
  const factors = body.kind === 'multiply' ? body.factors : [body];
  const describe = (inside: Labels): readonly string[] => [
    ...binders.map((binder) => {
      const range = binder.bounds
        ? `${indexKey(binder.bounds.lower, inside)}..${indexKey(binder.bounds.upper, inside)}`
        : '?';
      const where = binder.where.map((part) => conditionKeyOf(part, inside)).sort();
      return `${inside.get(binder.index)}:${range}|${where.join(';')}`;
    }),
    ...factors.map((factor) => canonicalKey(factor, inside)),
  ];
  const naming = canonicalNaming([...names], labels, describe);
  return `${formula.kind}<${naming.key}>`;
}
