/** The author's prose: Markdown read once, written as HTML or LaTeX. Raw HTML stays text. */
import type { MarkdownIt, Token } from 'markdown-it';

/** A reader of Markdown with `$...$` and `$$...$$`. */
export async function openMarkdown(): Promise<MarkdownIt> {
  const { default: Reader } = await import('markdown-it');
  const reader = new Reader('default', { html: false, linkify: false, typographer: false });
  reader.inline.ruler.after('escape', 'math', (state, silent) => {
    const found = mathAt(state.src, state.pos);
    if (found === undefined) return false;
    if (!silent) {
      const token = state.push(found.display ? 'math_display' : 'math_inline', '', 0);
      token.content = found.latex;
    }
    state.pos = found.end;
    return true;
  });
  return reader;
}

interface FoundMath {
  readonly latex: string;
  readonly display: boolean;
  readonly end: number;
}

/** Math that opens at a place, by Pandoc's rule: no space inside the dollars, no digit after them. */
function mathAt(source: string, start: number): FoundMath | undefined {
  if (source[start] !== '$') return undefined;
  const display = source[start + 1] === '$';
  const pattern = display
    ? /\$\$((?:[^$\\]|\\[\s\S])+)\$\$/y
    : /\$(?!\s)((?:[^$\\]|\\[\s\S])+?)(?<!\s)\$(?!\d)/y;
  pattern.lastIndex = start;
  const match = pattern.exec(source);
  return match === null
    ? undefined
    : { latex: (match[1] as string).trim(), display, end: pattern.lastIndex };
}

/** Mathematics set by the caller. */
export interface MathWriter {
  readonly inline: (latex: string) => string;
  readonly display: (latex: string) => string;
}

/** Where the links and images of prose lead, once a page is written of it. */
export interface ProseTargets {
  /** The address of a link, given the one that was typed (and found harmless). */
  readonly link: (address: string) => string;
  /** The address of an image; undefined for its words instead. */
  readonly image: (address: string) => string | undefined;
}

/** For a page that stands alone: it asks for nothing outside itself. */
export const noTargets: ProseTargets = { link: (address) => address, image: () => undefined };

/** Prose as HTML: no raw HTML. */
export function proseHtml(
  reader: MarkdownIt,
  markdown: string,
  math: MathWriter,
  targets: ProseTargets,
): string {
  const { rules } = reader.renderer;
  const { escapeHtml } = reader.utils;
  rules.math_inline = (tokens, place) => math.inline(tokens[place]?.content ?? '');
  rules.math_display = (tokens, place) =>
    `<span class="display" tabindex="0">${math.display(tokens[place]?.content ?? '')}</span>`;
  rules.image = (tokens, place) => {
    const token = tokens[place];
    const words = escapeHtml(token?.content ?? '');
    const address = targets.image(String(token?.attrGet('src') ?? ''));
    return address === undefined
      ? `<em>${words}</em>`
      : `<img src="${escapeHtml(address)}" alt="${words}">`;
  };
  rules.link_open = (tokens, place, options, _env, self) => {
    const token = tokens[place];
    const address = token?.attrGet('href');
    if (token && typeof address === 'string') token.attrSet('href', targets.link(address));
    return self.renderToken(tokens, place, options);
  };
  rules.heading_open = (tokens, place) => `<${lower(tokens[place])}>`;
  rules.heading_close = (tokens, place) => `</${lower(tokens[place])}>\n`;
  return reader.render(markdown);
}

/** Headings of the author's stand below the title of the page. */
const lower = (token: Token | undefined): string =>
  `h${Math.min(6, Math.max(2, Number(token?.tag.slice(1) ?? 2)))}`;
