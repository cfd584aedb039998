import { describe, expect, it } from 'vitest';
import { readSheet } from '../../src/read/document.js';
import { casesOf } from './fixtures.js';
import { show } from './show.js';

describe.each(['statements', 'notes-of-authors', 'errors'])('%s', (name) => {
  it.each(casesOf(name))('$input', ({ input, output }) => {
    const sheet = readSheet(input);
    const notes = sheet.notes.map((note) => `note ${note.line}:${note.column} ${note.message}`);
    expect([...sheet.statements.map(show), ...notes].join('\n')).toBe(output);
  });
});
