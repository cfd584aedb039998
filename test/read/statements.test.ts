import { describe, expect, it } from 'vitest';
import { FAMILY_MARK } from '../../src/expression/family-mark.js';
import { readSheet } from '../../src/read/document.js';
import { casesOf } from './fixtures.js';
import { show } from './show.js';

describe.each(['statements', 'notes-of-authors', 'errors'])('%s', (name) => {
  it.each(casesOf(name))('$input', ({ input, output }) => {
    const sheet = readSheet(input);
    const notes = sheet.notes.map((note) => `note ${note.line}:${note.column} ${note.message}`);
    // The family beside a number of the same letter has an invisible mark; here it is seen.
    const shown = [...sheet.statements.map(show), ...notes].join('\n');
    expect(shown.replaceAll(FAMILY_MARK, '~')).toBe(output);
  });
});
