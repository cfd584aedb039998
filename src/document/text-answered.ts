/** For the terminal: what is answered with a formula. */
import { writeValue } from './numbers.js';
import { indent, mark, type Pen, shown, verdictLabel, widthOf, wrap } from './text-pen.js';
import type { FindView, LimitView, SimplifyView, StepView, UpdateView, ValueView } from './view.js';
import { formKeys, formTitles, lesserForms } from './words.js';

type AnsweredView = FindView | SimplifyView | LimitView | UpdateView;

/** The ask, its derivation, the answer, its value, and what was assumed and checked. */
export function answeredLines(result: AnsweredView, pen: Pen): readonly string[] {
  const { colors } = pen;
  const verdict = result.verdict && verdictLabel(result.verdict, pointsOf(result), pen);
  const where = result.where ? ` ${shown(result.where)}` : '';
  const steps = pen.steps === 'none' ? [] : (result.steps ?? []);
  return [
    `${colors.dim(`line ${result.line}`)}  ${colors.bold(result.kind)} ${shown(result.ask)}${where}`,
    ...(steps.length > 0 ? ['', ...stepLines(startOf(result), steps, pen), ''] : []),
    ...indent(factLines(result, verdict, pen), 2),
  ];
}

/** The shape of a number has no sizes: its answer says so already. */
const isEmptyShape = (value: ValueView): boolean => Array.isArray(value) && value.length === 0;

/** An update starts from its rule. */
const startOf = (result: AnsweredView): string =>
  shown(result.kind === 'update' ? result.answer : result.ask);

const pointsOf = (result: AnsweredView): number | undefined =>
  'points' in result ? result.points : undefined;

/** `answer`, `value` and so on, one to a line, in one column. */
function factLines(result: AnsweredView, verdict: string | undefined, pen: Pen): readonly string[] {
  const { colors } = pen;
  const fact = (label: string, text: string) => `${colors.dim(label.padEnd(9))} ${text}`;
  const long = (label: string, text: string) =>
    wrap(text, pen.width - 12).map((line, place) => fact(place === 0 ? label : '', line));
  const cases = 'cases' in result ? (result.cases ?? []) : [];
  const answer = colors.bold(shown(result.answer));
  return [
    fact('answer', verdict === undefined ? answer : `${answer}  ${verdict}`),
    ...cases.map(({ when, formula }) => fact('', `${shown(formula)}  ${shown(when)}`)),
    ...(result.value === undefined || isEmptyShape(result.value)
      ? []
      : [fact('value', colors.cyan(writeValue(result.value)))]),
    ...otherForms(result).map(({ title, text }) => fact(title, text)),
    ...(result.assumed ?? []).map((formula) => fact('assuming', shown(formula))),
    ...(result.checked ?? []).flatMap(({ message }) => long('checked', message)),
    ...(result.notes ?? []).flatMap((note) => long('note', note)),
  ];
}

/** Forms that are not the answer itself, each formula once. */
function otherForms(result: AnsweredView): readonly { title: string; text: string }[] {
  if (!('forms' in result)) return [];
  const told = new Set([result.answer.text]);
  return formKeys.flatMap((key) => {
    const form = result.forms[key];
    if (form === undefined || lesserForms.has(key) || told.has(form.text)) return [];
    told.add(form.text);
    return [{ title: formTitles[key].toLowerCase(), text: shown(form) }];
  });
}

interface Row {
  readonly depth: number;
  readonly step: StepView;
}

/** All steps that are shown, small ones before the step that they make up. */
function rows(steps: readonly StepView[], pen: Pen, depth = 0): readonly Row[] {
  return steps.flatMap((step) => [
    ...(pen.steps === 'all' ? rows(step.inner ?? [], pen, depth + 1) : []),
    { depth, step },
  ]);
}

/** Spaces that kept a formula on one line are plain ones in the end. */
const spaced = (text: string): string => text.replaceAll('\u00a0', ' ');

const LONGEST_BESIDE = 64;

/** The start, then one line for each step with its verdict and its reason beside or below it. */
function stepLines(start: string, steps: readonly StepView[], pen: Pen): readonly string[] {
  const list = rows(steps, pen);
  const lefts = list.map(({ depth, step }) => `${'    '.repeat(depth)}= ${shown(step.formula)}`);
  const fitting = lefts.map(widthOf).filter((width) => width <= LONGEST_BESIDE);
  const column = Math.max(0, ...fitting) + 3;
  const lines = list.flatMap(({ step }, place) => {
    const left = lefts[place] as string;
    const line = `  ${mark(step.verdict, pen)} ${left}`;
    const room = pen.width - column - 4;
    const because = step.becauseUnicode ?? step.because;
    if (widthOf(left) < column && widthOf(because) <= room)
      return [line + ' '.repeat(column - widthOf(left)) + pen.colors.dim(spaced(because))];
    return [
      line,
      ...indent(
        wrap(because, pen.width - 10).map((text) => pen.colors.dim(spaced(text))),
        10,
      ),
    ];
  });
  return [`    ${start}`, ...lines];
}
