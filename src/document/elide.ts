/** Very long formulas, of which a document shows the beginning and the end. */
import { roughWidth } from './break-latex.js';
import { pieces } from './latex-pieces.js';

/** A formula that is wider, in rough units of one letter, is not shown whole: a dozen lines. */
const LONGEST_SHOWN = 600;

/** Letters of LaTeX that are looked through for terms to leave out. */
const LONGEST_ELIDED = 200_000;

/** What a document shows of a formula. */
export interface ShownFormula {
  readonly latex: string;
  /** Terms that dots stand for; 0 for a formula that is shown whole. */
  readonly omitted: number;
}

/** The formula itself, or its beginning and its end where it is very long and has terms to leave out. */
export function shownFormula(latex: string): ShownFormula {
  const whole = { latex, omitted: 0 };
  // Short LaTeX is no wide formula, and needs no look.
  if (latex.length <= LONGEST_SHOWN || latex.length > LONGEST_ELIDED) return whole;
  if (roughWidth(latex) <= LONGEST_SHOWN) return whole;
  return elided(latex, LONGEST_SHOWN) ?? whole;
}

/** Parts of the room that the terms at the beginning and the one at the end may take. */
const FRONT = 0.6;
const END = 0.3;

function elided(latex: string, room: number): ShownFormula | undefined {
  if (roughWidth(latex) <= room) return { latex, omitted: 0 };
  const parts = pieces(latex);
  if (parts === undefined) return undefined;
  const terms = termsOf(parts);
  if (terms.length < 3) return withShorterBracket(parts, room);
  const front: ShownFormula[] = [];
  let width = 0;
  for (const term of terms.slice(0, -1)) {
    const left = FRONT * room - width;
    if (front.length > 0 && roughWidth(term) > left) break;
    const shown = elided(term, left);
    if (!shown) return undefined;
    front.push(shown);
    width += roughWidth(shown.latex);
  }
  const last = elided(terms.at(-1) as string, END * room);
  if (!last) return undefined;
  const away = terms.length - front.length - 1;
  const shown = [...front, last];
  return {
    latex: `${front.map((one) => one.latex).join('')}${away > 0 ? ' + \\cdots ' : ''}${last.latex}`,
    omitted: shown.reduce((sum, one) => sum + one.omitted, away),
  };
}

/** Terms that begin with a plus or a minus outside of all brackets. */
function termsOf(parts: readonly string[]): readonly string[] {
  const terms: string[] = [];
  let depth = 0;
  let term = '';
  for (const part of parts) {
    if (/^\s*[([]$/.test(part)) depth += 1;
    if (/^\s*[)\]]/.test(part)) depth -= 1;
    if (depth === 0 && term.trim() !== '' && /^\s*[+-]$/.test(part)) {
      terms.push(term);
      term = '';
    }
    term += part;
  }
  return [...terms, term];
}

/** A product with its widest bracket made shorter. */
function withShorterBracket(parts: readonly string[], room: number): ShownFormula | undefined {
  const groups = bracketsOf(parts);
  const widest = [...groups].sort((a, b) => roughWidth(b.inside) - roughWidth(a.inside))[0];
  if (!widest) return undefined;
  const left = room - (roughWidth(parts.join('')) - roughWidth(widest.inside));
  // Where the other factors are wide themselves, they are made shorter one after the other.
  const inside = elided(widest.inside, Math.max(left, room / (groups.length + 1)));
  if (!inside || inside.omitted === 0) return undefined;
  const before = parts.slice(0, widest.from).join('');
  const after = parts.slice(widest.to).join('');
  const latex = `${before}\\left(${inside.latex}\\right)${widest.scripts}${after}`;
  if (roughWidth(latex) <= room * (1 + END)) return { latex, omitted: inside.omitted };
  const others = elided(latex, room);
  return others && { latex: others.latex, omitted: inside.omitted + others.omitted };
}

interface Bracket {
  readonly from: number;
  readonly to: number;
  readonly inside: string;
  /** What is raised or lowered behind it. */
  readonly scripts: string;
}

/** Brackets outside of all others: those that grow, and plain ones. */
function bracketsOf(parts: readonly string[]): readonly Bracket[] {
  const found: Bracket[] = [];
  let depth = 0;
  let from = 0;
  parts.forEach((text, place) => {
    const grown = /^\s*\\left\(([\s\S]*)\\right\)([\^_'][\s\S]*)?$/.exec(text);
    if (depth === 0 && grown)
      found.push({
        from: place,
        to: place + 1,
        inside: grown[1] as string,
        scripts: grown[2] ?? '',
      });
    if (/^\s*\($/.test(text)) {
      if (depth === 0) from = place;
      depth += 1;
    }
    const closing = /^\s*\)([\s\S]*)$/.exec(text);
    if (!closing) return;
    depth -= 1;
    if (depth !== 0) return;
    const inside = parts.slice(from + 1, place).join('');
    found.push({ from, to: place + 1, inside, scripts: closing[1] as string });
  });
  return found;
}
