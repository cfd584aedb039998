/** A whole note: solved once, its blocks rendered one by one. */
import { solveText } from '../derive.js';
import type { DocumentView } from '../document/view.js';
import { nerdamerOpinion } from '../numeric/nerdamer.js';
import { type Note, type NoteProblem, readNote } from './blocks.js';
import { type BlockOptions, usualOptions } from './options.js';
import { type BlockFormat, blockTitles, renderBlock } from './render-block.js';

/** A block's place in the note and what stands there afterwards. */
export interface RenderedBlock {
  readonly line: number;
  readonly end: number;
  readonly id?: string;
  readonly fold: boolean;
  /** What is written on it where it is folded. */
  readonly title: string;
  readonly output: string;
}

export interface RenderedNote {
  readonly note: Note;
  readonly document: DocumentView;
  readonly blocks: readonly RenderedBlock[];
  /** What could not be read, in order; it is shown in its place too. */
  readonly problems: readonly NoteProblem[];
}

/**
 * Solves a note and renders its blocks. Never fails for what stands in the note: mistakes are shown
 * where they are.
 * @param source Markdown, with front matter or without
 * @param file the name that messages carry
 * @param defaults options of all blocks, under those of the front matter
 */
export async function renderNote(
  source: string,
  file: string,
  format: BlockFormat,
  defaults: BlockOptions = usualOptions,
): Promise<RenderedNote> {
  const note = readNote(source, defaults);
  const document = await solveText(note.text, fileOfMarkdown(file), {
    secondOpinion: nerdamerOpinion,
  });
  const titled = { ...document, file, ...(note.title ? { title: note.title } : {}) };
  const blocks: RenderedBlock[] = [];
  for (const block of note.blocks) {
    const output = await renderBlock({ document: titled, block }, format);
    const { fold, id, show } = block.options;
    const title = blockTitles[show];
    blocks.push({ line: block.line, end: block.end, fold, title, output, ...(id ? { id } : {}) });
  }
  const problems = [
    ...note.blocks.flatMap((block) => block.problems),
    ...document.results.flatMap((result) => (result.kind === 'error' ? [result] : [])),
  ];
  return { note, document: titled, blocks, problems: inOrder(problems) };
}

const inOrder = (problems: readonly NoteProblem[]): readonly NoteProblem[] =>
  problems
    .map(({ line, column, message }) => ({
      line,
      column,
      message: message.replace(/^line \d+, column \d+: /, ''),
    }))
    .sort((a, b) => a.line - b.line || a.column - b.column);

/** Notes are Markdown, whatever a host calls its file. */
const fileOfMarkdown = (file: string): string =>
  /\.(?:md|markdown|qmd)$/i.test(file) ? file : `${file}.md`;
