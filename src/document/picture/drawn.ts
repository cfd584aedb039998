/** A network drawn for pages and for papers. */
import type { Network } from '../../network/network.js';
import type { Display } from '../../write/display.js';
import { pictureOf } from './draw-network.js';
import { type Known, nothingKnown, type Paths, type Picture } from './model.js';
import { pathsOf, type Slope } from './paths.js';
import { writePaths, writeSvg } from './svg.js';
import { writeTikz } from './tikz.js';

export interface DrawnNetwork {
  readonly svg: string;
  readonly tikz: string;
}

/** A network whose picture can be written, with the paths of a derivative marked or without. */
export interface OpenPicture {
  /** The whole picture. */
  readonly drawn: (slope?: Slope) => DrawnNetwork;
  /** SVG of the paths of a derivative alone, to be laid below the picture; nothing if there are none. */
  readonly paths: (slope: Slope) => string | undefined;
}

/**
 * The network as SVG and as TikZ.
 * @param known values and gradients of entries, where there are any
 * @param sizes true sizes by structure key, where more is known than the network says
 * @throws NotDrawn if there is nothing to draw, with the reason
 */
export function openPicture(
  network: Network,
  display: Display,
  known: Known = nothingKnown,
  sizes: ReadonlyMap<string, number> = network.sizes,
): OpenPicture {
  const picture: Picture = pictureOf(network, display, known, sizes);
  const paths = (slope: Slope): Paths | undefined => pathsOf(slope, picture);
  return {
    drawn: (slope) => {
      const marked = slope && paths(slope);
      return { svg: writeSvg(picture, marked), tikz: writeTikz(picture, marked) };
    },
    paths: (slope) => {
      const found = paths(slope);
      return found && writePaths(picture, found);
    },
  };
}
