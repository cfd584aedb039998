/** Statements that ask nothing, as documents repeat them. */
import type { StatementView } from '../document/view.js';
import type { Statement } from '../read/statement.js';
import { formulaView, joinViews, rangeView, relationView } from './formulas.js';
import type { Setting } from './session.js';


const roles: Partial<Record<Statement['kind'], StatementView['role']>> = {
  definition: 'definition',
  function: 'definition',
  size: 'size',
  network: 'network',
  assume: 'assume',
  convention: 'convention',
  given: 'given',
};

/** The view of a statement that asks nothing; `undefined` for those that ask. */
export function statementView(
  statement: Statement,
  settingOf: (statement: Statement) => Setting,
): StatementView | undefined {
  const role = roles[statement.kind];
  if (!role) return undefined;
  try {
    const setting = settingOf(statement);
    return { line: statement.line, role, ...written(statement, setting) };
  } catch {
    // The error is told once, by the statement that asks.
    return { line: statement.line, role, ...asTyped(statement) };
  }
}

const asTyped = (statement: Statement) => ({
  formula: {
    text: statement.source,
    latex: `\\text{${statement.source.replace(/[\\{}$&#^_%~]/g, ' ')}}`,
  },
});

function written(statement: Statement, setting: Setting): Omit<StatementView, 'line' | 'role'> {
  const { display } = setting;
  if (statement.kind !== 'definition') return asTyped(statement);
  const sides = [statement.right, ...statement.chain].map((side) => formulaView(side, display));
  const formula = sides.reduce(
    (sofar, side) => relationView(sofar, '=', side),
    formulaView(statement.left, display),
  );
  const ranges = statement.ranges.map((range) => rangeView(range, display));
  return ranges.length > 0 ? { formula, where: joinViews(ranges) } : { formula };
}

