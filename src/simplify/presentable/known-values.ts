/** Functions at known places, inverse pairs, decided conditions. */
import { scaled } from '../../expression/affine.js';
import {
  type Formula,
  number,
  one,
  type Relation,
  subtract,
  zero,
} from '../../expression/formula.js';
import { affine, difference } from '../affine.js';
import { isNonNegative } from '../ranges.js';
import type { PresentLaw, Surroundings } from './law.js';

/** Exact values of functions. */
const values: ReadonlyMap<string, Formula> = new Map<string, Formula>([
  ['exp 0', one],
  ['log 1', zero],
  ['sin 0', zero],
  ['cos 0', one],
  ['tan 0', zero],
  ['tanh 0', zero],
  ['sinh 0', zero],
  ['cosh 0', one],
  ['sigmoid 0', number('1/2')],
  ['sqrt 0', zero],
  ['sqrt 1', one],
  ['sqrt 4', number(2)],
  ['sqrt 9', number(3)],
]);

const knownValues: PresentLaw = {
  name: 'known-value',
  because: 'the value of the function there is known',
  level: 'detail',
  apply: (formula) => {
    if (formula.kind !== 'call' || formula.slots.length > 0 || formula.indices.length > 0)
      return undefined;
    const [first] = formula.args;
    if (first?.kind !== 'number') return undefined;
    const value = values.get(`${formula.name} ${first.value.toFraction()}`);
    if (value) return value;
    const positive = first.value.compare(0) > 0;
    if (formula.name === 'relu') return positive ? first : zero;
    if (formula.name === 'abs') return number(first.value.abs());
    return undefined;
  },
};

const inversePairs: PresentLaw = {
  name: 'log-and-exp',
  because: 'logarithm and exponential undo each other',
  level: 'detail',
  apply: (formula) => {
    if (formula.kind !== 'call' || formula.slots.length > 0) return undefined;
    const [first] = formula.args;
    if (first?.kind !== 'call' || first.slots.length > 0) return undefined;
    const pair = `${formula.name} ${first.name}`;
    return pair === 'log exp' || pair === 'exp log' ? first.args[0] : undefined;
  },
};

const holds = (gap: number, relation: Relation): boolean => {
  switch (relation) {
    case '=':
      return gap === 0;
    case '!=':
      return gap !== 0;
    case '<':
      return gap < 0;
    case '<=':
      return gap <= 0;
    case '>':
      return gap > 0;
    case '>=':
      return gap >= 0;
  }
};

const decidedConditions: PresentLaw = {
  name: 'decided-condition',
  because: 'whether the condition holds is known',
  level: 'detail',
  apply: (formula, around) => {
    if (formula.kind === 'delta') return decidedDelta(formula.left, formula.right, around);
    if (formula.kind !== 'indicator' || formula.when.kind !== 'compare') return undefined;
    const gap = affine(subtract(formula.when.left, formula.when.right));
    if (gap.parts.size > 0) return undefined;
    return holds(gap.constant.compare(0), formula.when.relation) ? one : zero;
  },
};

function decidedDelta(left: Formula, right: Formula, around: Surroundings): Formula | undefined {
  const gap = difference(left, right);
  if (gap.parts.size === 0) return gap.constant.equals(0) ? one : zero;
  const apart = { ...gap, constant: gap.constant.sub(1) };
  const below = { ...scaled(gap, -1), constant: gap.constant.neg().sub(1) };
  return isNonNegative(apart, around.known) || isNonNegative(below, around.known)
    ? zero
    : undefined;
}

export const knownValueLaws: readonly PresentLaw[] = [knownValues, inversePairs, decidedConditions];
