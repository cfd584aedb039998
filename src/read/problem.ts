/** Errors of reading: where, what was met, what was expected, what to do. */
import type { Place, ReadProblem } from './statement.js';

/** Longest piece of a source line that a message quotes. */
const QUOTED = 100;

/** A text that could not be read. `message` is the whole message with the line and a caret. */
export class ReadError extends Error {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  /** What is wrong, without the place. */
  readonly problem: string;

  constructor(place: Place & { readonly length?: number }, problem: string, source?: string) {
    super(wholeMessage(place, problem, source));
    this.name = 'ReadError';
    this.line = place.line;
    this.column = place.column;
    this.length = place.length ?? 1;
    this.problem = problem;
  }

  /** The same error with the source line quoted under the message. */
  quoting(source: string): ReadError {
    return new ReadError(this, this.problem, source);
  }
}

function wholeMessage(
  place: Place & { readonly length?: number },
  problem: string,
  source: string | undefined,
): string {
  const head = `line ${place.line}, column ${place.column}: ${problem}`;
  if (source === undefined) return head;
  // A long line is quoted around the place only.
  const start = Math.max(0, Math.min(place.column - 1 - QUOTED / 2, source.length - QUOTED));
  const piece = source.slice(start, start + QUOTED);
  const before = start > 0 ? '...' : '';
  const after = start + QUOTED < source.length ? '...' : '';
  const offset = before.length + place.column - 1 - start;
  const carets = '^'.repeat(
    Math.max(1, Math.min(place.length ?? 1, piece.length - (offset - before.length))),
  );
  return `${head}\n  ${before}${piece}${after}\n  ${' '.repeat(Math.max(0, offset))}${carets}`;
}

export const problemOf = (error: ReadError): ReadProblem => ({
  line: error.line,
  column: error.column,
  message: error.message,
});
