/**
 * A plugin for markdown-it (VitePress, Eleventy ...): fences of handgrad become what they derive.
 *
 * @module handgrad/markdown-it
 */
import { readNote } from './blocks.js';
import type { RenderedBlock } from './note.js';
import { renderNow } from './solve-now.js';

export type { RenderedBlock };

/** A token of markdown-it, as far as it is used; the host brings it. */
export interface Token {
  readonly type: string;
  readonly info: string;
  readonly map: readonly [number, number] | null;
  content: string;
}

/** A reader of markdown-it, as far as it is used. */
export interface Reader {
  /** Markdown to HTML. */
  render(source: string, env?: object): string;
  readonly core: {
    readonly ruler: {
      /** Adds a rule that sees the tokens of a whole note. */
      push(name: string, rule: (state: State) => void): void;
    };
  };
}

/** What a rule of markdown-it gets. */
export interface State {
  readonly src: string;
  /** What the host tells; VitePress tells the file. */
  readonly env: unknown;
  readonly tokens: Token[];
}

/** What the plugin is told by its host. */
export interface PluginOptions {
  /** The name in messages; else what the host says of the file, else `note.md`. */
  readonly file?: string;
  /** What renders the blocks of a note; else a process of the command. */
  readonly render?: (source: string, file: string) => readonly RenderedBlock[];
}

/**
 * `new MarkdownIt().use(handgrad)`. Blocks of one note share their scope. The pieces are HTML with
 * formulas set by KaTeX: the host's page needs KaTeX's style sheet, and `handgrad/style.css`.
 */
export default function handgrad(reader: Reader, options: PluginOptions = {}): void {
  const known = new Map<string, { source: string; blocks: readonly RenderedBlock[] }>();
  const render = options.render ?? ((source, file) => renderNow(source, file, 'html'));
  const wholeNote = keepWhole(reader);
  reader.core.ruler.push('handgrad', (state) => {
    if (readNote(state.src).blocks.length === 0) return;
    const { source, above } = wholeNote(state);
    const file = options.file ?? fileOf(state.env) ?? 'note.md';
    const before = known.get(file);
    const blocks = before?.source === source ? before.blocks : render(source, file);
    known.set(file, { source, blocks });
    for (const token of state.tokens) {
      if (token.type !== 'fence' || !token.map) continue;
      const line = token.map[0] + 1 + above;
      const block = blocks.find((one) => one.line === line);
      if (block)
        Object.assign(token, { type: 'html_block', tag: '', content: inert(block.output) });
    }
  });
}

/** A note as the host got it, with its front matter, and the lines above what the reader sees. */
interface WholeNote {
  readonly source: string;
  readonly above: number;
}

/**
 * Remembers what `render` is called with: hosts such as VitePress take the front matter away before
 * the rules run, and with it the defaults of the blocks and the lines of messages.
 */
function keepWhole(reader: Reader): (state: State) => WholeNote {
  const given = new WeakMap<object, string>();
  const render = reader.render.bind(reader);
  reader.render = (source, env = {}) => {
    given.set(env, source);
    return render(source, env);
  };
  return ({ src, env }) => {
    const source = given.get((env ?? {}) as object)?.replace(/\r\n?/g, '\n') ?? src;
    if (!source.endsWith(src)) return { source: src, above: 0 };
    const above = source.slice(0, source.length - src.length).split('\n').length - 1;
    return { source, above };
  };
}

/** Hosts compile pages as templates (VitePress with Vue): nothing in a piece is a template. */
const inert = (html: string): string =>
  html
    .replace('<div class="handgrad"', '<div v-pre class="handgrad"')
    .replace(/\{\{/g, '&#123;&#123;');

function fileOf(env: unknown): string | undefined {
  const { relativePath, path } = (env ?? {}) as Readonly<Record<string, unknown>>;
  return [relativePath, path].find((one): one is string => typeof one === 'string');
}
