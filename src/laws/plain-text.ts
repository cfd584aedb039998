/** The texts of tables as formulas: read by the reader of plain math, numbers worked out. */
import type { Condition, Formula } from '../expression/formula.js';
import { mapCondition } from '../expression/walk.js';
import { readPlain, readPlainCondition } from '../read/read.js';
import { tidy } from './tidy.js';

/** A formula of a table. @throws ReadError if the text cannot be read */
export const formulaFrom = (text: string): Formula => tidy(readPlain(text));

/** A condition of a table. @throws ReadError if the text cannot be read */
export const conditionFrom = (text: string): Condition =>
  mapCondition(readPlainCondition(text), tidy);
