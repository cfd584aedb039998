/** What must hold of every document written: no text of the author's becomes markup. */
import { solveText } from '../../../src/derive.js';
import type { DocumentView } from '../../../src/document/view.js';
import { writeDocument } from '../../../src/document/write.js';
import type { Beat } from '../kinds.js';
import { described } from './reading.js';
import { faultOfResults } from './worksheets.js';

/** A tag with its attributes, each of which has a quoted value or none. */
const tag =
  /<\/?([A-Za-z][\w-]*)((?:\s+[\w:@.-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*\/?>/g;
const forbidden = new Set('script iframe object embed base form zq'.split(' '));

/** What a browser would see in a page that the author's text must not have put there. */
export function faultOfHtml(html: string): string | undefined {
  const body = html.replaceAll(/<style>[\s\S]*?<\/style>/g, '');
  for (const [whole, name = '', attributes = ''] of body.matchAll(tag)) {
    if (forbidden.has(name.toLowerCase())) return `markup: ${whole.slice(0, 200)}`;
    const bare = attributes.replaceAll(/"[^"]*"|'[^']*'/g, '""');
    if (/\son\w+\s*=/i.test(bare)) return `handler: ${whole.slice(0, 200)}`;
    if (/(?:href|src)\s*=\s*["']?\s*(?:javascript|vbscript|data)\s*:/i.test(attributes))
      return `address: ${whole.slice(0, 200)}`;
    // A link of the author's may lead anywhere; nothing is loaded from elsewhere.
    if (/src\s*=\s*["']?\s*(?:https?:|\/\/)/i.test(attributes))
      return `address: ${whole.slice(0, 200)}`;
  }
  const rest = body.replaceAll(tag, '').replaceAll(/<!--[\s\S]*?-->|<!doctype html>/gi, '');
  const open = /<[^\s]/.exec(rest);
  return open
    ? `unescaped: ${rest.slice(Math.max(0, open.index - 60), open.index + 60)}`
    : undefined;
}

/** Control sequences that a document must not get from its author. */
function faultOfLatexDocument(latex: string): string | undefined {
  const body = latex.replaceAll(/\\begin\{verbatim\}[\s\S]*?\\end\{verbatim\}/g, '');
  const met =
    /\\(?:write18|immediate|input|include|openout|read|catcode|def|csname|href|url|htmlClass)(?![A-Za-z])/.exec(
      body.slice(body.indexOf('\\begin{document}')),
    );
  return met
    ? `control sequence: ${body.slice(Math.max(0, met.index - 60), met.index + 60)}`
    : undefined;
}

/** A Markdown document answered and written in every format. */
export async function probeDocument(input: string, beat: Beat): Promise<string | undefined> {
  let document: DocumentView;
  try {
    document = await solveText(input, 'sheet.md', { begins: beat, answered: beat });
  } catch (problem) {
    return `uncaught: ${described(problem)}`;
  }
  beat();
  const fault = faultOfResults(document, input);
  if (fault) return fault;
  try {
    const html = await writeDocument(document, 'html', { steps: 'all' });
    beat();
    const markdown = await writeDocument(document, 'markdown', { steps: 'all' });
    const latex = await writeDocument(document, 'latex', { steps: 'all' });
    beat();
    if (latex.includes('\u0000') || (markdown.includes('\u0000') && !input.includes('\u0000')))
      return 'a zero byte: in a document';
    return faultOfHtml(html) ?? faultOfLatexDocument(latex);
  } catch (problem) {
    return `writing: ${described(problem)}`;
  }
}
