/** Tidying: arithmetic with numbers, nothing else. */
import {
  add,
  type Formula,
  isNumber,
  minusOne,
  multiply,
  number,
  one,
  power,
  sum,
  symbol,
  zero,
} from '../expression/formula.js';
import { mapChildren } from '../expression/walk.js';
import type { Law } from '../rewrite/law.js';

function tidyNode(formula: Formula): Formula {
  switch (formula.kind) {
    case 'add':
      return formula.terms.some(({ kind }) => kind === 'number' || kind === 'add')
        ? add(...formula.terms)
        : formula;
    case 'multiply':
      return formula.factors.some(({ kind }) => kind === 'number' || kind === 'multiply')
        ? multiply(...formula.factors)
        : formula;
    case 'power':
      return power(formula.base, formula.exponent);
    case 'sum':
      return isNumber(formula.body, 0) && formula.bounds ? zero : formula;
    case 'product':
      return isNumber(formula.body, 1) && formula.bounds ? one : formula;
    default:
      return formula;
  }
}

/**
 * Works out numbers: constants folded, zeros and ones dropped, sums of zero dropped. Derivatives not
 * yet taken are left as they are, parts that do not change are the same objects as before.
 */
export function tidy(formula: Formula): Formula {
  const remembered = new Map<Formula, Formula>();
  const visit = (part: Formula): Formula => {
    if (part.kind === 'derivative' || part.kind === 'number') return part;
    if (part.kind === 'symbol' && part.indices.length === 0) return part;
    const known = remembered.get(part);
    if (known) return known;
    const visited = mapChildren(part, visit);
    const tidied = tidyNode(visited);
    const result = unchanged(visited, tidied) ? visited : tidied;
    remembered.set(part, result);
    return result;
  };
  return visit(formula);
}

/** Whether a constructor only made a copy. */
function unchanged(before: Formula, after: Formula): boolean {
  if (before.kind === 'add' && after.kind === 'add') return sameParts(before.terms, after.terms);
  if (before.kind === 'multiply' && after.kind === 'multiply')
    return sameParts(before.factors, after.factors);
  if (before.kind === 'power' && after.kind === 'power')
    return before.base === after.base && before.exponent === after.exponent;
  return before === after;
}

/** Numbers are compared by value: folding makes new ones. */
const sameParts = (left: readonly Formula[], right: readonly Formula[]): boolean =>
  left.length === right.length &&
  left.every((part, place) => {
    const other = right[place] as Formula;
    return (
      part === other ||
      (part.kind === 'number' && other.kind === 'number' && part.value.equals(other.value))
    );
  });

export const tidyLaw: Law = {
  name: 'arithmetic',
  statement: 'numbers are worked out, zeros and ones are dropped',
  example: add(multiply(minusOne, symbol('x')), sum('k', { lower: one, upper: number(2) }, zero)),
  apply(formula) {
    const after = tidy(formula);
    return after === formula ? undefined : { after, bindings: new Map(), assumes: [] };
  },
};
