/** Formulas as HTML and MathML through KaTeX, one renderer per document. */
import { escapeHtml } from './escape.js';
import { isSafeMath } from './safe-math.js';
import type { FormulaView } from './view.js';

/** What is used of KaTeX; it is loaded only by those who write HTML. */
interface Katex {
  renderToString(latex: string, options: object): string;
}

export interface MathHtml {
  /** In a line of text. */
  inline(formula: FormulaView | string): string;
  /** In display style (fractions large), without KaTeX's own block. */
  display(formula: FormulaView | string): string;
}

/** Longest formula that is handed to KaTeX; a longer one is shown as plain text. */
const LONGEST_FORMULA = 20_000;

/** The only class that our own LaTeX marks parts with (see `highlight.ts`). */
export const CHANGED = 'changed';

/** A renderer that remembers what it has set. */
export async function openMathHtml(): Promise<MathHtml> {
  const katex = (await import('katex')).default as Katex;
  const known = new Map<string, string>();
  const set = (formula: FormulaView | string, display: boolean): string => {
    const latex = typeof formula === 'string' ? formula : formula.latex;
    const key = `${display ? 'd' : 'i'}${latex}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const html = render(katex, latex, display) ?? plainHtml(formula);
    known.set(key, html);
    return html;
  };
  return {
    inline: (formula) => set(formula, false),
    display: (formula) => set(formula, true),
  };
}

/** Tells whether mathematics of an author's is whole: an open group would stop LaTeX. */
export async function openMathCheck(): Promise<(latex: string) => boolean> {
  const katex = (await import('katex')).default as Katex;
  return (latex) => render(katex, latex, true) !== undefined;
}

function render(katex: Katex, latex: string, display: boolean): string | undefined {
  const bare = latex.replaceAll(`\\htmlClass{${CHANGED}}`, '');
  if (latex.length > LONGEST_FORMULA || !isSafeMath(bare)) return undefined;
  try {
    return katex.renderToString(display ? `\\displaystyle ${latex}` : latex, {
      output: 'htmlAndMathml',
      displayMode: false,
      throwOnError: true,
      strict: (code: string) => (code === 'htmlExtension' ? 'ignore' : 'error'),
      trust: (context: { command: string; class?: string }) =>
        context.command === '\\htmlClass' && context.class === CHANGED,
      maxSize: 20,
      maxExpand: 1000,
    });
  } catch {
    return undefined;
  }
}

/** A formula that KaTeX does not take is shown as it is, never dropped. */
const plainHtml = (formula: FormulaView | string): string =>
  `<code class="math">${escapeHtml(typeof formula === 'string' ? formula : formula.text)}</code>`;
