/** All laws of differentiation, in the order in which they are tried. */

import { basicRows, quotient } from './basic.js';
import { boundRows } from './bounds.js';
import { callRows } from './calls.js';
import { familyRows } from './families.js';
import type { DerivativeRow } from './row.js';

/** Those that a derivative is taken by. */
export const derivativeRows: readonly DerivativeRow[] = [
  ...basicRows,
  ...callRows,
  ...boundRows,
  ...familyRows,
];

/** Those that only a person may use. */
export const furtherRows: readonly DerivativeRow[] = [quotient];
