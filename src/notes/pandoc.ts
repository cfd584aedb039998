/** A JSON filter for Pandoc (and Quarto): code blocks of handgrad become Pandoc's own elements. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { readNote } from './blocks.js';
import { type RenderedBlock, renderNote } from './note.js';
import { readOptions } from './options.js';

/** What is used of Pandoc's tree. */
interface Element {
  readonly t?: string;
  readonly c?: unknown;
}

interface PandocDocument {
  readonly meta?: Readonly<Record<string, unknown>>;
  readonly blocks: readonly Element[];
  readonly [name: string]: unknown;
}

type Attributes = readonly [string, readonly string[], readonly (readonly [string, string])[]];

/** Pandoc that reads the Markdown of the blocks: the one that runs the filter is on the path. */
const PANDOC = 'pandoc';
const READER = 'markdown+tex_math_dollars-raw_tex-raw_html';

/**
 * The document with its blocks rendered. Pandoc tells a filter no file, so the lines of messages are
 * those of the blocks counted together, unless the file is named (`-M handgrad-file=note.md`) or
 * Pandoc gives positions (`-f commonmark_x+sourcepos`).
 */
export async function filterPandoc(text: string): Promise<string> {
  const document = JSON.parse(text) as PandocDocument;
  const found: Found[] = [];
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(collect);
    else if (typeof value === 'object' && value !== null) {
      const block = blockOf(value);
      if (block) found.push(block);
      else Object.values(value).forEach(collect);
    }
  };
  collect(document.blocks);
  if (found.length === 0) return text;

  const made = await rendered(found, document.meta ?? {});
  let next = 0;
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace);
    if (typeof value !== 'object' || value === null) return value;
    if (blockOf(value)) return made[next++] ?? value;
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, replace(one)]));
  };
  return JSON.stringify({ ...document, blocks: replace(document.blocks) });
}

/** A block as Pandoc has it. */
interface Found {
  /** Empty for a fence that Pandoc took for code in a line. */
  readonly attributes: Attributes | undefined;
  readonly text: string;
}

function blockOf(value: object): Found | undefined {
  const { t, c } = value as Element;
  if (t === 'CodeBlock') {
    const [attributes, text] = c as [Attributes, string];
    // Without attributes in braces (GitHub's dialect) the brace is part of the class.
    const isOurs = attributes[1].some((name) => name === 'handgrad' || name === '{.handgrad');
    return isOurs ? { attributes, text } : undefined;
  }
  // "```handgrad show=steps" is no fence to Pandoc's own Markdown, and its lines are run together.
  const [only, ...others] = t === 'Para' ? (c as Element[]) : [];
  if (only?.t !== 'Code' || others.length > 0) return undefined;
  const [, text] = only.c as [Attributes, string];
  return /^handgrad (?:show=|fold|fresh|#)/.test(text)
    ? { attributes: undefined, text }
    : undefined;
}

/** The elements that stand for the blocks, one for each. */
async function rendered(
  found: readonly Found[],
  meta: Readonly<Record<string, unknown>>,
): Promise<readonly Element[]> {
  const element = ({ output, fold, id }: RenderedBlock): Element =>
    division(id ?? '', fold ? ['handgrad', 'fold'] : ['handgrad'], elements(output));
  const source = sourceOf(found, meta);
  if (source) return (await renderNote(source.text, source.file, 'markdown')).blocks.map(element);
  const { options } = readOptions(wordsOf(meta.handgrad));
  const fences = found.filter((one) => one.attributes).map(fenced);
  const { blocks } = await renderNote(fences.join('\n'), 'blocks.md', 'markdown', options);
  let next = 0;
  return found.map((one) => {
    const block = one.attributes ? blocks[next++] : undefined;
    return block ? element(block) : division('', ['handgrad'], elements(NO_FENCE));
  });
}

const NO_FENCE =
  'Pandoc reads words behind the name of a block as code in a line. Write them in braces, ' +
  'as in `{.handgrad show=steps}`, or name the file: `-M handgrad-file=note.md`.';

const division = (id: string, classes: readonly string[], inside: readonly Element[]): Element => ({
  t: 'Div',
  c: [[id, classes, []], inside],
});

/** The note itself, where it is named and has these blocks; it has what Pandoc does not tell. */
function sourceOf(
  found: readonly Found[],
  meta: Readonly<Record<string, unknown>>,
): { readonly file: string; readonly text: string } | undefined {
  const position = new Map(found[0]?.attributes?.[2] ?? []).get('data-pos');
  const file = wordsOf(meta['handgrad-file']) || position?.replace(/@[^@]*$/, '');
  if (!file || !existsSync(file)) return undefined;
  const text = readFileSync(file, 'utf8');
  const lines = text.split(/\r\n|\r|\n/);
  const { blocks } = readNote(text);
  const same = blocks.every(({ line, end }, place) => {
    const inside = lines.slice(line, end - 1).join('\n');
    const { attributes, text: here } = found[place] ?? { attributes: undefined, text: '' };
    return attributes ? bare(inside) === bare(here) : bare(here).endsWith(bare(inside));
  });
  return same && blocks.length === found.length ? { file, text } : undefined;
}

const bare = (text: string): string => text.replace(/\s+/g, '');

/** Metadata as words: a text, inline elements, a truth, or a map of options. */
function wordsOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(wordsOf).join('');
  const { t, c } = (value ?? {}) as Element;
  if (t === 'Space' || t === 'SoftBreak') return ' ';
  if (t === 'MetaMap')
    return Object.entries(c as object)
      .map(([key, one]) => `${key}=${wordsOf(one)}`)
      .join(' ');
  if (t === 'Code' || t === 'Quoted') return wordsOf((c as unknown[])[1]);
  if (typeof c === 'string' || typeof c === 'boolean') return String(c);
  if (typeof value === 'string') return value;
  return Array.isArray(c) ? wordsOf(c) : '';
}

/** The block as a fence again; a fence is longer than any in it. */
function fenced({ attributes, text }: Found): string {
  const [id, classes, pairs] = attributes ?? ['', [], []];
  const words = [
    ...(id ? [`#${id}`] : []),
    ...classes.filter((name) => !/^\{?\.?handgrad$/.test(name)),
    ...pairs.filter(([name]) => name !== 'data-pos').map(([name, value]) => `${name}=${value}`),
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
