/** How signs, numbers and words are spelled, and how long texts may be. */

/** The author's own commands: name (without backslash) to replacement and number of arguments. */
export interface Macro {
  readonly arguments: number;
  readonly body: string;
}

export type Macros = ReadonlyMap<string, Macro>;

/** Deepest expansion of the author's macros, and the longest text they may grow to. */
export const MACRO_DEPTH = 20;

/** Most expansions of macros in one line. */
export const MOST_EXPANSIONS = 2000;
export const LONGEST_EXPANSION = 20_000;

/** Longest line that is read; a longer one is no formula. */
export const LONGEST_LINE = 100_000;

/** Signs of several characters (and `~`); no letter and no digit opens one. */
const SIGNS = [
  '...',
  '..',
  ':=',
  '->',
  '<-',
  '=>',
  '<=',
  '>=',
  '!=',
  '==',
  '.*',
  './',
  '.^',
  '||',
  '**',
  '~',
];

/** The same by their first character, each list in the order in which they are tried. */
export const SIGNS_BY_START: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(SIGNS.map((sign) => sign.charAt(0)))].map((start) => [
    start,
    SIGNS.filter((sign) => sign.startsWith(start)),
  ]),
);

export const SINGLE = '+-*/^_()[]{},;:|=<>\'!&?%"@$`';

export const NUMBER = /^(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?/;

export const WORD = /^[A-Za-z][A-Za-z0-9]*/;

export const SCRIPT = /^[A-Za-z0-9]+/;

export const WORDS_OF_TEXT = new Set(
  'if for when where otherwise else and or with all over unless then so thus hence since as'.split(
    ' ',
  ),
);

export const UNDERSCORED = ['leaky_relu', 'log_softmax'];
