/** KaTeX's style sheet with the fonts that a page needs inside it, so that the page asks for nothing. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Fonts by the class in KaTeX's HTML that calls for them; Main-Regular is always there. */
const fontClasses: Readonly<Record<string, RegExp>> = {
  'KaTeX_Main-Regular': /katex/,
  'KaTeX_Main-Bold': /mathbf|textbf|boldsymbol/,
  'KaTeX_Main-Italic': /textit|mathit/,
  'KaTeX_Main-BoldItalic': /mathboldit|boldsymbol|mathbfit/,
  'KaTeX_Math-Italic': /mathnormal/,
  'KaTeX_Math-BoldItalic': /boldsymbol/,
  KaTeX_AMS: /amsrm|mathbb/,
  'KaTeX_Caligraphic-Regular': /mathcal/,
  'KaTeX_Caligraphic-Bold': /mathcal/,
  'KaTeX_Fraktur-Regular': /mathfrak/,
  'KaTeX_Script-Regular': /mathscr/,
  'KaTeX_SansSerif-Regular': /mathsf|textsf/,
  'KaTeX_Typewriter-Regular': /mathtt|texttt/,
  'KaTeX_Size1-Regular': /size1|delimsizing|op-symbol/,
  'KaTeX_Size2-Regular': /size2|delimsizing|op-symbol/,
  'KaTeX_Size3-Regular': /size3|delimsizing/,
  'KaTeX_Size4-Regular': /size4|delimsizing|mult/,
};

/**
 * The style sheet for a page.
 * @param html the page's body, which says which fonts are needed
 * @returns CSS without any address outside itself; empty if the body holds no formula
 */
export function katexStyle(html: string): string {
  if (!html.includes('class="katex"')) return '';
  const sheet = createRequire(import.meta.url).resolve('katex/dist/katex.min.css');
  const fonts = join(dirname(sheet), 'fonts');
  const classes = [...classesIn(html)].join(' ');
  return readFileSync(sheet, 'utf8').replace(/@font-face\{[^}]*\}/g, (face) => {
    const file = /url\(fonts\/([\w-]+)\.woff2\)/.exec(face)?.[1] ?? '';
    if (!isNeeded(file, classes)) return '';
    const data = readFileSync(join(fonts, `${file}.woff2`)).toString('base64');
    return face.replace(/src:[^;}]*/, `src:url(data:font/woff2;base64,${data}) format("woff2")`);
  });
}

/** The words of all `class` attributes, each once: far less to look through than the page. */
function classesIn(html: string): ReadonlySet<string> {
  const lists = new Set<string>();
  for (const [, list] of html.matchAll(/ class="([^"]*)"/g)) lists.add(list as string);
  return new Set([...lists].flatMap((list) => list.split(/\s+/)));
}

const isNeeded = (font: string, used: string): boolean =>
  Object.entries(fontClasses).some(
    ([name, classes]) => font.startsWith(name) && classes.test(used),
  );
