/** A network drawn for pages and for papers. */
import type { Network } from '../../network/network.js';
import type { Display } from '../../write/display.js';
import { pictureOf } from './draw-network.js';
import { type Known, nothingKnown } from './model.js';
import { writeSvg } from './svg.js';
import { writeTikz } from './tikz.js';

export interface DrawnNetwork {
  readonly svg: string;
  readonly tikz: string;
}

/**
 * The network as SVG and as TikZ.
 * @param known values and gradients of entries, where there are any
 * @param sizes true sizes by structure key, where more is known than the network says
 * @throws NotDrawn if there is nothing to draw, with the reason
 */
export function drawNetwork(
  network: Network,
  display: Display,
  known: Known = nothingKnown,
  sizes: ReadonlyMap<string, number> = network.sizes,
): DrawnNetwork {
  const picture = pictureOf(network, display, known, sizes);
  return { svg: writeSvg(picture), tikz: writeTikz(picture) };
}
