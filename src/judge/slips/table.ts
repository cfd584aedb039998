/** The table of slips, in the order in which they are tried. */
import { factorRows, nameRows, termRows } from './amounts.js';
import { indexRows, shapeRows, sumRows } from './indices.js';
import { derivativeRows, powerRows, signRows, slopeRows } from './signs.js';
import type { SlipRow } from './slip.js';

/**
 * The first row whose change makes the line hold is the slip that is told. The likeliest and the
 * smallest changes come first; two rows often repair the same line (a sign against a lost factor).
 */
export const slipTable: readonly SlipRow[] = [
  ...signRows,
  ...derivativeRows,
  ...indexRows,
  ...shapeRows,
  ...sumRows,
  ...powerRows,
  ...termRows.slice(0, 1),
  ...factorRows.slice(0, 1),
  ...slopeRows,
  ...factorRows.slice(1),
  ...termRows.slice(1),
  ...nameRows,
];
