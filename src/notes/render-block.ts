/**
 * One block of a note, rendered: the core that every host uses. Hosts differ only in how they find
 * blocks and where they put what comes out.
 */
import { renderHtml } from '../document/html.js';
import { renderLatex } from '../document/latex.js';
import { renderMarkdown } from '../document/markdown.js';
import type { DocumentView, PartView, ResultView } from '../document/view.js';
import type { NoteBlock } from './blocks.js';
import type { Show } from './options.js';

export const blockFormats = ['html', 'markdown', 'latex'] as const;
export type BlockFormat = (typeof blockFormats)[number];

/** What is written on a folded block. */
export const blockTitles: Readonly<Record<Show, string>> = {
  steps: 'Derivation',
  answer: 'Answer',
  check: 'Check',
  picture: 'Picture',
};

/** A block with the note that it stands in, solved: blocks of one note share their scope. */
export interface BlockSource {
  readonly document: DocumentView;
  readonly block: NoteBlock;
}

/**
 * Renders a block as a piece of a page, of Markdown or of LaTeX. What could not be read is shown in
 * its place with file, line and column. The same source gives the same text.
 */
export async function renderBlock(source: BlockSource, format: BlockFormat): Promise<string> {
  const { document, block } = source;
  const { options } = block;
  const parts = [
    ...block.problems.map((problem) => shownError({ kind: 'error', ...problem }, document)),
    ...partsOf(source),
  ];
  const results = parts.flatMap((part) => (part.part === 'result' ? [part.result] : []));
  const drawn = results.some(({ kind }) => kind === 'draw');
  const { picture, ...rest } = document;
  const shown: DocumentView = {
    ...rest,
    parts,
    results,
    ...(options.show === 'picture' && !drawn && picture ? { picture } : {}),
  };
  const data = {
    fold: options.fold,
    name: options.id ?? null,
    prefix: `b${block.line}-`,
    title: blockTitles[options.show],
  };
  switch (format) {
    case 'html':
      return (await renderHtml({ own: 'block.html' }, shown, { steps: 'main', ...data })).trim();
    case 'markdown':
      return (await renderMarkdown({ own: 'block.md' }, shown, { steps: 'main', ...data })).trim();
    case 'latex':
      return (await renderLatex({ own: 'block.tex' }, shown, { steps: 'main', ...data })).trim();
  }
}

/** The parts of the document that the block makes, as its options want them. */
function partsOf({ document, block }: BlockSource): readonly PartView[] {
  const { show } = block.options;
  return document.parts.flatMap((part): readonly PartView[] => {
    if (part.part === 'prose') return [];
    if (part.part === 'statements') {
      // Statements that no prose parts are one group, even over the border of two blocks.
      const items = part.items.filter(({ line }) => line > block.line && line < block.end);
      const wanted = items.length > 0 && (show === 'steps' || show === 'answer');
      return wanted ? [{ ...part, line: items[0]?.line ?? part.line, items }] : [];
    }
    if (part.line < block.line || part.line > block.end) return [];
    const { result } = part;
    if (result.kind === 'error') return [shownError(result, document)];
    if (!isShown(result, show)) return [];
    return [show === 'answer' && 'steps' in result ? withoutSteps(part, result) : part];
  });
}

const withoutSteps = (part: PartView, result: ResultView): PartView => ({
  ...part,
  part: 'result',
  result: { ...result, steps: [] } as ResultView,
});

function isShown(result: ResultView, show: Show): boolean {
  switch (show) {
    case 'picture':
      return result.kind === 'draw';
    case 'check':
      return ['check', 'claim', 'expect', 'choose'].includes(result.kind);
    default:
      return true;
  }
}

/** An error that says where it is, wherever the piece is put. */
function shownError(result: ResultView & { kind: 'error' }, { file }: DocumentView): PartView {
  const { line, column } = result;
  const message = result.message.replace(/^line \d+, column \d+: /, '');
  const located = { ...result, message: `${file}:${line}:${column} ${message}` };
  return { part: 'result', line, result: located };
}
