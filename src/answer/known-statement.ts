/** A statement that asks something, with its derivatives by names that stand in the sheet. */
import type { Formula } from '../expression/formula.js';
import { ShapeError } from '../network/errors.js';
import type { Ask, Assertion, Place, ReadProblem, Statement } from '../read/statement.js';
import { withBuilderLoss } from './builder-loss.js';
import { byKnownNames } from './known-names.js';
import type { Setting } from './session.js';

type Change = (formula: Formula) => Formula;
type Of<Kind extends Statement['kind']> = Statement & { readonly kind: Kind };
type Changes = {
  readonly [Kind in Statement['kind']]?: (statement: Of<Kind>, change: Change) => Partial<Of<Kind>>;
};

const asked = (ask: Ask, change: Change): Ask => ({ ...ask, formula: change(ask.formula) });

/** Which formulas of a statement may hold derivatives; those of definitions are looked at when the network is built. */
const changes: Changes = {
  find: ({ asks }, change) => ({ asks: asks.map((ask) => asked(ask, change)) }),
  shape: ({ asks }, change) => ({ asks: asks.map((ask) => asked(ask, change)) }),
  simplify: ({ ask }, change) => ({ ask: asked(ask, change) }),
  draw: ({ ask }, change) => (ask ? { ask: asked(ask, change) } : {}),
  limit: ({ ask }, change) => ({ ask: asked(ask, change) }),
  expect: ({ left, right }, change) => ({
    left: asked(left, change),
    right: asked(right, change),
  }),
  fill: ({ left, right }, change) => ({ left: change(left), right: change(right) }),
  claim: ({ assertion }, change) => ({ assertion: asserted(assertion, change) }),
  choose: ({ ask, options }, change) => ({
    ask: asked(ask, change),
    options: options.map((option) =>
      orProblem(
        option,
        () => option.assertion && { ...option, assertion: asserted(option.assertion, change) },
        (problem) => ({ ...option, assertion: undefined, problem }),
      ),
    ),
  }),
};

function asserted(assertion: Assertion, change: Change): Assertion {
  switch (assertion.kind) {
    case 'formula':
      return { ...assertion, formula: change(assertion.formula) };
    case 'relations':
      return {
        ...assertion,
        parts: assertion.parts.map((part) => ({
          ...part,
          left: change(part.left),
          right: change(part.right),
        })),
      };
    case 'limit':
      return { ...assertion, formula: change(assertion.formula), value: change(assertion.value) };
    case 'update':
      return { ...assertion, value: change(assertion.value) };
  }
}

/** One line or option among others: what is wrong with it is told at its place, the others are judged. */
function orProblem<Part extends Place>(
  part: Part,
  made: () => Part | undefined,
  refused: (problem: ReadProblem) => Part,
): Part {
  try {
    return made() ?? part;
  } catch (problem) {
    if (!(problem instanceof ShapeError)) throw problem;
    return refused({ line: part.line, column: part.column, message: problem.message });
  }
}

/** The lines of a check; one that rests on a name that stands nowhere is one that could not be read. */
export const linesWithKnownNames = (
  lines: Of<'check'>['lines'],
  setting: Setting,
): Of<'check'>['lines'] =>
  lines.map((line) =>
    orProblem(
      line,
      () => {
        if ('unread' in line) return line;
        const left = line.left && byKnownNames(line.left, setting.known, setting.network);
        const right = byKnownNames(line.right, setting.known, setting.network);
        return { ...line, left, right };
      },
      (unread) => ({ line: line.line, column: line.column, source: line.source, unread }),
    ),
  );

/**
 * The lines of a check are looked at with the names that the check itself gives.
 *
 * @throws {ShapeError} if something is differentiated by a name that stands nowhere in the sheet, or
 *   of which nothing is known
 */
export function withKnownNames<Asking extends Statement>(
  statement: Asking,
  setting: Setting,
): Asking {
  const change = changes[statement.kind] as
    | ((statement: Statement, change: Change) => Partial<Statement>)
    | undefined;
  if (!change) return statement;
  const made = (formula: Formula) =>
    byKnownNames(withBuilderLoss(formula, setting), setting.known, setting.network);
  return { ...statement, ...change(statement, made) };
}
