/** Index formulas and sizes as whole numbers. */
import type { Formula } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { entryKey, UnknownSize } from './errors.js';
import { bindingOf, type Scope } from './scope.js';
import type { World } from './world.js';

/** The value of an affine formula of index letters and sizes. */
export function integer(formula: Formula, scope: Scope, world: Pick<World, 'size'>): number {
  switch (formula.kind) {
    case 'number':
      return formula.value.valueOf();
    case 'symbol': {
      if (formula.indices.length === 0) {
        const bound = bindingOf(scope, formula.name);
        if (bound?.index !== undefined) return bound.index;
      }
      const indices = formula.indices.map((index) => integer(index, scope, world));
      const size = world.size(formula.name, indices);
      if (size === undefined) throw new UnknownSize(entryKey(formula.name, indices));
      return size;
    }
    case 'add':
      return formula.terms.reduce((total, term) => total + integer(term, scope, world), 0);
    case 'multiply':
      return formula.factors.reduce((total, factor) => total * integer(factor, scope, world), 1);
    case 'power':
      return integer(formula.base, scope, world) ** integer(formula.exponent, scope, world);
    case 'call': {
      const args = formula.args.map((arg) => integer(arg, scope, world));
      if (formula.name === 'max') return Math.max(...args);
      if (formula.name === 'min') return Math.min(...args);
      if (formula.name === 'floor') return Math.floor(args[0] as number);
      if (formula.name === 'ceil') return Math.ceil(args[0] as number);
      throw new Unsupported(
        `${formula.name}(...) stands where a whole number is expected`,
        formula,
      );
    }
    default:
      throw new Unsupported(`a ${formula.kind} stands where a whole number is expected`, formula);
  }
}

/** The value of a bound, `undefined` where nothing fixes a size in it. */
export function boundValue(
  formula: Formula,
  scope: Scope,
  world: Pick<World, 'size'>,
): number | undefined {
  try {
    return integer(formula, scope, world);
  } catch (problem) {
    if (problem instanceof UnknownSize) return undefined;
    throw problem;
  }
}
