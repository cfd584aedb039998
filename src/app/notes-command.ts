/** `handgrad notes`: a folder of notes in, pages or Markdown out. */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { renderNote } from '../notes/note.js';
import { noteMarkdown, notePage, type WrittenNote } from '../notes/note-page.js';
import type { BlockFormat } from '../notes/render-block.js';
import { FileError, withFile } from './file-errors.js';
import { type Cache, openCache } from './notes-cache.js';
import {
  type Collision,
  collisions,
  LARGEST_ATTACHMENT,
  type NoteFile,
  NotesFolder,
} from './notes-folder.js';
import { writeInNewFolder } from './write-output.js';

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
  if (options.output === undefined)
    return refuse('say where the notes go: handgrad notes FOLDER -o OUT');
  const from = resolve(folder);
  const to = resolve(options.output);
  if (!(statSync(from, { throwIfNoEntry: false })?.isDirectory() ?? false))
    return refuse(`there is no folder ${folder}`);
  if (from === to || from.startsWith(to + sep))
    return refuse('OUT would write over the notes: name another folder');
  try {
    const build = new Build(from, to, options);
    const code = await build.all();
    if (options.watch && !options.check) await build.watch();
    return code;
  } catch (error) {
    if (error instanceof FileError) return refuse(error.message);
    throw error;
  }
}

function refuse(message: string): number {
  process.stderr.write(`handgrad: ${message}\n`);
  return 2;
}

/** For plugins that cannot wait: `{source, file}` on standard input, blocks on standard output. */
async function writeBlocks(format: BlockFormat): Promise<number> {
  const { source, file } = JSON.parse(readFileSync(0, 'utf8')) as { source: string; file: string };
  const { blocks } = await renderNote(source, file, format);
  process.stdout.write(JSON.stringify(blocks));
  return 0;
}

/** What one file came to. */
interface Outcome {
  readonly changed: boolean;
  readonly problems: number;
}

class Build {
  private readonly cache: Cache;
  private readonly folder: NotesFolder;

  constructor(
    private readonly from: string,
    private readonly to: string,
    private readonly options: NotesOptions,
  ) {
    this.cache = openCache(join(to, '.handgrad-cache'));
    this.folder = new NotesFolder(from, to, endings[options.to]);
  }

  /** Renders every note; mistakes in notes are told and shown, and the others are still rendered. */
  async all(): Promise<number> {
    if (!this.options.check)
      withFile('write', this.to, () => {
        mkdirSync(this.to, { recursive: true });
        accessSync(this.to, constants.W_OK);
      });
    const files = this.folder.files();
    const clashes = collisions(files);
    for (const clash of clashes) tell(this.clashText(clash));
    const given = new Set(clashes.map(({ lost }) => lost));
    const made = files.filter((file) => !given.has(file));
    let changed = 0;
    let problems = clashes.length;
    for (const [place, file] of made.entries()) {
      progress(`[${place + 1}/${made.length}] ${file.path}`);
      const outcome = await this.one(file);
      if (outcome.changed && this.options.check)
        tell(`${file.path}: its output differs from what it would be now`);
      changed += Number(outcome.changed);
      problems += outcome.problems;
    }
    changed += this.clear(new Set(made.map(({ target }) => target)));
    progress('');
    const notes = files.filter(({ kind }) => kind === 'note').length;
    const verb = this.options.check ? 'would change' : 'written';
    tell(`${notes} notes, ${changed} ${verb}, ${problems} problems`);
    return clashes.length > 0 ? 2 : this.options.check && changed + problems > 0 ? 1 : 0;
  }

  private clashText({ kept, lost }: Collision): string {
    return `${join(this.from, lost.path)}: would become ${lost.target}, which ${kept.path} becomes already: rename one of them`;
  }

  /** Makes of one file what it becomes, where it or handgrad changed. */
  private async one(file: NoteFile): Promise<Outcome> {
    const source = join(this.from, file.path);
    if (file.kind === 'attachment') return this.attach(file, source);
    const text = withFile('read', source, () => readFileSync(source, 'utf8'));
    const written = await this.cache.remembered<WrittenNote>(
      [this.options.to, file.path, text],
      () => writers[this.options.to](text, file.path.split(sep).join('/')),
      this.options.check !== true,
    );
    for (const { line, column, message } of written.problems)
      tell(`${source}:${line}:${column} ${message.split('\n')[0]}`);
    return {
      changed: this.put(file.target, Buffer.from(written.text)),
      problems: written.problems.length,
    };
  }

  /** Files beside the notes, such as pictures, go along as they are. */
  private attach(file: NoteFile, source: string): Outcome {
    const { size } = withFile('read', source, () => statSync(source));
    if (size > LARGEST_ATTACHMENT) {
      tell(
        `${source}: has ${size} bytes; files of more than ${LARGEST_ATTACHMENT} do not go along: keep it elsewhere`,
      );
      return { changed: false, problems: 1 };
    }
    const content = withFile('read', source, () => readFileSync(source));
    return { changed: this.put(file.target, content), problems: 0 };
  }

  /** Writes a file of the output unless it stands there already; answers whether it did not. */
  private put(target: string, content: Uint8Array): boolean {
    const place = join(this.to, target);
    const stands = existsSync(place)
      ? withFile('read', place, () => readFileSync(place))
      : undefined;
    if (stands?.equals(content)) return false;
    if (!this.options.check) writeInNewFolder(place, content);
    return true;
  }

  /**
   * Takes away what an earlier build made of files that are gone; nothing else in the folder is touched.
   * @returns how many there were
   */
  private clear(made: ReadonlySet<string>): number {
    const list = join('.handgrad-cache', `made-${this.options.to}.json`);
    const gone = this.madeBefore(list).filter((target) => !made.has(target));
    const kept = gone.filter((target) => !this.remove(target));
    if (!this.options.check && (made.size > 0 || gone.length > 0))
      this.put(list, Buffer.from(JSON.stringify([...made])));
    return gone.length - kept.length;
  }

  private madeBefore(list: string): readonly string[] {
    try {
      const before: unknown = JSON.parse(readFileSync(join(this.to, list), 'utf8'));
      return Array.isArray(before) ? before.filter((one) => typeof one === 'string') : [];
    } catch {
      // There was no earlier build, or its list is damaged: then nothing is known to be ours.
      return [];
    }
  }

  /** Takes away a file of the output; answers whether it was there. */
  private remove(target: string): boolean {
    const place = resolve(this.to, target);
    if (!place.startsWith(this.to + sep) || !existsSync(place)) return false;
    if (this.options.check) tell(`${target}: its note is gone`);
    else withFile('write', place, () => rmSync(place));
    return true;
  }

  /** Renders notes as they change, until the process is ended. */
  async watch(): Promise<never> {
    const { watch } = await import('chokidar');
    let waiting = Promise.resolve();
    const queue = (whole: string, act: (file: NoteFile) => Promise<string | undefined>) => {
      const file = this.folder.fileAt(whole);
      if (!file) return;
      waiting = waiting.then(async () => {
        try {
          const said = await act(file);
          if (said) tell(said);
        } catch (error) {
          tell(`handgrad: ${file.path}: ${error instanceof Error ? error.message : String(error)}`);
        }
      });
    };
    const changed = async (file: NoteFile) => {
      const clash = collisions(this.folder.files()).find(({ lost }) => lost.path === file.path);
      if (clash) return this.clashText(clash);
      const outcome = await this.one(file);
      return outcome.changed ? `${file.path} rendered` : undefined;
    };
    const removed = async (file: NoteFile) => {
      // Another file may become the same.
      const heir = this.folder.files().find(({ target }) => target === file.target);
      if (heir) return changed(heir);
      return this.remove(file.target) ? `${file.path} removed` : undefined;
    };
    watch(this.from, { ignoreInitial: true, awaitWriteFinish: { stabilityThreshold: 100 } })
      .on('add', (path) => queue(path, changed))
      .on('change', (path) => queue(path, changed))
      .on('unlink', (path) => queue(path, removed))
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
