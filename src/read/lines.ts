/** Lines of a block to statements with their children: comments, indentation, environments. */
import { separateDeclarations } from './declarations.js';
import { ReadError } from './problem.js';
import { KEYWORDS, type Keyword, type RawLine, type RawStatement } from './raw.js';
import type { Macros } from './spelling.js';
import type { SourceLine, Token } from './token.js';
import { tokenize } from './tokens.js';

/** A line without its comment: `#` outside of a LaTeX argument. */
function withoutComment(text: string): string {
  const at = /(^|[^\\])#/.exec(text);
  return at ? text.slice(0, at.index + (at[1]?.length ?? 0)) : text;
}

const indentOf = (text: string): number =>
  /^\s*/.exec(text)?.[0].replace(/\t/g, '    ').length ?? 0;

interface Group {
  readonly lines: SourceLine[];
  readonly children: SourceLine[];
}

/** Groups lines into statements: deeper lines belong to the one above. */
function groupLines(lines: readonly SourceLine[]): readonly Group[] {
  const groups: Group[] = [];
  let indent = 0;
  let open = 0;
  const lastEnd = new Map<string, number>();
  lines.forEach(({ text }, place) => {
    for (const [, name] of text.matchAll(/\\end\s*\{([^}]*)\}/g)) lastEnd.set(name ?? '', place);
  });
  for (const [place, line] of lines.entries()) {
    const text = withoutComment(line.text);
    if (text.trim() === '') continue;
    const current = groups.at(-1);
    const depth = indentOf(text);
    const piece: SourceLine = {
      text: text.trim(),
      line: line.line,
      column: line.column + (/^\s*/.exec(text)?.[0].length ?? 0),
    };
    const first = current?.lines[0]?.text ?? '';
    const option = /^choose\b/.test(first) && /^\(?[a-zA-Z0-9]{1,3}[).]\s/.test(piece.text);
    if (current && (depth > indent || open > 0 || option)) {
      current.children.push(piece);
    } else {
      indent = depth;
      groups.push({ lines: [piece], children: [] });
    }
    for (const [, border, name] of text.matchAll(/\\(begin|end)\s*\{([^}]*)\}/g)) {
      // An environment that nothing ends is a mistake of its line alone.
      const ends = (lastEnd.get(name ?? '') ?? -1) >= place;
      if (border === 'end') open = Math.max(0, open - 1);
      else if (ends) open += 1;
    }
  }
  return groups;
}

const countOf = (text: string, pattern: RegExp): number => [...text.matchAll(pattern)].length;

/** Statements of one block. */
export function rawStatements(
  lines: readonly SourceLine[],
  block: number,
  macros: Macros,
): readonly RawStatement[] {
  return groupLines(lines)
    .flatMap((group) => statementsOf(group, block, macros))
    .flatMap(separateDeclarations);
}

function keywordOf(text: string): { keyword: Keyword; length: number } | undefined {
  const match = /^([a-z]+)(\s*:)?(?=\s|$|:)/.exec(text);
  const word = match?.[1];
  const keyword = KEYWORDS.find((candidate) => candidate === word);
  if (!match || !keyword) return undefined;
  const rest = text.slice(match[0].length);
  if (match[2] && keyword !== 'network' && /^=/.test(rest)) return undefined;
  if (/^\s*(:?=|<-|->)(?!=)/.test(rest)) return undefined;
  if (rest.trim() === '' && keyword !== 'check' && keyword !== 'draw') return undefined;
  return { keyword, length: match[0].length };
}

function statementsOf(group: Group, block: number, macros: Macros): readonly RawStatement[] {
  const first = group.lines[0] as SourceLine;
  const found = keywordOf(first.text);
  const source = [first, ...group.children].map((line) => line.text).join(' ');
  const base = { line: first.line, column: first.column, block, latex: false };
  const offset = found?.length ?? 0;
  const space = /^\s*/.exec(first.text.slice(offset))?.[0].length ?? 0;
  const body: SourceLine = {
    text: first.text.slice(offset + space),
    line: first.line,
    column: first.column + offset + space,
  };
  if (found?.keyword === 'network') {
    const text = [body, ...group.children].map((line) => line.text).join(' ');
    return [
      { ...base, source, keyword: 'network', tokens: [], text, children: [], problem: undefined },
    ];
  }
  const listed = found?.keyword === 'check' || found?.keyword === 'choose';
  if (
    !found &&
    /^\\begin\s*\{/.test(first.text) &&
    !/^\\begin\s*\{(cases|[bpvB]?matrix|array)/.test(first.text)
  ) {
    // A display environment of definitions.
    return rawLines([first, ...group.children], macros).map((line) => ({
      ...base,
      line: line.line,
      column: line.column,
      source: line.source,
      keyword: undefined,
      tokens: line.tokens,
      text: line.source,
      children: [],
      problem: line.problem,
    }));
  }
  if (listed) {
    const own = tokensOf([body], macros);
    const childLines =
      found.keyword === 'check' && body.text !== '' ? [body, ...group.children] : group.children;
    const tokens = found.keyword === 'check' ? [] : own.tokens;
    return [
      {
        ...base,
        source,
        keyword: found.keyword,
        tokens,
        text: body.text,
        children:
          found.keyword === 'check'
            ? rawLines(childLines, macros)
            : optionLines(group.children, macros),
        problem: found.keyword === 'check' ? undefined : own.problem,
      },
    ];
  }
  const { tokens, problem } = tokensOf([body, ...group.children], macros);
  const text = [body, ...group.children].map((line) => line.text).join(' ');
  return [{ ...base, source, keyword: found?.keyword, tokens, text, children: [], problem }];
}

function tokensOf(
  lines: readonly SourceLine[],
  macros: Macros,
): { readonly tokens: readonly Token[]; readonly problem: ReadError | undefined } {
  try {
    return { tokens: tokenize(lines, macros), problem: undefined };
  } catch (error) {
    if (error instanceof ReadError) return { tokens: [], problem: error };
    throw error;
  }
}

const RELATION_SIGNS = ['=', '!=', '<', '<=', '>', '>=', ':=', '=>', '->', '<-'];

const isRelation = (token: Token): boolean =>
  token.kind === 'operator' && RELATION_SIGNS.includes(token.text);

/** Whether the tokens hold a relation outside of brackets. */
function hasTopRelation(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'operator') {
      if (['(', '[', '{', '\\{'].includes(token.text)) depth += 1;
      else if ([')', ']', '}', '\\}'].includes(token.text)) depth -= 1;
      else if (depth === 0 && isRelation(token)) return true;
    }
    if (token.kind === 'command' && token.text.startsWith('begin:')) depth += 1;
    if (token.kind === 'command' && token.text.startsWith('end:')) depth -= 1;
  }
  return false;
}

const INLINE = /^(begin|end):(cases|[bpvB]?(small)?matrix|array)$/;

/** Lines of a derivation: source lines, or those of a display environment (`\\`, `&` dropped). */
export function rawLines(lines: readonly SourceLine[], macros: Macros): readonly RawLine[] {
  const rows: { tokens: Token[]; sources: SourceLine[]; problem: ReadError | undefined }[] = [];
  let inside = 0;
  let inline = 0;
  const start = () => rows.push({ tokens: [], sources: [], problem: undefined });
  for (const line of lines) {
    const { tokens, problem } = tokensOf([line], macros);
    if (inside === 0 && inline === 0) start();
    const row = () => rows.at(-1) as (typeof rows)[number];
    if (rows.length === 0) start();
    if (problem) {
      row().problem ??= problem;
      row().sources.push(line);
      inside = Math.max(
        0,
        inside + countOf(line.text, /\\begin\s*\{/g) - countOf(line.text, /\\end\s*\{/g),
      );
      continue;
    }
    row().sources.push(line);
    for (const token of tokens) {
      if (token.kind === 'command' && INLINE.test(token.text)) {
        inline += token.text.startsWith('begin') ? 1 : -1;
        row().tokens.push(token);
      } else if (token.kind === 'command' && /^(begin|end):/.test(token.text)) {
        inside += token.text.startsWith('begin') ? 1 : -1;
        if (row().tokens.length > 0) start();
      } else if (inline === 0 && token.kind === 'operator' && token.text === '\\\\') {
        start();
        row().sources.push(line);
      } else if (inline === 0 && token.kind === 'operator' && token.text === '&') {
        // Alignment marks say nothing.
      } else row().tokens.push(token);
    }
  }
  const merged: typeof rows = [];
  for (const row of rows) {
    if (row.tokens.length === 0 && !row.problem) continue;
    const before = merged.at(-1);
    const continues =
      before &&
      !row.problem &&
      !before.problem &&
      !isCondition(row.tokens) &&
      (!hasTopRelation(row.tokens) || startsOpen(row.tokens)) &&
      hasTopRelation(before.tokens);
    if (continues) {
      before.tokens.push(...row.tokens);
      before.sources.push(...row.sources);
    } else merged.push(row);
  }
  return merged.map((row) => {
    const first = row.tokens[0];
    const own = first
      ? (row.sources.find((line) => line.line === first.line) ?? row.sources[0])
      : row.sources[0];
    return {
      line: first?.line ?? row.problem?.line ?? own?.line ?? 1,
      column: first?.column ?? own?.column ?? 1,
      source: sourceOf(row.tokens, row.sources, own),
      tokens: row.tokens,
      problem: row.problem,
    };
  });
}

/** The piece of the author's text that the tokens came from. */
function sourceOf(
  tokens: readonly Token[],
  lines: readonly SourceLine[],
  own: SourceLine | undefined,
): string {
  const first = tokens[0];
  const last = tokens.at(-1);
  if (!first || !last || !own) return own?.text ?? '';
  const from = first.column - own.column;
  if (first.line === last.line)
    return own.text.slice(Math.max(0, from), last.column + last.length - own.column).trim();
  const rest = lines.filter((line) => line.line > first.line && line.line <= last.line);
  const unique = [...new Map(rest.map((line) => [line.line, line])).values()];
  return [own.text.slice(Math.max(0, from)), ...unique.map((line) => line.text)].join(' ').trim();
}

/** `if i = j:` on a line of its own is a condition for what follows. */
const isCondition = (tokens: readonly Token[]): boolean => {
  const first = tokens[0];
  return (
    first !== undefined &&
    (first.kind === 'word' || first.kind === 'text') &&
    /^(if|for|when|where|case)/i.test(first.text)
  );
};

/** A line that begins with a sign other than a relation goes on with the line above. */
function startsOpen(tokens: readonly Token[]): boolean {
  const first = tokens[0];
  return first?.kind === 'operator' && ['+', '*', '/', '.*', './', ')', ']'].includes(first.text);
}

function optionLines(lines: readonly SourceLine[], macros: Macros): readonly RawLine[] {
  const options: SourceLine[][] = [];
  for (const line of lines) {
    if (/^\(?[A-Za-z0-9]{1,3}[).:]\s/.test(line.text) || options.length === 0) options.push([line]);
    else (options.at(-1) as SourceLine[]).push(line);
  }
  return options.map((group) => {
    const first = group[0] as SourceLine;
    const label = /^\(?([A-Za-z0-9]{1,3})[).:]\s+/.exec(first.text);
    const length = label?.[0].length ?? 0;
    const body: SourceLine = {
      text: first.text.slice(length),
      line: first.line,
      column: first.column + length,
    };
    const { tokens, problem } = tokensOf([body, ...group.slice(1)], macros);
    return {
      line: first.line,
      column: first.column,
      source: `${label?.[1] ?? ''}\u0000${[body, ...group.slice(1)].map((line) => line.text).join(' ')}`,
      tokens,
      problem,
    };
  });
}
