/** LaTeX in whole pieces: an atom with its scripts, a command with its arguments, a bracketed group. */

/** The pieces of a formula, which together are the formula; `undefined` if the braces do not fit. */
export function pieces(latex: string): readonly string[] | undefined {
  const found: string[] = [];
  let at = 0;
  while (at < latex.length) {
    const end = pieceEnd(latex, at);
    if (end === undefined) return undefined;
    found.push(latex.slice(at, end));
    at = end;
  }
  return found;
}

/** Commands that are followed by that many groups. */
const argumentsOf: Readonly<Record<string, number>> = {
  '\\frac': 2,
  '\\dfrac': 2,
  '\\tfrac': 2,
  '\\binom': 2,
  '\\sqrt': 1,
  '\\mathbf': 1,
  '\\mathbb': 1,
  '\\mathrm': 1,
  '\\mathcal': 1,
  '\\operatorname': 1,
  '\\text': 1,
  '\\hat': 1,
  '\\bar': 1,
  '\\tilde': 1,
};

function pieceEnd(latex: string, start: number): number | undefined {
  let end = atomEnd(latex, start);
  for (;;) {
    if (end === undefined) return undefined;
    const script = /^\s*['^_]/.exec(latex.slice(end, end + 8));
    if (script === null) return end;
    end = script[0].endsWith("'") ? end + script[0].length : atomEnd(latex, end + script[0].length);
  }
}

function atomEnd(latex: string, start: number): number | undefined {
  const space = /^\s+/.exec(latex.slice(start));
  const from = start + (space?.[0].length ?? 0);
  if (latex[from] === '{') return groupEnd(latex, from, '{', '}');
  const command = /^\\(?:[A-Za-z]+\*?|[\s\S])/.exec(latex.slice(from))?.[0];
  if (command === undefined) return latex[from] === '}' ? undefined : from + 1;
  if (command === '\\left') return groupEnd(latex, from, '\\left', '\\right');
  if (command === '\\begin') return groupEnd(latex, from, '\\begin', '\\end');
  let end: number | undefined = from + command.length;
  for (let left = argumentsOf[command] ?? 0; left > 0 && end !== undefined; left -= 1)
    end = atomEnd(latex, end);
  return end;
}

/** The place after the partner of an opening, with what belongs to the closing (`\right)`). */
function groupEnd(latex: string, start: number, open: string, close: string): number | undefined {
  let depth = 0;
  for (let at = start; at < latex.length; at += 1) {
    if (latex[at] === '\\' && open === '{') {
      at += 1;
      continue;
    }
    if (opens(latex, at, open)) depth += 1;
    else if (opens(latex, at, close)) {
      depth -= 1;
      if (depth === 0) return open === '{' ? at + 1 : closingEnd(latex, at + close.length);
    }
  }
  return undefined;
}

const opens = (latex: string, at: number, word: string): boolean =>
  latex.startsWith(word, at) &&
  !(word.length > 1 && /[A-Za-z]/.test(latex[at + word.length] ?? ''));

const closingEnd = (latex: string, at: number): number =>
  at + (/^\s*(?:\{[^}]*\}|\\[A-Za-z]+|\\.|.)/.exec(latex.slice(at))?.[0].length ?? 0);
