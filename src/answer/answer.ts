/** What each kind of statement is answered by. */
import type { ResultView } from '../document/view.js';
import { Unsupported } from '../expression/unsupported.js';
import { NetworkError, ShapeError } from '../network/errors.js';
import { CyclicDefinition, IndexOutOfRange, UnknownSize } from '../numeric/errors.js';
import { TapeFull } from '../numeric/tape.js';
import type { Statement } from '../read/statement.js';
import { answerCheck } from './check.js';
import { answerChoose } from './choose.js';
import { answerClaim } from './claim.js';
import { answerCount } from './count.js';
import { answerDefinition } from './definition.js';
import { answerDraw } from './draw.js';
import { answerExpect } from './expect.js';
import { answerFill } from './fill.js';
import { answerFind } from './find.js';
import { withKnownNames } from './known-statement.js';
import { answerLimit } from './limit.js';
import type { Setting } from './session.js';
import { answerShape } from './shape.js';
import { answerSimplify } from './simplify.js';
import { answerUpdate } from './update.js';

type Of<Kind extends Statement['kind']> = Statement & { readonly kind: Kind };
type Answers = {
  readonly [Kind in Statement['kind']]?: (
    statement: Of<Kind>,
    setting: Setting,
  ) => ResultView | readonly ResultView[] | Promise<ResultView | readonly ResultView[]>;
};

/** The statements that ask something; the others only change the setting of those that follow. */
const answers: Answers = {
  definition: answerDefinition,
  find: answerFind,
  shape: answerShape,
  simplify: answerSimplify,
  limit: answerLimit,
  count: answerCount,
  update: answerUpdate,
  expect: answerExpect,
  check: answerCheck,
  choose: answerChoose,
  claim: answerClaim,
  fill: answerFill,
  draw: answerDraw,
};

/** Answers one statement; what cannot be answered becomes an `error` result at its place. */
export async function answerStatement(
  statement: Statement,
  settingOf: (statement: Statement) => Setting,
): Promise<readonly ResultView[]> {
  if (statement.kind === 'error') return [{ kind: 'error', ...statement.problem }];
  const answer = answers[statement.kind] as
    | ((statement: Statement, setting: Setting) => unknown)
    | undefined;
  const asksNothing = statement.kind === 'definition' && statement.chain.length === 0;
  if (!answer || asksNothing) return [];
  let setting: Setting;
  try {
    setting = settingOf(statement);
  } catch (problem) {
    return [failure(problem, statement)];
  }
  const results: ResultView[] = [];
  for (const part of askByAsk(statement))
    try {
      const result = (await answer(withKnownNames(part, setting), setting)) as
        | ResultView
        | readonly ResultView[];
      results.push(...(Array.isArray(result) ? result : [result as ResultView]));
    } catch (problem) {
      results.push(failure(problem, statement));
    }
  return results;
}

/** A statement with several asks as one for each: what stands against one says nothing of the others. */
const askByAsk = (statement: Statement): readonly Statement[] =>
  'asks' in statement && statement.asks !== 'all'
    ? statement.asks.map((ask) => ({ ...statement, asks: [ask] }))
    : [statement];

/** Problems of the sheet are told at their place; anything else is a bug and says so. */
function failure(problem: unknown, statement: Statement): ResultView {
  if (problem instanceof NetworkError)
    return { kind: 'error', line: problem.line, column: problem.column, message: problem.message };
  const known =
    problem instanceof ShapeError ||
    problem instanceof Unsupported ||
    problem instanceof IndexOutOfRange ||
    problem instanceof UnknownSize ||
    problem instanceof CyclicDefinition ||
    problem instanceof TapeFull;
  const message = problem instanceof Error ? problem.message : String(problem);
  return {
    kind: 'error',
    line: statement.line,
    column: statement.column,
    message: known
      ? message
      : `handgrad failed here, which is a bug of handgrad: ${message}. Please report the sheet.`,
  };
}
