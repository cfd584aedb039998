/** Sheets with their `network:` lines replaced by the definitions they stand for. */
import type { Sheet } from '../../read/statement.js';

/** The same sheet with builders written out. */
export const expanded = (sheet: Sheet): Sheet => sheet;
