/** Chained definitions: the name gets the first side, the others must be equal to it. */
import type { CheckView } from '../document/view.js';
import type { CheckLine, Statement } from '../read/statement.js';
import { answerCheck } from './check.js';
import type { Setting } from './session.js';

type DefinitionStatement = Statement & { readonly kind: 'definition' };

/** Nothing where the sides agree (a definition asks nothing); else the check that fails. */
export function answerDefinition(
  statement: DefinitionStatement,
  setting: Setting,
): readonly CheckView[] {
  const { line, column, source, latex, chain, ranges, where } = statement;
  if (chain.length === 0) return [];
  const lines = chain.map(
    (right, place): CheckLine => ({
      line,
      column,
      source,
      left: place === 0 ? statement.right : undefined,
      relation: '=',
      right,
      where,
      ranges,
      at: [],
      names: false,
    }),
  );
  const checked = answerCheck({ line, column, source, latex, kind: 'check', lines }, setting);
  const isOpen = checked.lines.some(
    ({ verdict }) => verdict === 'differs' || verdict === 'unknown',
  );
  return isOpen ? [checked] : [];
}
