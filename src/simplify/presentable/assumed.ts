/** Formulas rewritten by what the sheet assumes. */
import {
  type Condition,
  compare,
  type Formula,
  indicator,
  negate,
  one,
  zero,
} from '../../expression/formula.js';
import { substitute } from '../../expression/walk.js';
import type { Assumption } from '../../network/network.js';
import { takeAssumptions } from '../facts.js';
import { openSession } from '../normal-form.js';
import { isWithin } from '../ranges.js';
import { constantOf, isConstant } from '../term.js';
import { instanceOf } from './instances.js';
import type { PresentLaw, Surroundings } from './law.js';

const partsOf = (condition: Condition): readonly Condition[] =>
  condition.kind === 'and' ? condition.parts.flatMap(partsOf) : [condition];

/** The other side of an assumed equality whose left side this is. */
function byEquality(formula: Formula, around: Surroundings): Formula | undefined {
  if (formula.kind === 'number') return undefined;
  for (const assumption of around.assumptions)
    for (const part of partsOf(assumption.condition)) {
      if (part.kind !== 'compare' || part.relation !== '=') continue;
      // `1 = sum_k y_k` is used from the side that is not a number.
      const [left, right] =
        part.left.kind === 'number' ? [part.right, part.left] : [part.left, part.right];
      const variables = assumption.ranges.map((range) => range.index);
      const binding = instanceOf(left, formula, variables);
      if (!binding) continue;
      const inRange = assumption.ranges.every((range) => {
        const value = binding.get(range.index);
        return value === undefined || isWithin(value, range, around.known);
      });
      if (!inRange) continue;
      around.note(assumption);
      return substitute(right, binding);
    }
  return undefined;
}

/** An indicator, or a function with a kink, whose side is assumed. */
function bySign(formula: Formula, around: Surroundings): Formula | undefined {
  if (formula.kind === 'indicator') return decided(formula, around);
  if (formula.kind !== 'call' || formula.slots.length > 0) return undefined;
  const [u] = formula.args;
  if (!u) return undefined;
  const sides = KINKED.get(formula.name);
  if (!sides) return undefined;
  if (decided(indicator(compare(u, '>', zero)), around)?.kind === 'number') {
    const positive = decided(indicator(compare(u, '>', zero)), around);
    if (positive === one) return sides.above(u);
  }
  return decided(indicator(compare(u, '<', zero)), around) === one ? sides.below(u) : undefined;
}

const KINKED: ReadonlyMap<
  string,
  { readonly above: (u: Formula) => Formula; readonly below: (u: Formula) => Formula }
> = new Map([
  ['relu', { above: (u: Formula) => u, below: () => zero }],
  ['abs', { above: (u: Formula) => u, below: (u: Formula) => negate(u) }],
  ['sign', { above: () => one, below: () => negate(one) }],
]);

function decided(formula: Formula, around: Surroundings): Formula | undefined {
  const signs = around.assumptions.filter((assumption) =>
    partsOf(assumption.condition).some((part) => part.kind === 'compare' && part.relation !== '='),
  );
  if (signs.length === 0) return undefined;
  const session = openSession(
    { ranges: [...around.known.ranges].map(([index, range]) => ({ ...range, index })) },
    { functions: 'as atoms', ranges: 'kept', ends: 'kept' },
    [formula],
  );
  takeAssumptions(signs, session);
  session.used.clear();
  const value = session.normalise(formula);
  if (!isConstant(value)) return undefined;
  for (const assumption of session.used) around.note(assumption as Assumption);
  if (session.used.size === 0) return undefined;
  return constantOf(value).equals(0) ? zero : one;
}

/** Several conditions in a sentence. */
const listed = (conditions: readonly Condition[]): (string | Condition)[] =>
  conditions.flatMap((condition, place) => (place === 0 ? [condition] : [' and ', condition]));

export const assumptionLaw: PresentLaw = {
  name: 'assumption',
  because: 'by what was assumed',
  level: 'main',
  tell: (_before, _after, assumes) => ['since ', ...listed(assumes), ' is assumed'],
  apply: (formula, around) => {
    if (around.assumptions.length === 0) return undefined;
    return byEquality(formula, around) ?? bySign(formula, around);
  },
};
