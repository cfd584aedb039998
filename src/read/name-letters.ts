/** The letters of names: those set upright, and how many there may be. */
import { accentCommands, letterCommands } from './commands.js';
import { ReadError } from './problem.js';
import type { Token } from './token.js';

/** Letters of a name, at most. */
const LONGEST_NAME = 120;

/**
 * The name that upright letters make, such as `\mathrm{hidden\_size}`; undefined if they are none.
 * Underscores side by side, or at an end, part nothing from nothing.
 */
export function uprightName(letters: string): string | undefined {
  if (!/^[A-Za-z][A-Za-z0-9]*$/.test(letters.replace(/\\?[-_\s]/g, ''))) return undefined;
  return letters
    .replace(/[-\s]/g, '')
    .replace(/(?:\\?_)+/g, '_')
    .replace(/^_|_$/g, '');
}

/** The token itself. @throws ReadError for a name that no page has room for */
export function checked(token: Token): Token {
  const { kind, text } = token;
  if ((kind === 'name' || kind === 'word') && text.length > LONGEST_NAME)
    throw new ReadError(
      token,
      `this name has ${text.length} letters; at most ${LONGEST_NAME} are read: give it a shorter name`,
    );
  return token;
}

/**
 * The argument of an alphabet command, which becomes part of a name and is written again as it stands.
 * @throws ReadError if it is empty, or LaTeX that is no letter
 */
export function letterOfAlphabet(
  command: string,
  argument: string,
  place: { readonly line: number; readonly column: number },
): string {
  const letter = argument.trim();
  const isMadeOfLetters =
    /^(?:[A-Za-z0-9 _^{}']|\\[A-Za-z]+)+$/.test(letter) && !/^[{}_^']$/.test(letter);
  const isKnown = [...letter.matchAll(/\\([A-Za-z]+)/g)].every(
    ([, name = '']) => letterCommands.has(name) || accentCommands.has(name),
  );
  if (isMadeOfLetters && isKnown) return letter;
  throw new ReadError(
    { ...place, length: command.length + 1 },
    `expected a letter after "\\${command}", met ${letter === '' ? 'nothing' : JSON.stringify(letter)}; write \\${command}{L}`,
  );
}
