/** The table of slips, in the order in which they are tried. */
import { extraFactorRows, missingFactorRows } from './factors.js';
import { indexRows } from './indices.js';
import { nameRows } from './names.js';
import { powerRows } from './powers.js';
import { shapeRows } from './shapes.js';
import { signRows } from './signs.js';
import type { SlipRow } from './slip.js';
import { primeRows, slopeRows } from './slopes.js';
import { sumRows } from './sums.js';
import { extraTermRows, missingTermRows } from './terms.js';

/**
 * The first row whose change makes the line hold is the slip that is told. The likeliest and the
 * smallest changes come first; two rows often repair the same line (a sign against a lost factor).
 */
export const slipTable: readonly SlipRow[] = [
  ...signRows,
  ...primeRows,
  ...indexRows,
  ...shapeRows,
  ...sumRows,
  ...powerRows,
  ...extraTermRows,
  ...extraFactorRows,
  ...slopeRows,
  ...missingFactorRows,
  ...missingTermRows,
  ...nameRows,
];
