/** Two names of one quantity in one product: the later name stands for both, so that they cancel. */
import { type Formula, symbol } from '../../expression/formula.js';
import { freeNames, mapChildren, substitute } from '../../expression/walk.js';
import type { Definition } from '../../network/network.js';
import { tidyIndex } from '../affine.js';
import { mayStand } from './fold.js';
import { instanceOf } from './instances.js';
import type { PresentLaw, Surroundings } from './law.js';

/** Whether a definition only gives another name: `yhat_j = a^L_j`. */
const isAlias = ({ right, where }: Definition): boolean =>
  right.kind === 'symbol' && right.indices.length > 0 && where.length === 0;

/** Every entry that the definition gives another name, by that name; derivatives by it stay. */
function renamed(formula: Formula, definition: Definition, around: Surroundings): Formula {
  const { right, name, head, ranges } = definition;
  if (formula.kind === 'derivative') return formula;
  if (formula.kind === 'symbol' && right.kind === 'symbol' && formula.name === right.name) {
    const variables = ranges.map((range) => range.index);
    const binding = instanceOf(right, formula, variables);
    if (!binding || !mayStand(definition, binding, around)) return formula;
    return symbol(
      name,
      head.map((index) => tidyIndex(substitute(index, binding))),
    );
  }
  return mapChildren(formula, (part) => renamed(part, definition, around));
}

export const oneName: PresentLaw = {
  name: 'one-name',
  because: 'two names of one quantity are one',
  level: 'detail',
  apply: (formula, around) => {
    if (formula.kind !== 'multiply') return undefined;
    const names = freeNames(formula);
    for (const definition of around.definitions) {
      const { name, right } = definition;
      if (!isAlias(definition) || right.kind !== 'symbol') continue;
      if (!names.has(name) || !names.has(right.name) || !around.isAllowed(name)) continue;
      const after = renamed(formula, definition, around);
      if (after !== formula) return after;
    }
    return undefined;
  },
};
