/** Formulas, conditions and ranges as documents want them. */

import type { FormulaView } from '../document/view.js';
import type { Condition, Formula } from '../expression/formula.js';
import type { Network } from '../network/network.js';
import type { Display } from '../write/display.js';
