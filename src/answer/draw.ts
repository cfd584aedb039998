/** `draw`: the network as a picture, with values and gradients where the sheet gives the numbers. */
import { openPicture } from '../document/picture/drawn.js';
import { NotDrawn } from '../document/picture/instances.js';
import { type Known, nothingKnown } from '../document/picture/model.js';
import type { Slope } from '../document/picture/paths.js';
import type { DrawView, ErrorView } from '../document/view.js';
import { derivative, type Formula, number, symbol } from '../expression/formula.js';
import { Unsupported } from '../expression/unsupported.js';
import type { Ask, Statement } from '../read/statement.js';
import { lossOf } from './loss.js';
import { slopeOfAsk } from './picture.js';
import type { Setting } from './session.js';
import { valueOfLowered } from './values.js';

type DrawStatement = Statement & { readonly kind: 'draw' };

/**
 * The picture of the network as it stands at the statement, with the paths of a derivative marked
 * where one is named; says why if there is none.
 */
export function answerDraw(statement: DrawStatement, setting: Setting): DrawView | ErrorView {
  const { line, column } = statement;
  try {
    const picture = openPicture(setting.network, setting.display, knownOf(setting));
    const slope = statement.ask && slopeAsked(statement.ask, setting);
    if (slope && picture.paths(slope) === undefined)
      throw new NotDrawn(`no path of ${statement.ask?.source} is in the picture`);
    return { kind: 'draw', line, ...picture.drawn(slope) };
  } catch (problem) {
    if (!(problem instanceof NotDrawn)) throw problem;
    return { kind: 'error', line, column, message: `this cannot be drawn: ${problem.message}` };
  }
}

function slopeAsked(ask: Ask, setting: Setting): Slope {
  const slope = slopeOfAsk(ask, setting);
  if (slope) return slope;
  throw new NotDrawn(
    `expected one derivative, whose paths are marked, such as "draw dC/dw"; met ${ask.source}`,
  );
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
