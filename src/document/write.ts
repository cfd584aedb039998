/**
 * A document in the notation asked for; each writer loads only when its notation is.
 * It reads templates and style sheets from files: Node only.
 *
 * @module handgrad/documents
 */
import type { DocumentOptions } from './html.js';
import type { DocumentView, PartView, ResultView } from './view.js';

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

/** A document of one formula and one step. */
function smallDocument(): DocumentView {
  const formula = { text: 'x', latex: 'x', unicode: 'x' };
  const step = { law: 'definition', because: 'as given', formula, verdict: 'proved' } as const;
  const result: ResultView = {
    kind: 'find',
    line: 1,
    ask: formula,
    answer: formula,
    verdict: 'proved',
    assumed: [],
    checked: [],
    notes: [],
    forms: {},
    steps: [step, step],
  };
  const parts: readonly PartView[] = [
    { part: 'prose', line: 1, markdown: 'A word, and $x$.' },
    { part: 'result', line: 1, result },
  ];
  return { version: 1, file: '', title: '', parts, results: [result] };
}

/**
 * Loads the writer of a format and all that it needs by writing a small document: whoever still waits
 * for a document has its templates parsed meanwhile. Nothing depends on it.
 */
export async function loadWriter(format: 'markdown' | 'html' | 'latex'): Promise<void> {
  await writeDocument(smallDocument(), format, { steps: 'main' });
}
