/** Whether a written term of a pattern is the one expected. */
import { type Formula, one, rawMultiply } from '../expression/formula.js';
import { same, structureKey } from '../expression/same.js';
import { mapChildren } from '../expression/walk.js';

/** `w^0` may be written 1, and `w^1` w; sums and products are compared as they print. */
export function sameTerm(written: Formula, expected: Formula): boolean {
  if (same(written, expected)) return true;
  return structureKey(tidy(written)) === structureKey(tidy(expected));
}

function tidy(formula: Formula): Formula {
  const inner = mapChildren(formula, tidy);
  if (inner.kind === 'power' && inner.exponent.kind === 'number') {
    if (inner.exponent.value.equals(1)) return inner.base;
    if (inner.exponent.value.equals(0)) return one;
  }
  if (inner.kind === 'multiply') {
    const rest = inner.factors.filter(
      (factor) => !(factor.kind === 'number' && factor.value.equals(1)),
    );
    return rawMultiply(rest);
  }
  return inner;
}
