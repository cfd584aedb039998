/** How long a formula is to read: leaves and operators; transposes and powers count half. */
import type { Formula } from '../expression/formula.js';
import { children } from '../expression/walk.js';

const inside = (formula: Formula): number =>
  children(formula).reduce((total, part) => total + lengthOf(part), 0);

/** Sum of terms and products side by side are free, as they are when reading. */
export function lengthOf(formula: Formula): number {
  switch (formula.kind) {
    case 'number':
      return formula.value.equals(-1) ? 0.5 : 1;
    case 'symbol':
    case 'derivative':
    case 'constant':
      return 1;
    case 'add':
    case 'multiply':
      return inside(formula);
    case 'power':
      return formula.exponent.kind === 'number'
        ? lengthOf(formula.base) + 0.5
        : lengthOf(formula.base) + lengthOf(formula.exponent);
    case 'operation':
      return inside(formula) + (formula.name === 'transpose' ? 0.5 : 1);
    default:
      return inside(formula) + 1;
  }
}
