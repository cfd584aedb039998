/** Numbers where the sheet gives what is needed. */
import type { ValueView } from '../document/view.js';
import type { Formula } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import { lower } from '../network/lower.js';
import type { Lowered } from '../network/network.js';
import { CyclicDefinition, IndexOutOfRange } from '../numeric/errors.js';
import { TapeFull } from '../numeric/tape.js';
import { values } from '../numeric/values.js';
import type { Setting } from './session.js';

/** The value of a lowered formula, if every number that it needs is given. */
export function valueOfLowered(lowered: Lowered, setting: Setting): ValueView | undefined {
  try {
    const value = values(lowered, setting.network);
    return value !== undefined && allFinite(value) ? value : undefined;
  } catch (problem) {
    const expected =
      problem instanceof Unsupported ||
      problem instanceof IndexOutOfRange ||
      problem instanceof CyclicDefinition ||
      problem instanceof TapeFull;
    if (expected) return undefined;
    throw problem;
  }
}

/** The value of a surface formula, if every number that it needs is given. */
export const valueOfFormula = (formula: Formula, setting: Setting): ValueView | undefined =>
  valueOfLowered(lower(formula, setting.network), setting);

function allFinite(value: ValueView): boolean {
  return typeof value === 'number' ? Number.isFinite(value) : value.every(allFinite);
}
