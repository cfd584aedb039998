/**
 * Long formulas made ready to be broken by a page: between factors, and inside wide brackets. At plus,
 * minus and relations KaTeX lets a line end anyway, but only outside of `\left ... \right`.
 */
import { roughWidth } from './break-latex.js';
import { pieces } from './highlight.js';

/** What is not wider stays whole: it fits a phone. */
const WIDEST_WHOLE = 24;

/** Brackets of more than this many letters are opened, so that a line may end inside. */
const WIDEST_BRACKET = 20;

/** What a line may end with: a closed bracket, a fraction, a letter with its scripts, a space. */
const ends = /(?:[)}\]\w]|\\,)\s*$/;
/** What the next line may begin with. */
const begins = /^\s*(?:\\left\b|\\biggl|\\Bigl|\\frac|\\sum|\\prod|\()/;
/** Names keep the bracket that follows them: it may hold their arguments. */
const isName = /^\s*(?:\w|\\(?!frac|left|right)[A-Za-z])/;
const isSign = /^\s*\\(?:sum|prod)/;

/** A long formula with places between its factors at which a line may end. */
export function breakable(latex: string): string {
  if (roughWidth(latex) <= WIDEST_WHOLE) return latex;
  const parts = pieces(latex)?.flatMap(opened);
  if (parts === undefined) return latex;
  let depth = 0;
  return parts
    .map((part, place) => {
      const before = parts[place - 1] ?? '';
      const isBig = /\\[bB]igg?[lr]$/.test(before);
      const mayBreak =
        depth === 0 &&
        ends.test(before) &&
        begins.test(part) &&
        !isSign.test(before) &&
        !(part.endsWith('(') && isName.test(before));
      if (!isBig && /^\s*[([]$/.test(part)) depth += 1;
      if (!isBig && /^\s*[)\]]$/.test(part)) depth -= 1;
      return mayBreak ? `\\allowbreak ${part.trimStart()}` : part;
    })
    .join('');
}

/** The pieces of a wide bracket, with signs of one size around them; else the piece itself. */
function opened(part: string): readonly string[] {
  const inside = /^\s*\\left\(([\s\S]*)\\right\)$/.exec(part)?.[1];
  if (inside === undefined || /\\begin/.test(inside) || roughWidth(inside) <= WIDEST_BRACKET)
    return [part];
  const parts = pieces(inside);
  if (parts === undefined) return [part];
  const size = /\\(?:sum|prod)/.test(inside) ? 'bigg' : 'Big';
  return [`\\${size}l`, '(', ...parts.flatMap(opened), `\\${size}r`, ')'];
}
