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
import { Dependence, EntryDependence } from './dependence.js';
import { rowOf, slopeOf } from './slopes.js';
import { tidy } from './tidy.js';

/**
 * The derivative of a core formula by one entry of a family. All other symbols are held fixed;
 * `x[e]` by `x[i]` is the product of `delta(e_t, i_t)`. A derivative not yet taken inside the
 * formula stays: it becomes the derivative of that derivative.
 *
 * @param options conventions at kinks (`relu'(0)`), and the functions that the sheet declares
 * @throws Unsupported for surface formulas, derivatives by an index, entries whose number of
 *   indices differs, and formulas nested too deeply
 */
export function differentiate(body: Formula, by: SymbolFormula, options: LawContext = {}): Formula {
  refuseWhole(by);
  const depends = new Dependence(by);
  const visit = (part: Formula): Formula =>
    staysUntaken(part) ? derivative(part, by) : chosenRow(part, taking)[1].after;
  const taking: Taking = takingOf(by, depends, options, remembering(visit));
  return refuseDepth(body, () => tidy(taking.inner(body)));
}

/** Parts are shared, so each is taken once. */
function remembering(take: (part: Formula) => Formula): (part: Formula) => Formula {
  const known = new Map<Formula, Formula>();
  return (part) => {
    const remembered = known.get(part);
    if (remembered) return remembered;
    const result = take(part);
    known.set(part, result);
    return result;
  };
}

/** Formulas nested beyond what the machine's stack holds (some hundreds deep) are said to be so. */
function refuseDepth<T>(formula: Formula, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof RangeError)
      throw new Unsupported(
        'the formula is nested too deeply; give its inner parts names',
        formula,
      );
    throw error;
  }
}

/**
 * The same by an entry whose indices are numbers, in a formula in which all indices are: other
 * entries are constant. `own` is what stands for the derivative of the entry by itself.
 *
 * @throws Unsupported as `differentiate` does
 */
export function differentiateEntry(
  body: Formula,
  by: SymbolFormula,
  own: Formula,
  options: LawContext = {},
): Formula {
  const depends = new EntryDependence(by);
  const visit = (part: Formula): Formula => {
    if (part.kind === 'symbol' && depends.on(part)) return own;
    return chosenRow(part, taking)[1].after;
  };
  const taking: Taking = takingOf(by, depends, options, remembering(visit));
  return refuseDepth(body, () => tidy(taking.inner(body)));
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
 * A function with derivatives taken, written out: `tanh'(u)` is `1 - tanh(u)^2`, and `g'(u)` what
 * the sheet's formula of g says. `undefined` for functions of which no formula is known.
 */
export function writtenOut(of: CallFormula, context: LawContext = {}): Formula | undefined {
  const { slots } = of;
  if (slots.length === 0) return undefined;
  const known = slopesKnown(of, context) ?? slopesDeclared(of, context);
  if (!known) return undefined;
  const { parameters, formula, left } = known;
  const last = left.reduce(
    (taken, slot) => differentiate(taken, symbol(parameters[slot.argument] ?? ''), context),
    formula,
  );
  const places = parameters.map((name, place): [string, Formula] => [
    name,
    of.args[place] ?? symbol(name),
  ]);
  return substitute(last, new Map(places));
}

/** A formula in parameters, and the derivatives that are left to take of it. */
interface Slopes {
  readonly parameters: readonly string[];
  readonly formula: Formula;
  readonly left: CallFormula['slots'];
}

/** The row's own text for the first derivative, so that it stays in the function itself. */
function slopesKnown(of: CallFormula, context: LawContext): Slopes | undefined {
  const row = rowOf(of.name, context);
  const [first, ...left] = of.slots;
  if (!row || !first || of.args.length !== row.parameters.length) return undefined;
  const { parameters } = row;
  const inParameters = parameters.map((name) => symbol(name));
  const formula = slopeOf(row, inParameters, first.argument, context);
  return formula && { parameters, formula, left };
}

function slopesDeclared(of: CallFormula, context: LawContext): Slopes | undefined {
  const declared = context.functions?.get(of.name);
  if (!declared?.body || of.indices.length > 0) return undefined;
  if (of.args.length !== declared.parameters.length) return undefined;
  return { parameters: declared.parameters, formula: declared.body, left: of.slots };
}

function refuseWhole(by: SymbolFormula): void {
  if (by.indices.some((index) => index.kind === 'whole'))
    throw new Unsupported(`${by.name} stands for a whole family; name the entry to derive by`, by);
}
