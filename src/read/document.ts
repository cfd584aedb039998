/** Documents to scopes: Markdown with fences, `.hg`, `.tex`; display math behind a marker. */
import { rawLines, rawStatements } from './lines.js';
import { macrosOf } from './macros.js';
import type { RawLine, RawStatement } from './raw.js';
import { sheetOf } from './sheet.js';
import type { Macros } from './spelling.js';
import type { Sheet } from './statement.js';
import type { SourceLine } from './token.js';

/** One stretch of lines that handgrad reads. */
interface Block {
  readonly kind: 'statements' | 'display';
  readonly fresh: boolean;
  readonly lines: readonly SourceLine[];
  /** Line of the fence or marker. */
  readonly line: number;
}

const FENCE = /^(\s{0,3})(`{3,}|~{3,})\s*(\S*)\s*(.*)$/;
const MARKER = /^\s*(?:<!--\s*handgrad:\s*check\s*-->|%\s*handgrad:\s*check)\s*$/;

/**
 * Reads a document; `file` tells the kind by its ending (Markdown unless `.hg` or `.tex`).
 * Never fails: what cannot be read is a statement of kind `error`, with its place.
 *
 * @returns the scopes in order; a block headed `fresh` starts a new one
 */
export function readDocument(text: string, file: string): { readonly scopes: readonly Sheet[] } {
  const lines = text.split(/\r\n|\r|\n/).map(
    (line, at): SourceLine => ({
      text: at === 0 ? line.replace(/^\ufeff/, '') : line,
      line: at + 1,
      column: 1,
    }),
  );
  const blocks = file.endsWith('.hg')
    ? [wholeFile(lines)]
    : file.endsWith('.tex')
      ? latexBlocks(lines)
      : markdownBlocks(lines);
  const macros = macrosOf(text);
  const scopes: Block[][] = [];
  for (const block of blocks) {
    if (block.fresh || scopes.length === 0) scopes.push([]);
    (scopes.at(-1) as Block[]).push(block);
  }
  return { scopes: scopes.map((scope) => readScope(scope, macros)) };
}

/**
 * Reads lines of statements as one scope. Never fails: what cannot be read is a statement of kind
 * `error`, with its place.
 */
export function readSheet(text: string): Sheet {
  const lines = text
    .split(/\r\n|\r|\n/)
    .map((line, at): SourceLine => ({ text: line, line: at + 1, column: 1 }));
  return readScope([wholeFile(lines)], macrosOf(text));
}

function readScope(blocks: readonly Block[], macros: Macros): Sheet {
  const raw = blocks.flatMap((block, at) =>
    block.kind === 'display'
      ? displayStatements(block, at, macros)
      : rawStatements(withoutMacros(block.lines), at, macros),
  );
  return sheetOf(
    raw,
    blocks.flatMap((block) => block.lines),
  );
}

const withoutMacros = (lines: readonly SourceLine[]): readonly SourceLine[] =>
  lines.map((line) =>
    /^\s*\\(re)?newcommand|^\s*\\def\\|^\s*\\DeclareMathOperator/.test(line.text)
      ? { ...line, text: '' }
      : line,
  );

const wholeFile = (lines: readonly SourceLine[]): Block => ({
  kind: 'statements',
  fresh: true,
  lines,
  line: 1,
});

function markdownBlocks(lines: readonly SourceLine[]): readonly Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as SourceLine;
    const fence = FENCE.exec(line.text);
    if (fence) {
      const closing = new RegExp(
        `^\\s{0,3}${fence[2]?.[0] === '~' ? '~' : '`'}{${fence[2]?.length ?? 3},}\\s*$`,
      );
      let end = at + 1;
      while (end < lines.length && !closing.test((lines[end] as SourceLine).text)) end += 1;
      if (/^handgrad$/.test(fence[3] ?? '')) {
        const fresh = /\bfresh\b/.test(fence[4] ?? '');
        blocks.push({
          kind: 'statements',
          fresh,
          lines: lines.slice(at + 1, end),
          line: line.line,
        });
      }
      at = end;
    } else if (MARKER.test(line.text)) {
      const display = displayAfter(lines, at + 1);
      if (display) {
        blocks.push({ kind: 'display', fresh: false, lines: display.lines, line: line.line });
        at = display.end;
      }
    }
  }
  return blocks;
}

/** The display that starts behind a marker, without its delimiters; columns are kept. */
function displayAfter(
  lines: readonly SourceLine[],
  from: number,
): { readonly lines: readonly SourceLine[]; readonly end: number } | undefined {
  let at = from;
  while (at < lines.length && (lines[at] as SourceLine).text.trim() === '') at += 1;
  const first = lines[at]?.text ?? '';
  const opening =
    /^(\s*)(\$\$|\\\[|\\begin\s*\{(?:align|equation|gather|eqnarray|multline|aligned|displaymath)\*?\})/.exec(
      first,
    );
  if (!opening) return undefined;
  const sign = opening[2] as string;
  const close =
    sign === '$$'
      ? /\$\$/
      : sign === '\\['
        ? /\\\]/
        : /\\end\s*\{(?:align|equation|gather|eqnarray|multline|aligned|displaymath)\*?\}/;
  const kept: SourceLine[] = [];
  let column = (opening[1] as string).length + sign.length;
  for (let end = at; end < lines.length; end += 1) {
    const line = lines[end] as SourceLine;
    const rest = line.text.slice(column);
    const stop = close.exec(rest);
    const text = stop ? rest.slice(0, stop.index) : rest;
    if (text.trim() !== '') kept.push({ text, line: line.line, column: column + 1 });
    if (stop) return { lines: kept, end };
    column = 0;
  }
  return { lines: kept, end: lines.length };
}

function displayStatements(block: Block, at: number, macros: Macros): readonly RawStatement[] {
  const lines = block.lines.map((line) => ({ ...line, text: withoutLatexComment(line.text) }));
  const children: readonly RawLine[] = rawLines(lines, macros);
  const first = children[0];
  if (!first) return [];
  return [
    {
      line: block.line,
      column: 1,
      source: lines.map((line) => line.text.trim()).join(' '),
      keyword: 'check',
      tokens: [],
      text: '',
      children,
      block: at,
      latex: true,
      problem: undefined,
    },
  ];
}

const withoutLatexComment = (text: string): string => text.replace(/(^|[^\\])%.*$/, '$1');

function latexBlocks(lines: readonly SourceLine[]): readonly Block[] {
  const blocks: Block[] = [];
  let comments: SourceLine[] = [];
  let commentsFresh = false;
  const flush = () => {
    if (comments.length > 0)
      blocks.push({
        kind: 'statements',
        fresh: commentsFresh,
        lines: comments,
        line: (comments[0] as SourceLine).line,
      });
    comments = [];
    commentsFresh = false;
  };
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as SourceLine;
    const comment = /^(\s*%%\s*handgrad\b:?)(\s+fresh\b)?/.exec(line.text);
    if (comment) {
      if (comment[2]) {
        flush();
        commentsFresh = true;
      }
      const length = comment[0].length;
      comments.push({ text: line.text.slice(length), line: line.line, column: length + 1 });
      continue;
    }
    flush();
    const begin = /^\s*\\begin\{handgrad\}\s*(?:\[([^\]]*)\])?/.exec(line.text);
    if (begin) {
      let end = at + 1;
      while (end < lines.length && !/\\end\{handgrad\}/.test((lines[end] as SourceLine).text))
        end += 1;
      blocks.push({
        kind: 'statements',
        fresh: /\bfresh\b/.test(begin[1] ?? ''),
        lines: lines.slice(at + 1, end),
        line: line.line,
      });
      at = end;
    } else if (MARKER.test(line.text)) {
      const display = displayAfter(lines, at + 1);
      if (display) {
        blocks.push({ kind: 'display', fresh: false, lines: display.lines, line: line.line });
        at = display.end;
      }
    }
  }
  flush();
  return blocks;
}
