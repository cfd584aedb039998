/** The picture that a document begins with, and the paths of its derivatives in it. */
import { type DrawnNetwork, type OpenPicture, openPicture } from '../document/picture/drawn.js';
import { type Slope, slopeOf } from '../document/picture/paths.js';
import type { ResultView } from '../document/view.js';
import { lower } from '../network/lower.js';
import type { Ask, Statement } from '../read/statement.js';
import { definitionOf } from '../simplify/unfold.js';
import type { Setting } from './session.js';

/** A sheet's statements with what they were answered by. */
export interface Answered {
  readonly statement: Statement;
  readonly results: readonly ResultView[];
}

export interface PicturedSheet {
  /** The network of the sheet as its last statement sees it; nothing if the sheet draws it itself. */
  readonly picture?: DrawnNetwork;
  /** The results, those of derivatives with their paths in the picture. */
  readonly results: readonly ResultView[];
}

/** What is drawn of a sheet; nothing if it cannot be drawn. */
export function pictureSheet(
  answered: readonly Answered[],
  settingOf: (statement: Statement) => Setting,
): PicturedSheet {
  const drawn = answered.findLast(({ results }) => results.some(({ kind }) => kind === 'draw'));
  const last = drawn ?? answered.findLast(({ statement }) => statement.kind !== 'error');
  const results = answered.flatMap((one) => one.results);
  try {
    if (!last) return { results };
    const setting = settingOf(last.statement);
    const picture = openPicture(setting.network, setting.display);
    const asks = answered.some(({ statement }) => statement.kind === 'draw');
    if (asks && !drawn) return { results };
    return {
      ...(asks ? {} : { picture: picture.drawn() }),
      results: answered.flatMap((one) =>
        one === drawn
          ? one.results.map((result) =>
              result.kind === 'draw' ? { ...result, fitsPaths: true } : result,
            )
          : withPaths(one, picture, setting),
      ),
    };
  } catch (problem) {
    // What is wrong with the sheet, or why it cannot be drawn, is told by the statements that ask.
    if (problem instanceof Error) return { results };
    throw problem;
  }
}

/** What a `find` was answered by, each derivative with its paths. */
function withPaths(
  { statement, results }: Answered,
  picture: OpenPicture,
  setting: Setting,
): readonly ResultView[] {
  if (statement.kind !== 'find' || results.length !== statement.asks.length) return results;
  return results.map((result, place): ResultView => {
    const ask = statement.asks[place];
    if (result.kind !== 'find' || !ask) return result;
    try {
      const slope = slopeOfAsk(ask, setting);
      const paths = slope && picture.paths(slope);
      return paths ? { ...result, paths } : result;
    } catch (problem) {
      // A later line of the sheet may not fit this ask: it is answered, but not drawn.
      if (problem instanceof Error) return result;
      throw problem;
    }
  });
}

/** The derivative that is asked for, by its own spelling or by a name (`delta^l_j`). */
export function slopeOfAsk(ask: Ask, { network }: Setting): Slope | undefined {
  const { axes, free, body } = lower(ask.formula, network);
  const indices = new Set([...axes, ...free].map(({ index }) => index));
  const named = body.kind === 'symbol' ? definitionOf(body, network.definitions) : undefined;
  return slopeOf(named ?? body, indices);
}
