/** `solve --reading`: how each line and each name was understood. */
import { describeReading } from '../read/describe.js';
import { readDocument } from '../read/document.js';

/** The reading of a worksheet as text, scope by scope: its statements, its names, what was doubtful. */
export function readingOf(text: string, file: string): string {
  const scopes = readDocument(text, file).scopes.map(describeReading);
  const parts = scopes.map((scope, place) => {
    const title = scopes.length > 1 ? `${file}, scope ${place + 1}` : file;
    return [
      `${title}, as it was read:`,
      ...scope.statements.map(({ line, text: words }) => `line ${line}: ${words}`),
      ...(scope.names.length > 0 ? ['names:'] : []),
      ...scope.names.flatMap((name) => [
        `  ${name.text}`,
        ...name.notes.map((note) => `    note: ${note}`),
      ]),
      ...scope.notes.map((note) => `note, line ${note.line}: ${note.message}`),
    ].join('\n');
  });
  return `${parts.join('\n\n')}\n`;
}
