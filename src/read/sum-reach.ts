/**
 * How far a sum of a definition reaches. By rule it ends at the next plus; but in
 * `\sum_i y_i \log p_i + (1 - y_i) \log(1 - p_i)` the letter behind the plus would stand for nothing,
 * so the terms with it belong to the sum.
 */
import {
  type BoundFormula,
  bound,
  type Formula,
  rawAdd,
  rawMultiply,
} from '../expression/formula.js';
import { boundNames, children, freeNames, mapChildren } from '../expression/walk.js';

/** The formula, and the letters of the sums that reach further than the rule says. */
export interface Reaching {
  readonly formula: Formula;
  readonly letters: readonly string[];
}

/** @param known letters that stand for something outside of the sums: on the left side, in a range */
export function withSumsReaching(formula: Formula, known: ReadonlySet<string>): Reaching {
  const letters = new Set<string>();
  const visit = (part: Formula, outside: ReadonlySet<string>): Formula => {
    const inside = new Set([...outside, ...boundNames(part)]);
    const mapped = mapChildren(part, (child) => visit(child, inside));
    return mapped.kind === 'add' ? rawAdd(absorbed(mapped.terms, outside, letters)) : mapped;
  };
  const reached = visit(formula, known);
  return { formula: letters.size > 0 ? reached : formula, letters: [...letters] };
}

function absorbed(
  terms: readonly Formula[],
  known: ReadonlySet<string>,
  letters: Set<string>,
): readonly Formula[] {
  const done: Formula[] = [];
  let at = 0;
  while (at < terms.length) {
    const term = terms[at] as Formula;
    at += 1;
    const last = lastSum(term);
    const own = last && !known.has(last.index) ? indexAt(last.index) : undefined;
    let end = at;
    while (own && end < terms.length && own(terms[end] as Formula)) end += 1;
    const isClear = own !== undefined && end > at && !terms.slice(end).some(own);
    if (!last || !isClear) {
      done.push(term);
      continue;
    }
    letters.add(last.index);
    const body = rawAdd([last.body, ...terms.slice(at, end)]);
    const whole = bound(last.kind, last.index, last.bounds, body, last.where);
    done.push(
      term.kind === 'multiply' ? rawMultiply([...term.factors.slice(0, -1), whole]) : whole,
    );
    at = end;
  }
  return done;
}

/** The sum at the end of a term. */
function lastSum(term: Formula): (BoundFormula & { readonly kind: 'sum' }) | undefined {
  const last = term.kind === 'multiply' ? term.factors.at(-1) : term;
  return last?.kind === 'sum' ? (last as BoundFormula & { readonly kind: 'sum' }) : undefined;
}

/** Whether a formula has the letter as an index that nothing in it binds. */
function indexAt(letter: string): (formula: Formula) => boolean {
  const isIn = (formula: Formula): boolean => {
    if (!freeNames(formula).has(letter)) return false;
    if (formula.kind === 'symbol')
      return formula.indices.some((index) => freeNames(index).has(letter));
    return children(formula).some(isIn);
  };
  return isIn;
}
