/** Numbers of closed formulas (no names in them), for signs. */
import type { Formula } from '../../expression/formula.js';
import { functionTable } from '../../expression/functions.js';

/** The floating-point number of a formula of constants; `undefined` where a name stands in it. */
export function numberOf(formula: Formula): number | undefined {
  switch (formula.kind) {
    case 'number':
      return formula.value.valueOf();
    case 'constant':
      return formula.name === 'pi' ? Math.PI : undefined;
    case 'add':
      return combined(formula.terms, (numbers) => numbers.reduce((total, n) => total + n, 0));
    case 'multiply':
      return combined(formula.factors, (numbers) => numbers.reduce((total, n) => total * n, 1));
    case 'power':
      return combined(
        [formula.base, formula.exponent],
        ([base, exponent]) => (base as number) ** (exponent as number),
      );
    case 'call': {
      const row = formula.slots.length === 0 ? functionTable.get(formula.name) : undefined;
      return row && combined(formula.args, (numbers) => row.value(...numbers));
    }
    default:
      return undefined;
  }
}

function combined(
  parts: readonly Formula[],
  combine: (numbers: readonly number[]) => number,
): number | undefined {
  const numbers: number[] = [];
  for (const part of parts) {
    const value = numberOf(part);
    if (value === undefined) return undefined;
    numbers.push(value);
  }
  return combine(numbers);
}
