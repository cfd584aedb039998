/** Statements that ask nothing, as documents repeat them. */
import { wordsForKatex } from '../document/escape.js';
import { writeValueLatex } from '../document/numbers.js';
import type { FormulaView, StatementView, ValueView } from '../document/view.js';
import { call as applied, type Formula, number, symbol } from '../expression/formula.js';
import type { NestedFormulas, Statement } from '../read/statement.js';
import type { Display } from '../write/display.js';
import { conditionView, formulaView, joinViews, rangeView, relationView } from './formulas.js';
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

/** The statement without its first word, which documents show apart. */
function asTyped(statement: Statement): Pick<StatementView, 'formula'> {
  const text = statement.source.replace(/^\s*(?:given|assume|convention|network:?)\s+/, '').trim();
  return { formula: { text, latex: `\\text{${wordsForKatex(text)}}`, unicode: text } };
}

type Written = Omit<StatementView, 'line' | 'role'>;

function written(statement: Statement, setting: Setting): Written {
  const { display } = setting;
  const view = (formula: Formula) => formulaView(formula, display);
  switch (statement.kind) {
    case 'definition': {
      const sides = [statement.right, ...statement.chain].map(view);
      const formula = sides.reduce(
        (sofar, side) => relationView(sofar, '=', side),
        view(statement.left),
      );
      const ranges = statement.ranges.map((range) => rangeView(range, display));
      return ranges.length > 0 ? { formula, where: joinViews(ranges) } : { formula };
    }
    case 'function': {
      if (!statement.body) return asTyped(statement);
      const call = applied(
        statement.name,
        statement.parameters.map((name) => symbol(name)),
      );
      return { formula: relationView(view(call), '=', view(statement.body)) };
    }
    case 'size':
      return { formula: relationView(view(statement.target), '=', view(number(statement.value))) };
    case 'assume': {
      const conditions = statement.conditions.map((one) => conditionView(one, display));
      return conditions.length > 0 ? { formula: joinViews(conditions) } : asTyped(statement);
    }
    case 'given': {
      const items = statement.items.map(({ target, value }) =>
        relationView(view(target), '=', nestedView(value, display)),
      );
      return { formula: joinViews(items) };
    }
    default:
      return asTyped(statement);
  }
}

/** A number as given, or nested arrays of numbers as a matrix. */
function nestedView(value: NestedFormulas, display: Display): FormulaView {
  if ('kind' in value) return formulaView(value, display);
  const numbers = numbersOf(value);
  const list = value.map((entry) => nestedView(entry, display));
  const text = `[${list.map((entry) => entry.text).join(', ')}]`;
  const latex = numbers
    ? writeValueLatex(numbers)
    : `\\left( ${list.map((entry) => entry.latex).join(', ')} \\right)`;
  return { text, latex, unicode: text };
}

/** Nested numbers; `undefined` if some entry is not a number. */
function numbersOf(value: NestedFormulas): ValueView | undefined {
  if ('kind' in value) return value.kind === 'number' ? value.value.valueOf() : undefined;
  const entries = value.map(numbersOf);
  return entries.every((entry) => entry !== undefined) ? (entries as ValueView[]) : undefined;
}
