/** `handgrad notes`: a folder of notes in, pages or Markdown out. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { renderNote } from '../notes/note.js';
import { noteMarkdown, notePage, type WrittenNote } from '../notes/note-page.js';
import type { BlockFormat } from '../notes/render-block.js';
import { openCache } from './notes-cache.js';

export interface NotesOptions {
  readonly output?: string;
  readonly to: 'html' | 'markdown';
  readonly watch?: boolean;
  readonly check?: boolean;
  readonly blocks?: BlockFormat;
}

const endings = { html: '.html', markdown: '.md' } as const;
const writers = { html: notePage, markdown: noteMarkdown } as const;

/** Renders the notes of a folder; answers the exit code. */
export async function notesCommand(folder: string, options: NotesOptions): Promise<number> {
  if (options.blocks) return writeBlocks(options.blocks);
  const say = (text: string) => process.stderr.write(`${text}\n`);
  if (options.output === undefined) {
    say('handgrad: say where the notes go: handgrad notes FOLDER -o OUT');
    return 2;
  }
  const from = resolve(folder);
  const to = resolve(options.output);
  if (!existsSync(from)) {
    say(`handgrad: there is no folder ${folder}`);
    return 2;
  }
  if (from === to || from.startsWith(to + sep)) {
    say('handgrad: OUT would write over the notes: name another folder');
    return 2;
  }
  const build = new Build(from, to, options);
  const code = await build.all();
  if (options.watch && !options.check) await build.watch();
  return code;
}

/** For plugins that cannot wait: `{source, file}` on standard input, blocks on standard output. */
async function writeBlocks(format: BlockFormat): Promise<number> {
  const { source, file } = JSON.parse(readFileSync(0, 'utf8')) as { source: string; file: string };
  const { blocks } = await renderNote(source, file, format);
  process.stdout.write(JSON.stringify(blocks));
  return 0;
}

/** Files of a folder that a build looks at, at most. */
const MOST_NOTES = 20_000;

class Build {
  private readonly cache;

  constructor(
    private readonly from: string,
    private readonly to: string,
    private readonly options: NotesOptions,
  ) {
    this.cache = openCache(join(to, '.handgrad-cache'));
  }

  /** Renders every note; mistakes in notes are told and shown, and the others are still rendered. */
  async all(): Promise<number> {
    const notes = this.notes();
    let changed = 0;
    let problems = 0;
    for (const [place, note] of notes.entries()) {
      progress(`[${place + 1}/${notes.length}] ${note}`);
      const outcome = await this.one(note);
      if (outcome.changed) {
        changed += 1;
        if (this.options.check) tell(`${note}: its output differs from what it would be now`);
      }
      problems += outcome.problems;
    }
    progress('');
    const verb = this.options.check ? 'would change' : 'written';
    tell(`${notes.length} notes, ${changed} ${verb}, ${problems} problems`);
    return this.options.check && changed + problems > 0 ? 1 : 0;
  }

  /** Renders one note if it or handgrad changed. */
  private async one(note: string): Promise<{ changed: boolean; problems: number }> {
    const source = readFileSync(join(this.from, note), 'utf8');
    const target = join(this.to, note.replace(/\.(?:md|markdown)$/i, endings[this.options.to]));
    const written = await this.cache.remembered<WrittenNote>(
      [this.options.to, note, source],
      () => writers[this.options.to](source, note.split(sep).join('/')),
      this.options.check !== true,
    );
    for (const { line, column, message } of written.problems)
      tell(`${join(this.from, note)}:${line}:${column} ${message.split('\n')[0]}`);
    const changed = !existsSync(target) || readFileSync(target, 'utf8') !== written.text;
    if (changed && !this.options.check) {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, written.text);
    }
    return { changed, problems: written.problems.length };
  }

  private notes(): readonly string[] {
    return readdirSync(this.from, { recursive: true })
      .map(String)
      .filter((path) => /\.(?:md|markdown)$/i.test(path) && !this.isAside(path))
      .sort()
      .slice(0, MOST_NOTES);
  }

  /** What stands in the output, in hidden folders or in packages is no note. */
  private isAside(path: string): boolean {
    const whole = join(this.from, path);
    return (
      whole.startsWith(this.to + sep) ||
      path.split(sep).some((name) => name === 'node_modules' || name.startsWith('.'))
    );
  }

  /** Renders notes as they change, until the process is ended. */
  async watch(): Promise<never> {
    const { watch } = await import('chokidar');
    let waiting = Promise.resolve();
    const changed = (path: string) => {
      const note = relative(this.from, path);
      if (!/\.(?:md|markdown)$/i.test(note) || this.isAside(note)) return;
      waiting = waiting.then(async () => {
        try {
          const { changed: rendered } = await this.one(note);
          if (rendered) tell(`${note} rendered`);
        } catch (error) {
          tell(`handgrad: ${note}: ${error instanceof Error ? error.message : String(error)}`);
        }
      });
    };
    watch(this.from, { ignoreInitial: true, awaitWriteFinish: { stabilityThreshold: 100 } })
      .on('add', changed)
      .on('change', changed)
      .on('ready', () => tell(`watching ${this.from} (end with Ctrl-C)`));
    return new Promise<never>(() => undefined);
  }
}

function tell(text: string): void {
  progress('');
  process.stderr.write(`${text}\n`);
}

/** One line that is written over, on a terminal only. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}
