/** A user's text made harmless in the languages that documents are written in. */

const htmlCharacters: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML, inside elements and inside quoted attributes. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => htmlCharacters[character] ?? '');

const texCharacters: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '{': '\\{',
  '}': '\\}',
  // Behind a line break or `\\item` a bare one belongs to the command.
  '[': '{[}',
  '*': '{*}',
  $: '\\$',
  '&': '\\&',
  '#': '\\#',
  '%': '\\%',
  _: '\\_',
  '^': '\\textasciicircum{}',
  '~': '\\textasciitilde{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '|': '\\textbar{}',
  '"': '\\textquotedbl{}',
  "'": "'",
  '`': '\\textasciigrave{}',
};

/** Characters beyond Latin that pdflatex cannot set, by what stands for them. */
const texSymbols: Readonly<Record<string, string>> = {
  '–': '--',
  '—': '---',
  '…': '\\dots{}',
  '‘': '`',
  '’': "'",
  '“': '``',
  '”': "''",
  '·': '\\textperiodcentered{}',
  '×': '\\texttimes{}',
  '→': '$\\to$',
  '∂': '$\\partial$',
  '∑': '$\\sum$',
  '≤': '$\\le$',
  '≥': '$\\ge$',
  '≠': '$\\ne$',
  '≈': '$\\approx$',
  '∞': '$\\infty$',
  '✓': '$\\checkmark$',
};

/** A longer run of characters may be broken: a line must be able to end. */
const LONGEST_WORD = 24;

/** Letters that the T1 encoding sets as they are. */
const latin = /[\u00a1-\u00ac\u00ae-\u017f]/;

/**
 * Text for LaTeX, on one line: no control sequence, no group, no mathematics and no ligature of the
 * author's survives.
 */
export function escapeTex(text: string): string {
  let out = '';
  let run = 0;
  for (const character of text.normalize('NFC').replace(/\s+/g, ' ')) {
    run = character === ' ' ? 0 : run + 1;
    if (run > 0 && run % LONGEST_WORD === 0) out += '\\allowbreak{}';
    const code = character.codePointAt(0) ?? 0;
    const known = texCharacters[character] ?? texSymbols[character];
    if (known !== undefined) out += known;
    else if (character === '-' && out.endsWith('-')) out += '{}-';
    else if ((code >= 32 && code < 127) || latin.test(character)) out += character;
    else if (code >= 0x3b1 && code <= 0x3c9) out += greek(code);
    else if (code > 127) out += `{[}U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
    else out += ' ';
  }
  return out;
}

const greekNames =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi o pi rho varsigma sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );

function greek(code: number): string {
  const name = greekNames[code - 0x3b1] ?? 'o';
  return name === 'o' ? 'o' : `$\\${name}$`;
}

/**
 * What commands a terminal (control characters) or turns the order of letters about (bidirectional
 * marks); a new line is none of it.
 */
const commanding = /(?!\n)[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text for a terminal: what would command it is shown as what it is not. */
export const escapeTerminal = (text: string): string => text.replace(commanding, '\ufffd');

/** Text for Markdown that is to be read as plain words, on one line. */
export const escapeMarkdown = (text: string): string =>
  text.replace(/\s+/g, ' ').replace(/[\\`*_[\]<>#|~$&]/g, '\\$&');

/**
 * What KaTeX's strict mode does not take inside `\text{...}`: signs of LaTeX, and characters beyond the
 * alphabets of its `unicodeScripts.js` (Latin, Cyrillic, Armenian, Brahmic, Georgian, Chinese, Japanese,
 * Korean) and the few signs of its `symbols.js`.
 */
const notWordsOfKatex =
  /[\\{}$&#^_%~\p{Cc}]|[^ -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u04ff\u0530-\u058f\u0900-\u10ff\u3000-\u30ff\u4e00-\u9faf\uac00-\ud7af\uff00-\uff60\u2013\u2014\u2018\u2019\u201c\u201d\u2026]/gu;

/** Words for `\text{...}`: what cannot stand there becomes a blank. */
export const wordsForKatex = (text: string): string =>
  text.normalize('NFC').replace(notWordsOfKatex, ' ');
