/** Where a note's blocks stand, and the note as the engine reads it. */
import { type BlockOptions, readFrontMatter, readOptions, usualOptions } from './options.js';

export interface NoteProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** One fenced block of handgrad. */
export interface NoteBlock {
  /** Lines of the fences, from 1. */
  readonly line: number;
  readonly end: number;
  readonly options: BlockOptions;
  readonly problems: readonly NoteProblem[];
}

export interface Note {
  readonly title?: string;
  /** Lines of front matter. */
  readonly front: number;
  readonly blocks: readonly NoteBlock[];
  /** The note with plain fences and without front matter, line by line as it was. */
  readonly text: string;
}

const fence = /^( {0,3})(`{3,}|~{3,})([^`]*)$/;
const ours = /^\s*(?:\{\s*\.handgrad(?=[\s}])|handgrad(?=[\s{]|$))/;

/**
 * Finds the blocks.
 * @param defaults options of all blocks, under those of the front matter
 */
export function readNote(source: string, defaults: BlockOptions = usualOptions): Note {
  const front = readFrontMatter(source, defaults);
  const lines = source.split(/\r\n|\r|\n/);
  for (let at = 0; at < front.lines; at += 1) lines[at] = '';
  const ahead = front.problems.map(({ offset, message }, place) => ({
    line: front.places[place] ?? 1,
    column: offset + 1,
    message,
  }));
  const blocks: NoteBlock[] = [];
  for (let at = front.lines; at < lines.length; at += 1) {
    const opening = fence.exec(lines[at] as string);
    if (!opening) continue;
    const [whole, indent = '', mark = '', info = ''] = opening;
    let end = at + 1;
    const closing = new RegExp(`^ {0,3}${mark[0]}{${mark.length},}\\s*$`);
    while (end < lines.length && !closing.test(lines[end] as string)) end += 1;
    const name = ours.exec(info);
    if (name) {
      const words = info.slice(name[0].length);
      const { options, problems } = readOptions(words, front.options);
      const before = whole.length - words.length;
      const own = problems.map(({ offset, message }) => ({
        line: at + 1,
        column: before + offset + 1,
        message,
      }));
      blocks.push({
        line: at + 1,
        end: end + 1,
        options,
        problems: [...(blocks.length === 0 ? ahead : []), ...own],
      });
      lines[at] = `${indent}${mark}handgrad${/\bfresh\b/.test(words) ? ' fresh' : ''}`;
    }
    at = end;
  }
  return {
    front: front.lines,
    blocks,
    text: lines.join('\n'),
    ...(front.title ? { title: front.title } : {}),
  };
}
