/** For the terminal: what is judged. */
import { writeValue } from './numbers.js';
import { indent, mark, type Pen, shown, verdictLabel, wrap } from './text-pen.js';
import type {
  CheckLineView,
  CheckView,
  ChooseView,
  ClaimView,
  ExpectView,
  FillView,
  OptionView,
  ProblemView,
  SlipView,
  ValueView,
  WitnessView,
} from './view.js';
import { holdsWord, verdictWords } from './words.js';

/** A hand derivation, line by line, with what is wrong below the line. */
export function checkLines(result: CheckView, pen: Pen): readonly string[] {
  const { colors } = pen;
  const digits = Math.max(0, ...result.lines.map(({ line }) => String(line).length));
  return [
    `${colors.dim(`line ${result.line}`)}  ${colors.bold('check')}  ${verdictLabel(result.verdict, undefined, pen)}`,
    ...result.lines.flatMap((line) => [
      `  ${colors.dim(String(line.line).padStart(digits))} ${mark(line.verdict, pen)} ${
        line.source?.trim() ?? shown(line.formula)
      }`,
      ...indent(findings(line, pen), digits + 5),
    ]),
  ];
}

interface Findings {
  readonly slip?: SlipView | undefined;
  readonly witness?: WitnessView | undefined;
  readonly left?: ValueView | undefined;
  readonly right?: ValueView | undefined;
  readonly reason?: string | undefined;
  readonly error?: ProblemView | undefined;
  readonly assumed?: CheckLineView['assumed'] | undefined;
}

/** What is said below something judged: the slip, the witness, what was assumed, the error. */
function findings(found: Findings, pen: Pen): readonly string[] {
  const { colors } = pen;
  const room = pen.width - 8;
  const { slip, witness, error } = found;
  return [
    ...(slip ? wrap(`${slip.kind}: ${slip.message}`, room).map(colors.yellow) : []),
    ...(slip?.suggestion ? [`${colors.dim('perhaps')} ${shown(slip.suggestion)}`] : []),
    ...(found.reason ? wrap(found.reason, room).map(colors.yellow) : []),
    ...(witness ? witnessLines(witness, found.left, found.right, pen) : []),
    ...(found.assumed ?? []).map((formula) => `${colors.dim('assuming')} ${shown(formula)}`),
    ...(error ? error.message.split('\n').map(colors.red) : []),
  ];
}

function witnessLines(
  witness: WitnessView,
  left: ValueView | undefined,
  right: ValueView | undefined,
  pen: Pen,
): readonly string[] {
  const point = Object.entries(witness).map(([name, value]) => `${name} = ${writeValue(value)}`);
  const sides =
    left === undefined || right === undefined
      ? []
      : [`left ${writeValue(left)}, right ${writeValue(right)}`];
  return [...wrap(`at ${point.join(', ') || 'every point'}`, pen.width - 8), ...sides].map(
    pen.colors.dim,
  );
}

/** A multiple choice: which options equal the ask. */
export function chooseLines(result: ChooseView, pen: Pen): readonly string[] {
  const { colors } = pen;
  return [
    `${colors.dim(`line ${result.line}`)}  ${colors.bold('choose')} ${shown(result.ask)}`,
    ...result.options.flatMap((option) => [
      `  ${optionMark(option, pen)} ${option.label}) ${option.formula ? shown(option.formula) : ''}`.trimEnd(),
      ...indent(findings(option, pen), 7),
    ]),
  ];
}

function optionMark({ equal }: OptionView, { colors }: Pen): string {
  if (equal === null) return colors.yellow('?');
  return equal ? colors.green('✓') : colors.dim('✗');
}

/** A claim, an expectation or a blank. */
export function verdictLines(
  result: ClaimView | ExpectView | FillView,
  pen: Pen,
): readonly string[] {
  const { colors } = pen;
  const words = verdictWords[result.verdict];
  const said = result.formula ? ` ${shown(result.formula)}` : '';
  const label = verdictLabel(result.verdict, result.points, pen);
  const head = `${colors.dim(`line ${result.line}`)}  ${colors.bold(result.kind)}${said}`;
  if (result.kind === 'fill')
    return [head, `  ${colors.dim('blank')}     ${colors.bold(shown(result.answer))}  ${label}`];
  const outcome = result.holds === false && words.tone === 'bad' ? colors.red : String;
  const value =
    result.kind === 'expect' && result.value !== undefined && result.holds !== true
      ? [`  ${colors.dim('is')} ${colors.cyan(writeValue(result.value))}`]
      : [];
  return [
    `${head}  ${outcome(holdsWord(result.holds))}, ${label}`,
    ...value,
    ...indent(findings(result, pen), 2),
  ];
}
