/** `draw`: the network as a picture. */
import type { DrawView, ErrorView } from '../document/view.js';
import type { Statement } from '../read/statement.js';
import type { Setting } from './session.js';

type DrawStatement = Statement & { readonly kind: 'draw' };

/** Not drawn yet: said, never an empty picture. */
export function answerDraw(statement: DrawStatement, _setting: Setting): DrawView | ErrorView {
  return {
    kind: 'error',
    line: statement.line,
    column: statement.column,
    message: 'draw is not supported yet: this version answers all other statements',
  };
}
