/** A note as a page of its own or as Markdown for a host: prose as written, blocks rendered. */
import { renderHtml } from '../document/html.js';
import type { NoteBlock, NoteProblem } from './blocks.js';
import { renderNote } from './note.js';
import { noteTargets } from './note-targets.js';
import { usualOptions } from './options.js';
import { renderBlock } from './render-block.js';

export interface WrittenNote {
  readonly text: string;
  readonly problems: readonly NoteProblem[];
}

/**
 * A page without a script; all that it asks for are the pictures of the note's own folder. Links to
 * notes lead to their pages.
 */
export async function notePage(source: string, file: string): Promise<WrittenNote> {
  const { note, document, blocks, problems } = await renderNote(source, file, 'html');
  const inside = (line: number): NoteBlock | undefined =>
    note.blocks.find((block) => line >= block.line && line <= block.end);
  const pieces: { line: number; prose: string | null; block: string | null }[] = blocks.map(
    ({ line, output }) => ({ line, prose: null, block: output }),
  );
  for (const part of document.parts) {
    if (part.part === 'prose') pieces.push({ line: part.line, prose: part.markdown, block: null });
    else if (part.part === 'result' && !inside(part.line)) {
      // A derivation in the prose itself, behind its marker.
      const { line } = part;
      const block = { line, end: line, options: usualOptions, problems: [] };
      pieces.push({ line, prose: null, block: await renderBlock({ document, block }, 'html') });
    }
  }
  pieces.sort((a, b) => a.line - b.line);
  const rendered = pieces.flatMap(({ block }) => (block === null ? [] : [block]));
  const around = { rendered, targets: noteTargets };
  return { text: await renderHtml({ own: 'note.html' }, document, { pieces }, around), problems };
}

/** The note with every block replaced by what it renders to; all else stays as typed. */
export async function noteMarkdown(source: string, file: string): Promise<WrittenNote> {
  const { blocks, problems } = await renderNote(source, file, 'markdown');
  const lines = source.split(/\r\n|\r|\n/);
  for (const block of [...blocks].reverse()) {
    const anchor = block.id ? [`<a id="${block.id}"></a>`, ''] : [];
    const folded = block.fold
      ? ['<details>', `<summary>${block.title}</summary>`, '', block.output, '', '</details>']
      : [block.output];
    lines.splice(block.line - 1, block.end - block.line + 1, ...anchor, ...folded);
  }
  return { text: lines.join('\n'), problems };
}
