/**
 * Matrix form of an indexed formula.
 *
 * Candidates are made with brackets kept, with sums split over their terms, and multiplied out; the
 * shortest that the numbers confirm is the answer. The layout is that of the axes: rows first, so a gradient has the shape of
 * what it is taken by.
 */
import { type Bounds, type Formula, operation, rawMultiply } from '../expression/formula.js';
import { structureKey } from '../expression/same.js';
import { freeNames } from '../expression/walk.js';
import type { Lowered, Network } from '../network/network.js';
import { ones, transpose } from './build.js';
import { eliminate } from './eliminate.js';
import type { Scope } from './factors.js';
import { matrixFormula, NoMatrixForm, UNIT, type Value, valueFormula } from './matrix.js';
import { lengthOf } from './measure.js';
import {
  type Brackets,
  collapseDeltas,
  FreshNames,
  productTerms,
  rangeKey,
  recognise,
  recogniseIn,
} from './product-terms.js';
import { shorten } from './shorten.js';

/** Why there is no matrix form, as a sentence for the user. */
export interface Refusal {
  readonly reason: string;
}

/** Whether the numbers of a matrix form are those of the indexed formula. */
export type Confirm = (formula: Formula, lowered: Lowered) => boolean;

type Facts = Pick<Network, 'families' | 'layout'>;

function raiseWith(lowered: Lowered, facts: Facts, brackets: Brackets): Value {
  const fresh = new FreshNames(lowered.body);
  const scopeOver = (ranges: ReadonlyMap<string, Bounds>): Scope => ({
    ranges,
    isSymmetric: (name) => facts.families.get(name)?.symmetric === true,
    layout: facts.layout,
    upperSlots: (name) =>
      facts.families.get(name)?.slots.filter((slot) => slot.place === 'upper').length ?? 0,
    firstEntry: (name, place) => {
      const slots = facts.families.get(name)?.slots ?? [];
      const first = slots[place]?.bounds?.lower;
      return first && slots.every((slot) => !freeNames(first).has(slot.variable))
        ? first
        : undefined;
    },
    raise: (formula, axes, more) => value(formula, axes, new Map([...ranges, ...(more ?? [])])),
  });
  const value = (
    formula: Formula,
    axes: readonly string[],
    ranges: ReadonlyMap<string, Bounds>,
  ): Value => {
    const terms = productTerms(formula, brackets, fresh).map((term) => {
      const collapsed = recogniseIn(collapseDeltas(term, ranges));
      return eliminate(collapsed, axes, scopeOver(new Map([...ranges, ...collapsed.bound])));
    });
    const size = (axis: string | undefined) => {
      const bounds = axis === undefined ? undefined : ranges.get(axis);
      return bounds ? rangeKey(bounds) : UNIT;
    };
    return shorten({ rows: size(axes[0]), cols: size(axes[1]), terms });
  };
  const axes = lowered.axes.map((axis) => axis.index);
  return value(
    recognise(lowered.body),
    axes,
    new Map(lowered.axes.map((axis) => [axis.index, axis])),
  );
}

/** How much shorter a transpose around the whole must be, since it is harder to read. */
const OUTER_TRANSPOSE = 1;

/** The transpose, term by term. */
const turned = (value: Value): Value => ({
  rows: value.cols,
  cols: value.rows,
  terms: value.terms.map((term) => ({ ...term, matrix: term.matrix && transpose(term.matrix) })),
});

/** The formula of a value; in brackets with a transpose around them if that is clearly shorter. */
function shorterWay(value: Value): Formula {
  const straight = valueFormula(value);
  if (value.rows === UNIT || value.cols === UNIT) return straight;
  const [only] = value.terms;
  const inner = shorten(turned(value));
  const [single] = inner.terms;
  if (!only || !single) return straight;
  const around =
    inner.terms.length === 1
      ? rawMultiply([
          valueFormula({
            ...inner,
            terms: [{ ...single, matrix: undefined }],
            rows: UNIT,
            cols: UNIT,
          }),
          operation('transpose', matrixFormula(single.matrix ?? ones(inner.rows, inner.cols))),
        ])
      : operation('transpose', valueFormula(inner));
  return lengthOf(around) + OUTER_TRANSPOSE <= lengthOf(straight) ? around : straight;
}

/** All matrix forms found, shortest first, not yet confirmed by numbers; or the reason for none. */
export function candidates(lowered: Lowered, facts: Facts): readonly Formula[] | Refusal {
  if (lowered.axes.length > 2)
    return { reason: `the answer has ${lowered.axes.length} free indices; matrices have two` };
  const found: Formula[] = [];
  let reason = '';
  for (const brackets of ['kept', 'sums split', 'expanded'] as const) {
    try {
      const value = raiseWith(lowered, facts, brackets);
      found.push(lowered.row ? valueFormula(shorten(turned(value))) : shorterWay(value));
    } catch (problem) {
      if (!(problem instanceof NoMatrixForm)) throw problem;
      reason ||= problem.message;
    }
  }
  if (found.length === 0) return { reason };
  const distinct = new Map(found.map((formula) => [structureKey(formula), formula]));
  return [...distinct.values()].toSorted((left, right) => lengthOf(left) - lengthOf(right));
}

/** The shortest candidate that is confirmed; a refusal says why there is none. */
export function raiseConfirmed(
  lowered: Lowered,
  facts: Facts,
  confirm: Confirm,
): Formula | Refusal {
  const list = candidates(lowered, facts);
  if (!Array.isArray(list)) return list as Refusal;
  const confirmed = (list as readonly Formula[]).find((formula) => confirm(formula, lowered));
  return confirmed ?? { reason: 'no matrix form found agrees with the indexed form in numbers' };
}
