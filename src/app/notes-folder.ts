/** A folder of notes: which of its files are notes, which go along as they are, and what each becomes. */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** Files of a folder that a build looks at, at most. */
export const MOST_FILES = 20_000;

/** Bytes of a file that goes along with the notes, at most: pictures and data, no archives of films. */
export const LARGEST_ATTACHMENT = 50_000_000;

/** A file of the folder and the file it becomes, both by their paths inside the two folders. */
export interface NoteFile {
  readonly path: string;
  readonly kind: 'note' | 'attachment';
  readonly target: string;
}

const notePattern = /\.(?:md|markdown)$/i;

/** What the files of a folder become. */
export class NotesFolder {
  /**
   * @param from where the notes are
   * @param to where they are written; it may lie inside `from`
   * @param ending of what a note becomes: `.html` or `.md`
   */
  constructor(
    private readonly from: string,
    private readonly to: string,
    private readonly ending: string,
  ) {}

  /**
   * Every file that the build makes something of, in order.
   * @throws Error for more than 20,000 files
   */
  files(): readonly NoteFile[] {
    const files = readdirSync(this.from, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(this.from, join(entry.parentPath, entry.name)))
      .filter((path) => !this.isAside(path))
      .sort();
    if (files.length > MOST_FILES)
      throw new Error(
        `${this.from} has ${files.length} files; at most ${MOST_FILES} are rendered: name a folder inside it`,
      );
    return files.map((path) => this.file(path));
  }

  /** What a path inside the folder becomes; undefined for what is set aside. */
  fileAt(whole: string): NoteFile | undefined {
    const path = relative(this.from, whole);
    return path.startsWith('..') || this.isAside(path) ? undefined : this.file(path);
  }

  private file(path: string): NoteFile {
    return notePattern.test(path)
      ? { path, kind: 'note', target: path.replace(notePattern, this.ending) }
      : { path, kind: 'attachment', target: path };
  }

  /** What stands in the output, in hidden folders or in packages is not rendered. */
  private isAside(path: string): boolean {
    const whole = join(this.from, path);
    return (
      whole === this.to ||
      whole.startsWith(this.to + sep) ||
      path.split(sep).some((name) => name === 'node_modules' || name.startsWith('.'))
    );
  }
}

/** Two files that would become the same file: the one that stays and the one that gives way. */
export interface Collision {
  readonly kept: NoteFile;
  readonly lost: NoteFile;
}

/** All files that would become what another one becomes already. */
export function collisions(files: readonly NoteFile[]): readonly Collision[] {
  const first = new Map<string, NoteFile>();
  return files.flatMap((lost) => {
    // Some disks do not tell large letters from small ones.
    const key = lost.target.toLowerCase();
    const kept = first.get(key);
    if (kept) return [{ kept, lost }];
    first.set(key, lost);
    return [];
  });
}
