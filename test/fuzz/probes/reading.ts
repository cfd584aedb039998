/** What must hold of everything that is read: an error of ours with a place, or the same text back. */
import katex from 'katex';
import {
  add,
  type Formula,
  isNumber,
  multiply,
  power,
  zero,
} from '../../../src/expression/formula.js';
import { structureKey } from '../../../src/expression/same.js';
import { rewriteUp } from '../../../src/expression/walk.js';
import { readDocument, readSheet } from '../../../src/read/document.js';
import { ReadError } from '../../../src/read/problem.js';
import { readFormula } from '../../../src/read/read.js';
import type { Sheet } from '../../../src/read/statement.js';
import { type Display, plainDisplay } from '../../../src/write/display.js';
import { writeLatex, writePlain, writeUnicode } from '../../../src/write/write.js';
import { scopeText } from '../inputs/formulas.js';

/** What went wrong, as a sentence; with the first places of the stack for what we did not throw. */
export function described(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem);
  const places = (problem.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return `${problem.name}: ${problem.message.slice(0, 300)}${places.slice(0, 2).join('')}`;
}

/** An error of reading with a place inside the text; anything else is a fault. */
function faultOf(problem: unknown, text: string): string | undefined {
  if (!(problem instanceof ReadError)) return `uncaught: ${described(problem)}`;
  return faultOfPlace(problem, text);
}

export function faultOfPlace(
  { line, column, message }: { line: number; column: number; message: string },
  text: string,
): string | undefined {
  const lines = text.split(/\r\n|\r|\n/);
  if (!Number.isInteger(line) || line < 1 || line > lines.length)
    return `no such line: ${line} of ${lines.length}: ${message.slice(0, 200)}`;
  if (!Number.isInteger(column) || column < 1)
    return `no such column: ${column}: ${message.slice(0, 200)}`;
  if (message.trim() === '') return 'no message: an error says nothing';
  if (
    /\bundefined\b|\[object|NaN/.test(
      message.split('\n')[0]?.replaceAll(/['"`‘“][^'"`]*['"`’”]/g, '') ?? '',
    )
  )
    if (!/undefined|NaN|object/.test(text)) return `unclear message: ${message.slice(0, 200)}`;
  return undefined;
}

/** Numbers folded, as the constructors do: `3/4 x` may be written `3 x/4`. */
const folded = (formula: Formula): Formula =>
  rewriteUp(formula, (part) => {
    if (part.kind === 'add') return add(...part.terms);
    // What stands beside a zero is not told apart: it may hold a `1/0`.
    if (part.kind === 'multiply')
      return part.factors.some((factor) => isNumber(factor, 0)) ? zero : multiply(...part.factors);
    if (part.kind !== 'power') return part;
    if (isNumber(part.base, 0)) return zero;
    const { base, exponent } = part;
    const isWhole = exponent.kind === 'number' && exponent.value.d === 1n;
    if (isWhole && base.kind === 'multiply')
      return multiply(...base.factors.map((factor) => power(factor, exponent)));
    return power(base, exponent);
  });

const key = (formula: Formula): string => structureKey(folded(formula));

/** What KaTeX says against LaTeX of ours. */
export function faultOfLatex(latex: string): string | undefined {
  try {
    katex.renderToString(latex, {
      strict: 'error',
      throwOnError: true,
      trust: false,
      displayMode: true,
    });
    return undefined;
  } catch (problem) {
    return `KaTeX refuses: ${problem instanceof Error ? problem.message.slice(0, 150) : problem}: ${latex.slice(0, 300)}`;
  }
}

function faultOfWriting(
  formula: Formula,
  display: Display,
  sheet: Sheet | undefined,
): string | undefined {
  const latex = writeLatex(formula, display);
  const refused = faultOfLatex(latex);
  if (refused) return refused;
  const wanted = key(formula);
  const written = {
    plain: writePlain(formula, display),
    LaTeX: latex,
  };
  for (const [notation, text] of Object.entries(written)) {
    let again: Formula;
    try {
      again = readFormula(text, sheet);
    } catch (problem) {
      return `written ${notation} is not read: ${text.slice(0, 300)}: ${described(problem)}`;
    }
    if (key(again) !== wanted)
      return `written ${notation} is read otherwise: ${text.slice(0, 300)}: ${writePlain(again, display).slice(0, 300)}`;
  }
  return undefined;
}

const scope = readSheet(scopeText);
const display: Display = {
  ...plainDisplay,
  upperSlots: (name: string) => (name === 'w' || name === 'h' ? 1 : 0),
  isFunction: (name: string) => name === 'g',
};

/** A formula in the names of the scope: read, written in three notations, and read again. */
export function probeFormula(input: string): string | undefined {
  let formula: Formula;
  try {
    formula = readFormula(input, scope);
  } catch (problem) {
    return faultOf(problem, input);
  }
  return faultOfWriting(formula, display, scope);
}

/** Any text read as a formula of its own: an error with a place, or LaTeX that KaTeX takes. */
export function probeText(input: string): string | undefined {
  let formula: Formula;
  try {
    formula = readFormula(input);
  } catch (problem) {
    return faultOf(problem, input);
  }
  writePlain(formula);
  writeUnicode(formula);
  return faultOfLatex(writeLatex(formula));
}

/** Any text read as a worksheet, as Markdown and as LaTeX. */
export function probeSheet(input: string): string | undefined {
  for (const file of ['sheet.hg', 'sheet.md', 'sheet.tex']) {
    try {
      for (const { statements } of readDocument(input, file).scopes)
        for (const statement of statements)
          if (statement.kind === 'error') {
            const fault = faultOfPlace(statement.problem, input);
            if (fault) return fault;
          }
    } catch (problem) {
      return `uncaught: ${described(problem)}`;
    }
  }
  return undefined;
}
