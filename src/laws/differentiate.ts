/** The local derivative of a core formula: every symbol but those of one family is constant. */
import {
  type CallFormula,
  derivative,
  type Formula,
  type SymbolFormula,
  symbol,
} from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { substitute } from '../expression/walk.js';
import type { LawContext } from '../rewrite/law.js';
import type { DerivativeRow, Taken, Taking } from './calculus/row.js';
import { derivativeRows } from './calculus/rows.js';
import { Dependence } from './dependence.js';
import { parametersAs } from './rowFormulas.js';
import { rowOf, slopeOf } from './slopes.js';
import { tidy } from './tidy.js';

/**
 * The derivative of a core formula by one entry of a family. All other symbols are held fixed;
 * `x[e]` by `x[i]` is the product of `delta(e_t, i_t)`. A derivative not yet taken inside the
 * formula stays: it becomes the derivative of that derivative.
 *
 * @param options conventions at kinks (`relu'(0)`), and the functions that the sheet declares
 * @throws Unsupported for surface formulas, derivatives by an index, and entries whose number of
 *   indices differs
 */
export function differentiate(body: Formula, by: SymbolFormula, options: LawContext = {}): Formula {
  refuseWhole(by);
  const depends = new Dependence(by);
  const known = new Map<Formula, Formula>();
  const visit = (part: Formula): Formula => {
    const remembered = known.get(part);
    if (remembered) return remembered;
    const result = staysUntaken(part) ? derivative(part, by) : chosenRow(part, taking)[1].after;
    known.set(part, result);
    return result;
  };
  const taking: Taking = takingOf(by, depends, options, visit);
  return tidy(visit(body));
}

/** Derivatives through definitions are not for local laws to take. */
export const staysUntaken = (formula: Formula): boolean => formula.kind === 'derivative';

/** What rules need, with a choice of what `inner` does: take the derivative, or leave it to do. */
export function takingOf(
  by: SymbolFormula,
  depends: Dependence,
  context: LawContext,
  inner: (part: Formula) => Formula,
): Taking {
  return { by, depends, context, inner, writtenOut: (of) => writtenOut(of, context) };
}

/** The first rule that takes the derivative of a formula, and what it makes of it. */
export function chosenRow(of: Formula, taking: Taking): readonly [DerivativeRow, Taken] {
  for (const row of derivativeRows) {
    const taken = row.take(of, taking);
    if (taken) return [row, taken];
  }
  throw new Unsupported(`no law takes the derivative of a formula of kind ${of.kind}`, of);
}

/**
 * A known function with derivatives taken, written out: `tanh'(u)` is `1 - tanh(u)^2`.
 * `undefined` for functions that are not known.
 */
export function writtenOut(of: CallFormula, context: LawContext = {}): Formula | undefined {
  const row = rowOf(of.name, context);
  const [first, ...rest] = of.slots;
  if (!row || !first) return undefined;
  const parameters = row.parameters.map((name) => symbol(name));
  const slope = slopeOf(row, parameters, first.argument, context);
  if (!slope) return undefined;
  const last = rest.reduce(
    (formula, slot) => differentiate(formula, parameters[slot.argument] as SymbolFormula, context),
    slope,
  );
  return substitute(last, parametersAs(row, of.args));
}

function refuseWhole(by: SymbolFormula): void {
  if (by.indices.some((index) => index.kind === 'whole'))
    throw new Unsupported(`${by.name} stands for a whole family; name the entry to derive by`, by);
}
