/** The error for a limit that hangs on a sign nobody gave. */
import { Unsupported } from '../../expression/unsupported.js';
import { writePlain } from '../../write/write.js';
import { type Coefficient, formulaOf } from './coefficient.js';
import { asThemselves } from './positive.js';

/** Says on whose sign the limit depends, and how to give it. */
export function signUnknown(coefficient: Coefficient): Unsupported {
  const formula = asThemselves(formulaOf(coefficient));
  const text = writePlain(formula);
  return new Unsupported(
    `the limit depends on the sign of ${text}; say it, as in \`assume ${text} > 0\``,
    formula,
  );
}
