/** `draw`: the network as a picture, with values and gradients where the sheet gives the numbers. */
import { drawNetwork } from '../document/picture/drawn.js';
import { NotDrawn } from '../document/picture/instances.js';
import { type Known, nothingKnown } from '../document/picture/model.js';
import type { DrawView, ErrorView } from '../document/view.js';
import { derivative, type Formula, number, symbol } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import type { Statement } from '../read/statement.js';
import { lossOf } from './loss.js';
import type { Setting } from './session.js';
import { valueOfLowered } from './values.js';

type DrawStatement = Statement & { readonly kind: 'draw' };

/** The picture of the network as it stands at the statement; says why if there is none. */
export function answerDraw(statement: DrawStatement, setting: Setting): DrawView | ErrorView {
  const { line, column } = statement;
  try {
    const drawn = drawNetwork(setting.network, setting.display, knownOf(setting));
    return { kind: 'draw', line, ...drawn };
  } catch (problem) {
    if (!(problem instanceof NotDrawn)) throw problem;
    return { kind: 'error', line, column, message: `this cannot be drawn: ${problem.message}` };
  }
}

/** Numbers of entries, worked out when the picture asks for them. */
function knownOf(setting: Setting): Known {
  if (setting.network.givens.length === 0) return nothingKnown;
  const loss = lossIn(setting);
  const entry = (name: string, indices: readonly number[]) => symbol(name, indices.map(number));
  const numberOf = (body: Formula): number | undefined => {
    const lowered = { axes: [], row: false, body, free: [], guessed: [] };
    const value = valueOfLowered(lowered, setting);
    return typeof value === 'number' ? value : undefined;
  };
  return {
    value: (name, indices) => numberOf(entry(name, indices)),
    gradient: (name, indices) =>
      loss && (loss.kind !== 'symbol' || loss.name !== name)
        ? numberOf(derivative(loss, entry(name, indices)))
        : undefined,
  };
}

function lossIn({ network }: Setting): Formula | undefined {
  try {
    return lossOf(network);
  } catch (problem) {
    if (problem instanceof Unsupported) return undefined;
    throw problem;
  }
}
