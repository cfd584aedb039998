/** A formula as a polynomial over atoms: what is not polynomial gets a name. */
import type { Formula } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';

/** Largest exponent written out; larger ones are atoms. */
const LARGEST_EXPONENT = 24;

/** A polynomial in the notation that computer algebra systems share. */
export interface Polynomial {
  readonly text: string;
  /** Whether all atoms are plain names: only then do unequal polynomials mean unequal values. */
  readonly plain: boolean;
}

/** Renames sub-formulas that are not polynomial to `q1`, `q2`, ..., the same ones alike. */
export function polynomialOver(formula: Formula): Polynomial {
  const names = new Map<string, string>();
  let plain = true;
  const atom = (part: Formula): string => {
    if (part.kind !== 'symbol') plain = false;
    const key = structureKey(part);
    const known = names.get(key) ?? `q${names.size + 1}`;
    names.set(key, known);
    return known;
  };
  const write = (part: Formula): string => {
    switch (part.kind) {
      case 'number':
        return `(${part.value.toFraction()})`;
      case 'add':
        return `(${part.terms.map(write).join('+')})`;
      case 'multiply':
        return part.factors.map(write).join('*');
      case 'power': {
        const { base, exponent } = part;
        const whole = exponent.kind === 'number' && exponent.value.d === 1n;
        const value = whole ? exponent.value.valueOf() : Number.NaN;
        return value >= 0 && value <= LARGEST_EXPONENT ? `(${write(base)})^${value}` : atom(part);
      }
      default:
        return atom(part);
    }
  };
  const text = write(formula);
  return { text, plain };
}
