/** A worksheet put together again: the author's prose, what was stated, and what came out, in order. */
import type { DocumentView, PartView, ResultView, StatementView } from './view.js';

export interface Assembled {
  /** As the caller named it. */
  readonly file: string;
  readonly text: string;
  readonly statements: readonly StatementView[];
  readonly results: readonly ResultView[];
  readonly picture?: DocumentView['picture'];
}

/**
 * The view of a whole document. Prose is kept for Markdown files only (`.hg` has none, `.tex` is
 * not Markdown); its first heading becomes the title.
 */
export function assembleDocument(given: Assembled): DocumentView {
  const { file, text, statements, results, picture } = given;
  const lines = text.split(/\r?\n/);
  const pieces = isMarkdown(file, text) ? prosePieces(lines, lastLinesOf(results)) : [];
  const heading = pieces
    .map(({ markdown }) => /^\s*#\s+(.+?)\s*#*\s*$/m.exec(markdown))
    .find(Boolean);
  const prose = pieces
    .map((piece) =>
      heading ? { ...piece, markdown: piece.markdown.replace(heading[0], '') } : piece,
    )
    .filter(({ markdown }) => markdown.trim() !== '');
  const parts: PartView[] = [
    ...prose.map(({ line, markdown }): PartView => ({ part: 'prose', line, markdown })),
    ...grouped(statements, results, prose),
    ...results.map((result): PartView => ({ part: 'result', line: result.line, result })),
  ];
  return {
    version: 1,
    file,
    title: heading?.[1] ?? titleOf(file),
    parts: inOrder(parts),
    results,
    ...(picture ? { picture } : {}),
  };
}

/** The name of the file in words, without folders (of any system) and ending. */
function titleOf(file: string): string {
  if (file === '-') return 'Worksheet';
  const name = file.split(/[/\\]/).findLast((part) => part !== '') ?? file;
  return name.replace(/(?<=.)\.[^.]*$/, '').replace(/[-_]+/g, ' ');
}

const isMarkdown = (file: string, text: string): boolean =>
  /\.(?:md|markdown|qmd)$/i.test(file) || (file === '-' && /^\s*(?:```|~~~)/m.test(text));

/** Sorted by line; at one line the order in which they were given. */
const inOrder = (parts: readonly PartView[]): readonly PartView[] =>
  parts
    .map((part, place) => ({ part, place }))
    .sort((a, b) => a.part.line - b.part.line || a.place - b.place)
    .map(({ part }) => part);

interface Prose {
  readonly line: number;
  readonly markdown: string;
}

/** Lines at which results end that stand in the prose itself (display mathematics that is checked). */
const lastLinesOf = (results: readonly ResultView[]): readonly number[] =>
  results.map((result) =>
    result.kind === 'check'
      ? Math.max(result.line, ...result.lines.map(({ line }) => line))
      : result.line,
  );

const fence = /^ {0,3}(`{3,}|~{3,})\s*(.*)$/;

/** Prose outside handgrad's blocks, cut where a result stands in its midst. */
function prosePieces(lines: readonly string[], cuts: readonly number[]): readonly Prose[] {
  const pieces: Prose[] = [];
  let start = 0;
  let open: { mark: string; ours: boolean } | undefined;
  let cut = false;
  const flush = (end: number) => {
    if (end > start) pieces.push({ line: start + 1, markdown: lines.slice(start, end).join('\n') });
  };
  lines.forEach((line, place) => {
    const match = fence.exec(line);
    if (open === undefined && match) {
      const info = (match[2] as string).replace(/^\{?\s*\.?/, '');
      open = { mark: match[1] as string, ours: /^handgrad\b/.test(info) };
      if (open.ours) flush(place);
    } else if (open !== undefined && match && closes(open.mark, match)) {
      if (open.ours) start = place + 1;
      open = undefined;
    } else if (open === undefined) {
      cut ||= cuts.includes(place + 1);
      if (cut && line.trim() === '') {
        flush(place);
        start = place;
        cut = false;
      }
    }
  });
  if (open === undefined || !open.ours) flush(lines.length);
  return pieces;
}

const closes = (mark: string, match: RegExpExecArray): boolean =>
  (match[1] as string).startsWith(mark) && (match[2] as string).trim() === '';

/** Statements that follow each other without prose or a result between them, as one part. */
function grouped(
  statements: readonly StatementView[],
  results: readonly ResultView[],
  prose: readonly Prose[],
): readonly PartView[] {
  const breaks = [...results, ...prose].map(({ line }) => line);
  const groups: StatementView[][] = [];
  for (const item of [...statements].sort((a, b) => a.line - b.line)) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && !breaks.some((line) => line > last.line && line <= item.line))
      group.push(item);
    else groups.push([item]);
  }
  return groups.map((items) => ({ part: 'statements', line: items[0]?.line ?? 1, items }));
}
