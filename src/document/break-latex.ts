/** Long formulas broken into lines: at their signs, and between factors where there is no sign. */
import { pieces } from './latex-pieces.js';

/** Wider than this, in rough units of one letter, a formula is broken. */
const WIDEST_LINE = 46;

/** The same where the whole width of a page is free. */
const WIDEST_ALONE = 72;

/** A line that is broken at a sign is at least this part of a full one. */
const LEAST_FILLED = 0.4;

/** Whether a formula is broken, or has a line of its own where there is more room. */
export const isLong = (latex: string): boolean => roughWidth(latex) > WIDEST_LINE;

/** Wider than this, in the same units, a line is longer than any box of TeX, even to be made smaller. */
const WIDEST_BOX = 1500;

/** Whether TeX can hold a formula in a box, each of its lines being one. */
export const fitsBox = (latex: string): boolean =>
  latex.length <= WIDEST_BOX || latex.split('\\\\').every((line) => roughWidth(line) <= WIDEST_BOX);

/**
 * LaTeX that may stand in display mathematics: the formula itself, or an `aligned` of its parts if it
 * is long and has signs or factors to break at.
 */
export function breakLatex(latex: string, room: 'beside' | 'alone' = 'beside'): string {
  const widest = room === 'alone' ? WIDEST_ALONE : WIDEST_LINE;
  if (roughWidth(latex) <= widest) return latex;
  const lines = linesOf(breakableParts(latex) ?? [{ text: latex, before: 'nothing' }], widest);
  if (lines.length === 1) return latex;
  return `\\begin{aligned}[t] & ${lines.join(' \\\\ & \\quad {} ')} \\end{aligned}`;
}

/** A part of a formula, and what a line may end at before it. */
export interface Part {
  readonly text: string;
  readonly before: 'sign' | 'factor' | 'nothing';
}

function linesOf(parts: readonly Part[], widest: number): readonly string[] {
  const lines: string[] = [];
  let line: Part[] = [];
  for (const part of parts) {
    line.push(part);
    const place = widthOf(line) > widest ? lastBreak(line, widest) : 0;
    if (place === 0) continue;
    lines.push(textOf(line.slice(0, place)));
    line = line.slice(place);
  }
  return [...lines, textOf(line)];
}

const textOf = (parts: readonly Part[]): string => parts.map(({ text }) => text).join('');
const widthOf = (parts: readonly Part[]): number =>
  parts.reduce((sum, { text }) => sum + roughWidth(text), 0);

/** The last place at which a line may end, at a sign if that does not leave it all but empty; 0 if none. */
function lastBreak(line: readonly Part[], widest: number): number {
  const sign = line.findLastIndex(({ before }, place) => place > 0 && before === 'sign');
  if (sign > 0 && widthOf(line.slice(0, sign)) > LEAST_FILLED * widest) return sign;
  const factor = line.findLastIndex(({ before }, place) => place > 0 && before === 'factor');
  return factor > 0 ? factor : Math.max(0, sign);
}

/** Brackets of more than this width are opened, so that a line may end inside. */
const WIDEST_BRACKET = 20;

/** What a factor may end with: a closed bracket, a fraction, a letter with its scripts, a space. */
const ends = /(?:[)}\]\w']|\\,)\s*$/;
/** What the next factor may begin with. */
const begins = /^\s*(?:\\left\b|\\biggl|\\Bigl|\\frac|\\sum|\\prod|\()/;
/** Names keep the bracket that follows them: it may hold their arguments. */
const isName = /^\s*(?:\w|\\(?!frac|left|right)[A-Za-z])/;
const isSum = /^\s*\\(?:sum|prod)/;
const isSign = /^\s*(?:[+\-=]|\\(?:odot|oslash|cdot|times))$/;
const isBig = /\\[bB]igg?[lr]$/;
const opens = /(?:^|[([]|\\[bB]igg?l\()\s*$/;

/**
 * A formula in parts, wide brackets opened: `\left( ... \right)` cannot be broken, signs of one size
 * can. `undefined` if its braces do not fit.
 */
export function breakableParts(latex: string): readonly Part[] | undefined {
  const parts = pieces(latex)?.flatMap(opened);
  if (parts === undefined) return undefined;
  const narrow = insideNarrowBrackets(parts);
  return parts.map((text, place): Part => {
    const last = parts[place - 1] ?? '';
    const outside = !narrow.has(place);
    if (!outside || place === 0) return { text, before: 'nothing' };
    if (isSign.test(text))
      return { text, before: opens.test(last) || isSign.test(last) ? 'nothing' : 'sign' };
    const isFactor =
      ends.test(last) &&
      begins.test(text) &&
      !isSum.test(last) &&
      !isBig.test(last) &&
      !(text.endsWith('(') && isName.test(last));
    return { text, before: isFactor ? 'factor' : 'nothing' };
  });
}

/** Places inside plain brackets that are not wide: a line does not end there. */
function insideNarrowBrackets(parts: readonly string[]): ReadonlySet<number> {
  const inside = new Set<number>();
  const open: number[] = [];
  parts.forEach((text, place) => {
    if (isBig.test(parts[place - 1] ?? '')) return;
    if (/^\s*[([]$/.test(text)) open.push(place);
    if (!/^\s*[)\]]/.test(text)) return;
    const from = open.pop() ?? place;
    if (roughWidth(parts.slice(from, place).join('')) > WIDEST_BRACKET) return;
    for (let at = from + 1; at <= place; at += 1) inside.add(at);
  });
  return inside;
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

/** A rough width: letters and signs count one, commands about one, braces and scripts less. */
export function roughWidth(latex: string): number {
  const bare = latex
    .replace(/\\(?:begin|end)\{[^}]*\}/g, '')
    .replace(
      /\\frac\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}/g,
      (_all, top, foot) => (top.length > foot.length ? top : foot),
    )
    .replace(/\\operatorname\{([^}]*)\}/g, '$1')
    .replace(/\\(?:left|right|[bB]igg?[lr]|displaystyle|,|;|!| |quad)/g, '')
    .replace(/\\(?:sum|prod)(?:_\{[^}]*\}|_.)?(?:\^\{[^}]*\}|\^.)?/g, 'MM')
    .replace(/\\[A-Za-z]+/g, 'm')
    .replace(/[{}_^&\\\s]/g, '');
  return bare.length;
}
