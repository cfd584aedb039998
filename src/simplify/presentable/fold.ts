/** Sub-formulas that equal the right side of a definition take its name. */
import {
  add,
  type Formula,
  type MultiplyFormula,
  multiply,
  symbol,
} from '../../expression/formula.js';
import { freeNames, substitute } from '../../expression/walk.js';
import { ByMention } from '../../network/by-mention.js';
import type { Definition } from '../../network/network.js';
import { difference, tidyIndex } from '../affine.js';
import { canonicalKey } from '../canonical-key.js';
import type { Binding } from '../match.js';
import { isNonNegative } from '../ranges.js';
import { bindingsBetween, instanceOf } from './instances.js';
import type { PresentLaw, Surroundings } from './law.js';
import { monomial, monomialFormula } from './monomial.js';

/** What is too small to be worth a name: another name, a number. */
const isTrivial = (formula: Formula): boolean =>
  formula.kind === 'symbol' ||
  formula.kind === 'number' ||
  formula.kind === 'constant' ||
  formula.kind === 'derivative';

/** The entry of the definition that stands for a binding of its ranges. */
function headAt(definition: Definition, binding: Binding): Formula {
  return symbol(
    definition.name,
    definition.head.map((index) => tidyIndex(substitute(index, binding))),
  );
}

/** Whether no index is known to lie outside the range of the definition. */
export function mayStand(definition: Definition, binding: Binding, around: Surroundings): boolean {
  return definition.ranges.every((range) => {
    const value = binding.get(range.index);
    if (!value) return false;
    return [difference(value, range.lower), difference(range.upper, value)].every((gap) => {
      if (isNonNegative(gap, around.known)) return true;
      const decidable = [...gap.parts.values()].some(
        (part) => part.atom.kind === 'symbol' && around.known.ranges.has(part.atom.name),
      );
      return !decidable && gap.parts.size > 0;
    });
  });
}

const remembered = new WeakMap<readonly Definition[], ByMention<Definition>>();

function patternsOf(definitions: readonly Definition[]): ByMention<Definition> {
  const known = remembered.get(definitions);
  if (known) return known;
  const patterns = new ByMention(
    definitions,
    ({ right }) => right,
    ({ ranges }) => ranges.map(({ index }) => index),
  );
  remembered.set(definitions, patterns);
  return patterns;
}

export const foldDefinitions: PresentLaw = {
  name: 'fold-definition',
  because: 'written by its name again, as it was defined',
  level: 'main',
  tell: (before, after) => {
    const names = [...freeNames(after)].filter((name) => !freeNames(before).has(name));
    const [name] = names;
    return names.length === 1
      ? `the definition of ${name}: the name stands for it`
      : 'what has a name is written by its name';
  },
  apply: (formula, around) => {
    if (isTrivial(formula)) return undefined;
    for (const definition of patternsOf(around.definitions).candidates(formula)) {
      if (isTrivial(definition.right) || definition.where.length > 0) continue;
      if (!around.isAllowed(definition.name)) continue;
      const whole = wholeFold(formula, definition, around);
      if (whole) return whole;
      const part = partialFold(formula, definition, around);
      if (part) return part;
    }
    return undefined;
  },
};

function wholeFold(
  formula: Formula,
  definition: Definition,
  around: Surroundings,
): Formula | undefined {
  if (definition.right.kind !== formula.kind) return undefined;
  const variables = definition.ranges.map((range) => range.index);
  const binding = instanceOf(definition.right, formula, variables);
  if (!binding || !mayStand(definition, binding, around)) return undefined;
  return headAt(definition, binding);
}

/** Several terms of a longer sum that together are the right side. */
function partialFold(
  formula: Formula,
  definition: Definition,
  around: Surroundings,
): Formula | undefined {
  const { right } = definition;
  if (formula.kind === 'multiply') return factorsFold(formula, definition, around);
  if (formula.kind !== 'add' || right.kind !== 'add') return undefined;
  if (formula.terms.length <= right.terms.length) return undefined;
  const open = new Map(definition.ranges.map((range) => [range.index, undefined] as const));
  for (const binding of bindingsBetween(right, formula, open)) {
    if (!mayStand(definition, binding, around)) continue;
    const wanted = right.terms.map((term) => canonicalKey(substitute(term, binding)));
    const left = [...formula.terms];
    let place = left.length;
    const found = wanted.every((key) => {
      const at = left.findIndex((term) => canonicalKey(term) === key);
      if (at < 0) return false;
      place = Math.min(place, at);
      left.splice(at, 1);
      return true;
    });
    if (!found) continue;
    left.splice(Math.min(place, left.length), 0, headAt(definition, binding));
    return add(...left);
  }
  return undefined;
}

const holdsSum = ({ factors }: MultiplyFormula): boolean =>
  factors.some((factor) => factor.kind === 'sum');

const isShare = ({ factors }: MultiplyFormula): boolean =>
  factors.filter((factor) => factor.kind !== 'number').length >= 3 &&
  factors.some(
    (factor) =>
      factor.kind === 'power' &&
      factor.base.kind === 'symbol' &&
      factor.exponent.kind === 'number' &&
      factor.exponent.value.s < 0n,
  );

/**
 * Several factors of a longer product that together are the right side, up to a number: only where
 * the right side holds a sum (a mean, say) or is a quotient of at least three names (a share of a
 * whole); a product of a few names is left as it is.
 */
function factorsFold(
  formula: Formula,
  definition: Definition,
  around: Surroundings,
): Formula | undefined {
  const { right } = definition;
  if (right.kind !== 'multiply' || !(holdsSum(right) || isShare(right))) return undefined;
  const value = monomial(formula);
  const open = new Map(definition.ranges.map((range) => [range.index, undefined] as const));
  for (const binding of bindingsBetween(right, formula, open)) {
    if (!mayStand(definition, binding, around)) continue;
    const wanted = monomial(substitute(right, binding));
    const holdsAll = wanted.parts.every((part) =>
      value.parts.some((own) => {
        const rest = own.exponent.sub(part.exponent);
        const sign = part.exponent.compare(0);
        return own.key === part.key && (sign > 0 ? rest.compare(0) >= 0 : rest.compare(0) <= 0);
      }),
    );
    if (!holdsAll) continue;
    const head = headAt(definition, binding);
    const parts = value.parts.flatMap((own) => {
      const taken = wanted.parts.find((part) => part.key === own.key);
      const exponent = taken ? own.exponent.sub(taken.exponent) : own.exponent;
      return exponent.equals(0) ? [] : [{ ...own, exponent }];
    });
    const rest = { coefficient: value.coefficient.div(wanted.coefficient), parts };
    return multiply(monomialFormula(rest), head);
  }
  return undefined;
}
