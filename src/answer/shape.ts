/** `find shape of`: how many entries along each axis. */
import type { FindView } from '../document/view.js';
import { add, one, subtract } from '../expression/formula.js';
import { tidy } from '../laws/tidy.js';
import { lower } from '../network/lower.js';
import { values } from '../numeric/values.js';
import type { Ask, Statement } from '../read/statement.js';
import { writeLatex, writePlain, writeUnicode } from '../write/write.js';
import { formulaView } from './formulas.js';
import type { Setting } from './session.js';

type ShapeStatement = Statement & { readonly kind: 'shape' };

export const answerShape = (statement: ShapeStatement, setting: Setting): readonly FindView[] =>
  statement.asks.map((ask) => shapeView(ask, statement.line, setting));

function shapeView(ask: Ask, line: number, setting: Setting): FindView {
  const { network, display } = setting;
  const lowered = lower(ask.formula, network);
  const sizes = lowered.axes.map((axis) => tidy(add(subtract(axis.upper, axis.lower), one)));
  const written = (write: typeof writePlain, times: string): string => {
    if (sizes.length === 0) return '1';
    const each = sizes.map((size) => write(size, display));
    if (each.length > 1) return each.join(times);
    return lowered.row ? `1${times}${each[0]}` : `${each[0]}${times}1`;
  };
  const numbers = sizes.map((size) =>
    values({ ...lowered, axes: [], row: false, free: [], body: size }, network),
  );
  const shape = numbers.every((size) => typeof size === 'number')
    ? (numbers as number[])
    : undefined;
  const answer = {
    text: written(writePlain, ' x '),
    latex: written(writeLatex, ' \\times '),
    unicode: written(writeUnicode, ' × '),
  };
  return {
    kind: 'find',
    line,
    ask: formulaView(ask.formula, display),
    answer,
    verdict: lowered.guessed.length > 0 ? 'agrees' : 'proved',
    ...(shape ? { value: shape } : {}),
    assumed: [],
    forms: {},
    steps: [],
    ...(lowered.guessed.length > 0
      ? { notes: [`the shape of ${lowered.guessed.join(', ')} was guessed, nothing fixes it`] }
      : {}),
  };
}
