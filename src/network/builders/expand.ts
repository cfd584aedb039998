/** Sheets with their `network:` lines replaced by the definitions they stand for. */
import { readSheet } from '../../read/document.js';
import type { NameInfo, Sheet, Statement } from '../../read/statement.js';
import { NetworkError } from '../errors.js';
import { convolutionLines } from './convolution.js';
import { denseLines } from './dense.js';
import type { BuilderLine } from './options.js';
import { recurrentLines } from './recurrent.js';

/** The builders, by the first word after `network:`. */
const builders: Readonly<Record<string, (text: string, source: BuilderLine) => readonly string[]>> =
  {
    dense: denseLines,
    recurrent: recurrentLines,
    rnn: recurrentLines,
    conv: convolutionLines,
    convolution: convolutionLines,
  };

/** The definitions of a builder as text, as a person would write them. */
export function builderLines(source: BuilderLine): readonly string[] {
  const [word = '', ...rest] = source.builder.trim().split(/\s+/);
  const builder = builders[word.toLowerCase()];
  if (!builder)
    throw new NetworkError(
      `There is no builder "${word}"; there are: dense, recurrent, conv.`,
      source.line,
    );
  return builder(rest.join(''), source);
}

/** The same sheet with builders written out; their statements stand on the builder's line. */
export function expanded(sheet: Sheet): Sheet {
  if (!sheet.statements.some((statement) => statement.kind === 'network')) return sheet;
  const statements: Statement[] = [];
  const blocks: number[] = [];
  const names = new Map<string, NameInfo>(sheet.names);
  sheet.statements.forEach((statement, place) => {
    const block = sheet.blocks[place] ?? 0;
    if (statement.kind !== 'network') {
      statements.push(statement);
      blocks.push(block);
      return;
    }
    const made = readSheet(builderLines(statement).join('\n'));
    for (const inner of made.statements) {
      if (inner.kind === 'error')
        throw new NetworkError(
          `The network line could not be written out: ${inner.problem.message}`,
          statement.line,
        );
      statements.push({ ...inner, line: statement.line, column: statement.column });
      blocks.push(block);
    }
    for (const [name, info] of made.names) names.set(name, info);
  });
  return { ...sheet, statements, blocks, names };
}
