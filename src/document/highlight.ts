/**
 * Marks what changed between two lines of a derivation, in LaTeX: the smallest run of whole pieces
 * (an atom with its scripts, a command with its arguments, a bracketed group) that differs.
 */
import { isLong } from './break-latex.js';
import { pieces } from './latex-pieces.js';
import { CHANGED } from './math-html.js';

/** LaTeX of `after` with the part that is not in `before` marked; `after` itself if all or nothing changed. */
export function highlightChange(before: string, after: string): string {
  const old = pieces(before);
  const fresh = pieces(after);
  if (old === undefined || fresh === undefined) return after;
  const shorter = Math.min(old.length, fresh.length);
  const same = (a: string | undefined, b: string | undefined) => a?.trim() === b?.trim();
  let start = 0;
  while (start < shorter && same(old[start], fresh[start])) start += 1;
  let end = 0;
  while (end < shorter - start && same(old.at(-1 - end), fresh.at(-1 - end))) end += 1;
  const middle = fresh.slice(start, fresh.length - end);
  if (middle.length === 0 || middle.length === fresh.length || !balanced(middle)) return after;
  // What is marked stays on one line; where so much changed, a mark tells nothing.
  if (isLong(middle.join(''))) return after;
  const marked = `\\htmlClass{${CHANGED}}{${middle.join('')}}`;
  return fresh.slice(0, start).join('') + marked + fresh.slice(fresh.length - end).join('');
}

/** Whether brackets close inside the part: half a bracket must not be marked. */
function balanced(part: readonly string[]): boolean {
  let depth = 0;
  for (const piece of part) {
    const bare = piece.trim();
    if (/^(?:[([]|\\\{|\\[Bb]igg?l)/.test(bare)) depth += 1;
    if (/^(?:[)\]]|\\\}|\\[Bb]igg?r)/.test(bare)) depth -= 1;
    if (depth < 0) return false;
  }
  return depth === 0 && !part.some((piece) => /^\s*(?:&|\\\\)\s*$/.test(piece));
}
