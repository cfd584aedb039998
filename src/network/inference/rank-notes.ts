/** Taking note of the quantities that a formula names, and of the indices written at them. */
import type { Condition, Formula } from '../../expression/formula.js';
import { boundNames } from '../../expression/walk.js';
import { powerName } from '../indexing/indexed.js';
import type { RankTable } from './rank-table.js';

/** What is known of names while ranks are inferred. */
export interface Noted {
  readonly table: RankTable;
  /** Names written as a power (`h^2`) that are names of their own. */
  readonly powers: ReadonlySet<string>;
  /** Names of functions, which are no quantities. */
  readonly functions: ReadonlySet<string>;
}

/** Takes note of every quantity in a formula; `bound` are indices and parameters. */
export function noteQuantities(formula: Formula, bound: ReadonlySet<string>, known: Noted): void {
  const inside = new Set([...bound, ...boundNames(formula)]);
  switch (formula.kind) {
    case 'symbol':
      if (!bound.has(formula.name) && !known.functions.has(formula.name))
        known.table.meet(formula, false);
      return;
    case 'power': {
      const named = powerName(formula);
      if (named && known.powers.has(named)) return;
      noteQuantities(formula.base, bound, known);
      noteQuantities(formula.exponent, bound, known);
      return;
    }
    case 'call':
      for (const part of formula.args) noteQuantities(part, bound, known);
      return;
    case 'sum':
    case 'product':
      noteQuantities(formula.body, inside, known);
      return;
    case 'delta':
      return;
    case 'indicator':
      noteCondition(formula.when, bound, known);
      return;
    case 'cases':
      for (const branch of formula.branches) noteQuantities(branch.value, bound, known);
      if (formula.otherwise) noteQuantities(formula.otherwise, bound, known);
      return;
    case 'operation':
      // Behind the first argument stand indices, or the number that `w^T` may be raised to.
      if (formula.name === 'entry' || formula.name === 'transpose') {
        if (formula.args[0]) noteQuantities(formula.args[0], bound, known);
        return;
      }
      for (const part of formula.args) noteQuantities(part, bound, known);
      return;
    case 'add':
      for (const part of formula.terms) noteQuantities(part, bound, known);
      return;
    case 'multiply':
      for (const part of formula.factors) noteQuantities(part, bound, known);
      return;
    case 'derivative':
      noteQuantities(formula.of, bound, known);
      noteQuantities(formula.by, bound, known);
      return;
    default:
      return;
  }
}

function noteCondition(condition: Condition, bound: ReadonlySet<string>, known: Noted): void {
  if (condition.kind === 'compare') {
    noteQuantities(condition.left, bound, known);
    noteQuantities(condition.right, bound, known);
  } else if (condition.kind !== 'member')
    for (const part of condition.parts) noteCondition(part, bound, known);
}
