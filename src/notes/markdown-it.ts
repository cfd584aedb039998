/** A plugin for markdown-it (VitePress, Eleventy ...): fences of handgrad become what they derive. */
import { readNote } from './blocks.js';
import type { RenderedBlock } from './note.js';
import { renderNow } from './solve-now.js';

/** What is used of markdown-it, which the host brings. */
interface Token {
  readonly type: string;
  readonly info: string;
  readonly map: readonly [number, number] | null;
  content: string;
}

interface Reader {
  readonly core: {
    readonly ruler: {
      push(name: string, rule: (state: State) => void): void;
    };
  };
}

interface State {
  readonly src: string;
  /** What the host tells; VitePress tells the file. */
  readonly env: unknown;
  readonly tokens: Token[];
}

export interface PluginOptions {
  /** The name in messages; else what the host says of the file, else `note.md`. */
  readonly file?: string;
  /** What renders the blocks of a note; usually a process of the command. */
  readonly render?: (source: string, file: string) => readonly RenderedBlock[];
}

/**
 * `new MarkdownIt().use(handgrad)`. Blocks of one note share their scope. The pieces are HTML with
 * formulas set by KaTeX: the host's page needs KaTeX's style sheet, and `handgrad/style.css`.
 */
export default function handgrad(reader: Reader, options: PluginOptions = {}): void {
  const known = new Map<string, readonly RenderedBlock[]>();
  const render = options.render ?? ((source, file) => renderNow(source, file, 'html'));
  reader.core.ruler.push('handgrad', (state) => {
    const { blocks } = readNote(state.src);
    if (blocks.length === 0) return;
    const file = options.file ?? fileOf(state.env) ?? 'note.md';
    const key = `${file}\n${state.src}`;
    const rendered = known.get(key) ?? render(state.src, file);
    known.set(key, rendered);
    for (const token of state.tokens) {
      if (token.type !== 'fence' || !token.map) continue;
      const line = token.map[0] + 1;
      const block = rendered.find((one) => one.line === line);
      if (block) Object.assign(token, { type: 'html_block', tag: '', content: block.output });
    }
  });
}

function fileOf(env: unknown): string | undefined {
  const { relativePath, path } = (env ?? {}) as { relativePath?: unknown; path?: unknown };
  return [relativePath, path].find((one) => typeof one === 'string');
}
