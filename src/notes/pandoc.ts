/** A JSON filter for Pandoc (and Quarto): code blocks of handgrad become Pandoc's own elements. */
import { spawnSync } from 'node:child_process';
import { renderNote } from './note.js';

/** What is used of Pandoc's tree. */
interface Element {
  readonly t?: string;
  readonly c?: unknown;
}

interface PandocDocument {
  readonly blocks: readonly Element[];
  readonly [name: string]: unknown;
}

type Attributes = readonly [string, readonly string[], readonly (readonly [string, string])[]];

/** Pandoc that reads the Markdown of the blocks: the one that runs the filter is on the path. */
const PANDOC = 'pandoc';
const READER = 'markdown+tex_math_dollars-raw_tex-raw_html';

/**
 * The document with its blocks rendered. Pandoc tells no lines, so messages count the lines of all
 * blocks together, fences included.
 */
export async function filterPandoc(text: string): Promise<string> {
  const document = JSON.parse(text) as PandocDocument;
  const found: (readonly [Attributes, string])[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) {
      if (isOurs(value)) found.push(value.c);
      else Object.values(value).forEach(collect);
    }
  };
  collect(document.blocks);
  if (found.length === 0) return text;

  const { blocks } = await renderNote(found.map(fenced).join('\n'), 'blocks.md', 'markdown');
  const made = blocks.map(({ output, fold, id }) => {
    const attributes = [id ?? '', fold ? ['handgrad', 'fold'] : ['handgrad'], []];
    return { t: 'Div', c: [attributes, elements(output)] };
  });
  let next = 0;
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value !== 'object' || value === null) return value;
    if (isOurs(value)) return made[next++] ?? value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replace(one)]));
  };
  return JSON.stringify({ ...document, blocks: replace(document.blocks) });
}

const isOurs = (value: object): value is { readonly c: readonly [Attributes, string] } => {
  const { t, c } = value as Element;
  return t === 'CodeBlock' && (c as [Attributes])[0][1].includes('handgrad');
};

/** The block as a fence again; a fence is longer than any in it. */
function fenced([[id, classes, pairs], text]: readonly [Attributes, string]): string {
  const words = [
    ...(id ? [`#${id}`] : []),
    ...classes.filter((name) => name !== 'handgrad'),
    ...pairs.map(([name, value]) => `${name}=${value}`),
  ];
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const mark = '`'.repeat(longest + 1);
  return `${mark}handgrad ${words.join(' ')}\n${text}\n${mark}`;
}

/** Markdown as Pandoc's elements. */
function elements(markdown: string): readonly Element[] {
  const { stdout, status, error } = spawnSync(PANDOC, ['-f', READER, '-t', 'json'], {
    input: markdown,
    encoding: 'utf8',
  });
  if (error || status !== 0) return [{ t: 'CodeBlock', c: [['', [], []], markdown] }];
  return (JSON.parse(stdout) as PandocDocument).blocks;
}
