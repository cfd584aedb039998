/** Long formulas broken into lines at their outermost plus and minus signs. */

/** Wider than this, in rough units of one letter, a formula is broken. */
const WIDEST_LINE = 46;

/** Whether a formula is broken, or has a line of its own where there is more room. */
export const isLong = (latex: string): boolean => roughWidth(latex) > WIDEST_LINE;

/** Wider than this, in the same units, a line is longer than any box of TeX, even to be made smaller. */
const WIDEST_BOX = 1500;

/** Whether TeX can hold a formula in a box, each of its lines being one. */
export const fitsBox = (latex: string): boolean =>
  latex.length <= WIDEST_BOX || latex.split('\\\\').every((line) => roughWidth(line) <= WIDEST_BOX);

/**
 * LaTeX that may stand in display mathematics: the formula itself, or an `aligned` of its parts if it
 * is long and has outermost signs to break at.
 */
export function breakLatex(latex: string): string {
  if (!isLong(latex)) return latex;
  const lines: string[] = [];
  let line = '';
  for (const term of outermostTerms(latex)) {
    if (line !== '' && roughWidth(line) + roughWidth(term) > WIDEST_LINE) {
      lines.push(line);
      line = term;
    } else line += term;
  }
  lines.push(line);
  if (lines.length === 1) return latex;
  return `\\begin{aligned}[t] & ${lines.join(' \\\\ & \\quad {} ')} \\end{aligned}`;
}

/** Parts that begin with an outermost plus, minus or relation; together they are the formula. */
function outermostTerms(latex: string): readonly string[] {
  const terms: string[] = [];
  let depth = 0;
  let start = 0;
  const tokens = /\\(?:[A-Za-z]+|[\s\S])|[\s\S]/g;
  for (let match = tokens.exec(latex); match !== null; match = tokens.exec(latex)) {
    const [token] = match;
    if (/^(?:[{([]|\\left|\\begin|\\\{)$/.test(token)) depth += 1;
    else if (/^(?:[})\]]|\\right|\\end|\\\})$/.test(token)) depth -= 1;
    else if (depth === 0 && /^[+\-=]$/.test(token) && match.index > start) {
      if (!/[+\-=(]\s*$/.test(latex.slice(start, match.index))) {
        terms.push(latex.slice(start, match.index));
        start = match.index;
      }
    }
  }
  return [...terms, latex.slice(start)];
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
    .replace(/\\(?:left|right|displaystyle|,|;|!| |quad)/g, '')
    .replace(/\\(?:sum|prod)(?:_\{[^}]*\}|_.)?(?:\^\{[^}]*\}|\^.)?/g, 'MM')
    .replace(/\\[A-Za-z]+/g, 'm')
    .replace(/[{}_^&\\\s]/g, '');
  return bare.length;
}
