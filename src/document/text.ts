/** Results for the terminal: a readable derivation in Unicode. */
import { createColors } from 'picocolors';
import { escapeTerminal } from './escape.js';
import { answeredLines } from './text-answered.js';
import { checkLines, chooseLines, verdictLines } from './text-judged.js';
import { indent, type Pen } from './text-pen.js';
import type { ResultView, StepDetail } from './view.js';

/** How results are written for a terminal. */
export interface TextOptions {
  /** `on` where there is a terminal that wants colours. */
  readonly color: 'on' | 'off';
  readonly steps: StepDetail;
  /** Characters in a line; reasons that do not fit beside their step go below it. */
  readonly width?: number;
}

const WIDTH = 100;

/** All results of a file, one paragraph each; ends with a newline unless there are none. */
export function writeText(results: readonly ResultView[], options: TextOptions): string {
  const pen: Pen = {
    colors: createColors(options.color === 'on'),
    steps: options.steps,
    width: options.width ?? WIDTH,
  };
  return results
    .map(withoutControls)
    .map((result) => `${resultLines(result, pen).join('\n')}\n`)
    .join('\n');
}

/** Control characters of the author's would command the terminal; they are shown as what they are not. */
function withoutControls<T>(value: T): T {
  if (typeof value === 'string') return escapeTerminal(value) as T;
  if (Array.isArray(value)) return value.map(withoutControls) as T;
  if (typeof value !== 'object' || value === null) return value;
  const clean = Object.entries(value).map(([key, entry]) => [
    withoutControls(key),
    withoutControls(entry),
  ]);
  return Object.fromEntries(clean) as T;
}

function resultLines(result: ResultView, pen: Pen): readonly string[] {
  const { colors } = pen;
  const place = colors.dim(`line ${result.line}`);
  switch (result.kind) {
    case 'find':
    case 'simplify':
    case 'limit':
    case 'update':
      return answeredLines(result, pen);
    case 'check':
      return checkLines(result, pen);
    case 'choose':
      return chooseLines(result, pen);
    case 'claim':
    case 'expect':
    case 'fill':
      return verdictLines(result, pen);
    case 'count': {
      const parts = result.by.map(({ name, count }) => `${name} ${count}`).join(', ');
      const what = result.what ?? 'parameters';
      return [
        `${place}  ${colors.bold(`count ${what}`)}  ${result.value}${parts ? colors.dim(`  (${parts})`) : ''}`,
      ];
    }
    case 'shape':
      return [
        `${place}  ${colors.bold('shape of')} ${result.ask.unicode ?? result.ask.text}  ${
          result.answer.unicode ?? result.answer.text
        }`,
      ];
    case 'draw':
      return [`${place}  ${colors.bold('draw')}  (a picture: see --to html, latex or json)`];
    case 'error':
      return [
        `line ${result.line}:${result.column}  ${
          result.verdict === 'unknown'
            ? colors.yellow('? could not be decided')
            : colors.red('! could not be read')
        }`,
        ...indent(result.message.split('\n'), 2),
      ];
  }
}
