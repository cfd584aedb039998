/** The picture that a document begins with, where its author asked for none. */
import { type DrawnNetwork, drawNetwork } from '../document/picture/drawn.js';
import { NotDrawn } from '../document/picture/instances.js';
import { nothingKnown } from '../document/picture/model.js';
import type { Statement } from '../read/statement.js';
import type { Setting } from './session.js';

/**
 * The network of a sheet as its last statement sees it; nothing if the sheet draws it itself, or if
 * it cannot be drawn.
 */
export function pictureOfSheet(
  statements: readonly Statement[],
  settingOf: (statement: Statement) => Setting,
): DrawnNetwork | undefined {
  const last = statements.findLast(({ kind }) => kind !== 'error');
  if (!last || statements.some(({ kind }) => kind === 'draw')) return undefined;
  try {
    const { network, display } = settingOf(last);
    return drawNetwork(network, display, nothingKnown);
  } catch (problem) {
    // What is wrong with the sheet is told by the statements that ask.
    if (problem instanceof NotDrawn || problem instanceof Error) return undefined;
    throw problem;
  }
}
