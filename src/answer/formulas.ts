/** Formulas and conditions as documents show them. */
import type { FormulaView } from '../document/view.js';
import type { Condition, Formula } from '../expression/formula.js';
import type { Network } from '../network/network.js';
import type { RangeClause, Sheet } from '../read/statement.js';
import type { Display } from '../write/display.js';
import { defaultLatexName } from '../write/names.js';
import {
  writeCondition,
  writeConditionLatex,
  writeConditionUnicode,
  writeLatex,
  writePlain,
  writeUnicode,
} from '../write/write.js';

/** What printing must know of a sheet: how its names are written and which ranges go without saying. */
export function displayOf(network: Network, sheet: Sheet): Display {
  return {
    latexName: (name) => {
      const written =
        sheet.names.get(name)?.latex ??
        network.families.get(name)?.latex ??
        network.functions.get(name)?.latex;
      // A name typed in plain math (`delta`, `Loss`) says nothing of its LaTeX.
      return written === undefined || written === name ? defaultLatexName(name) : written;
    },
    upperSlots: (name) =>
      network.families.get(name)?.slots.filter((slot) => slot.place === 'upper').length ??
      sheet.names.get(name)?.upper ??
      0,
    isDeclared: (name) =>
      network.families.has(name) || network.functions.has(name) || sheet.names.has(name),
    isWholeRange: (_index, bounds) => {
      // A size that the author never named cannot be written, so the range goes without saying.
      // The index of an outer sum is no size: a product up to it is not over everything.
      const size = bounds.upper;
      if (size.kind !== 'symbol' || sheet.names.has(size.name)) return false;
      return bounds.lower.kind === 'number' && network.families.get(size.name)?.role !== undefined;
    },
  };
}

export const formulaView = (formula: Formula, display: Display): FormulaView => ({
  text: writePlain(formula, display),
  latex: writeLatex(formula, display),
  unicode: writeUnicode(formula, display),
});

export const conditionView = (condition: Condition, display: Display): FormulaView => ({
  text: writeCondition(condition, display),
  latex: writeConditionLatex(condition, display),
  unicode: writeConditionUnicode(condition, display),
});

/** A range clause as it is written after an ask: `l = 1..L`. */
export function rangeView(range: RangeClause, display: Display): FormulaView {
  const write = (style: (formula: Formula, display: Display) => string, dots: string): string => {
    const lower = range.lower ? style(range.lower, display) : '';
    const upper = range.upper ? style(range.upper, display) : '';
    return lower || upper ? `${range.index} = ${lower}${dots}${upper}` : range.index;
  };
  return {
    text: write(writePlain, '..'),
    latex: write(writeLatex, ', \\dots, '),
    unicode: write(writeUnicode, '..'),
  };
}

/** Several views as one, with commas. */
export function joinViews(views: readonly FormulaView[]): FormulaView {
  return {
    text: views.map((view) => view.text).join(', '),
    latex: views.map((view) => view.latex).join(',\\; '),
    unicode: views.map((view) => view.unicode ?? view.text).join(', '),
  };
}

/** An equation or another relation between two written formulas. */
export function relationView(left: FormulaView, relation: string, right: FormulaView): FormulaView {
  const latex: Readonly<Record<string, string>> = { '!=': '\\neq', '<=': '\\leq', '>=': '\\geq' };
  const unicode: Readonly<Record<string, string>> = { '!=': '≠', '<=': '≤', '>=': '≥' };
  return {
    text: `${left.text} ${relation} ${right.text}`,
    latex: `${left.latex} ${latex[relation] ?? relation} ${right.latex}`,
    unicode: `${left.unicode ?? left.text} ${unicode[relation] ?? relation} ${right.unicode ?? right.text}`,
  };
}
