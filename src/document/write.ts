/**
 * A document in the notation asked for; each writer loads only when its notation is.
 * It reads templates and style sheets from files: Node only.
 *
 * @module handgrad/documents
 */
import type { DocumentOptions } from './html.js';
import type { DocumentView } from './view.js';

/** How a document is written. */
export interface WriteOptions extends DocumentOptions {
  /** For LaTeX: a piece to `\input` instead of a document. */
  readonly fragment?: boolean;
}

/**
 * Writes a worksheet with its results.
 * @throws TemplateError for a mistake in the user's template, with its line
 */
export async function writeDocument(
  document: DocumentView,
  format: 'markdown' | 'html' | 'latex',
  options: WriteOptions,
): Promise<string> {
  switch (format) {
    case 'markdown':
      return (await import('./markdown.js')).writeMarkdown(document, options);
    case 'html':
      return (await import('./html.js')).writeHtml(document, options);
    case 'latex': {
      const { writeLatexDocument, writeLatexFragment } = await import('./latex.js');
      return (options.fragment ? writeLatexFragment : writeLatexDocument)(document, options);
    }
  }
}
