/** Index arithmetic with concrete sizes. */
import { type Formula, number, symbol } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { Unsupported } from '../expression/unsupported.js';
import type { Network } from './network.js';

/** Values of index variables. */
export type IndexValues = ReadonlyMap<string, number>;

/**
 * The whole number of an index or size formula. Throws `Unsupported` if a size in it has no number
 * in the sheet.
 */
export function integerOf(formula: Formula, network: Network, values: IndexValues): number {
  const visit = (part: Formula): number => integerOf(part, network, values);
  switch (formula.kind) {
    case 'number':
      return formula.value.valueOf();
    case 'symbol': {
      const own = formula.indices.length === 0 ? values.get(formula.name) : undefined;
      if (own !== undefined) return own;
      const at = symbol(
        formula.name,
        formula.indices.map((index) => number(visit(index))),
      );
      const size = network.sizes.get(structureKey(at));
      if (size !== undefined) return size;
      throw new Unsupported(
        'a number is needed for this size; give it (L = 3) or the shapes that fix it',
        at,
      );
    }
    case 'add':
      return formula.terms.map(visit).reduce((total, term) => total + term, 0);
    case 'multiply':
      return formula.factors.map(visit).reduce((total, factor) => total * factor, 1);
    case 'power':
      return visit(formula.base) ** visit(formula.exponent);
    case 'call':
      if (formula.name === 'max') return Math.max(...formula.args.map(visit));
      if (formula.name === 'min') return Math.min(...formula.args.map(visit));
      throw new Unsupported('this is not an index', formula);
    default:
      throw new Unsupported('this is not an index', formula);
  }
}
