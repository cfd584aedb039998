/** Text to tokens. One scanner for plain math and LaTeX; what differs is decided by tables. */
import { joinPrimedIndices } from './primed-indices.js';
import { ReadError } from './problem.js';
import { Scanner } from './scanner.js';
import { LONGEST_LINE, type Macros } from './spelling.js';
import type { SourceLine, Token } from './token.js';

export function tokenize(lines: readonly SourceLine[], macros: Macros = new Map()): Token[] {
  const tokens: Token[] = [];
  for (const line of lines) {
    if (line.text.length > LONGEST_LINE) {
      throw new ReadError(
        { line: line.line, column: line.column },
        `this line has ${line.text.length} characters; at most ${LONGEST_LINE} are read. Split it into several definitions`,
      );
    }
    const scanner = new Scanner(
      line.text,
      (at) => ({ line: line.line, column: line.column + at }),
      macros,
      0,
    );
    scanner.newline = true;
    tokens.push(...scanner.all(tokens.at(-1)));
  }
  return joinPrimedIndices(tokens);
}

/** The end of a text as a token, for messages and for the cursor. */
export function endToken(
  tokens: readonly Token[],
  fallback: { line: number; column: number },
): Token {
  const last = tokens.at(-1);
  const { line, column } = last ? { line: last.line, column: last.column + last.length } : fallback;
  return { kind: 'end', text: '', line, column, length: 1, spaced: true, latex: false };
}
