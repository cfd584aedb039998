/** What the file system refuses, said in plain words with what to do. */

/** Codes of the system, what they mean for a file that is read, and for one that is written. */
const meanings: Readonly<Record<string, { readonly read: string; readonly write: string }>> = {
  ENOENT: {
    read: 'there is no such file: look at the spelling and the folder',
    write: 'its folder does not exist: make the folder, or name another place',
  },
  EACCES: {
    read: 'you may not read it: change its permissions, or copy it',
    write: 'you may not write there: name another place',
  },
  EPERM: {
    read: 'you may not read it: change its permissions, or copy it',
    write: 'you may not write there: name another place',
  },
  EROFS: {
    read: 'it cannot be read from this disk',
    write: 'the disk is read-only: name another place',
  },
  EISDIR: {
    read: 'it is a folder: name a file in it',
    write: 'it is a folder: name a file in it',
  },
  EEXIST: {
    read: 'it is not a file',
    write: 'a file stands where a folder is needed: name another place',
  },
  ENOTDIR: {
    read: 'a part of its path is a file, not a folder',
    write: 'a part of its path is a file, not a folder: name another place',
  },
  ENOSPC: { read: 'the disk is full', write: 'the disk is full: make room' },
};

/** A file that could not be read or written; the message says which, why, and what to do. */
export class FileError extends Error {
  override readonly name = 'FileError';
}

/** Runs what reads or writes a file. @throws FileError for what the system refuses */
export function withFile<T>(action: 'read' | 'write', file: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (typeof code !== 'string') throw error;
    const meaning = meanings[code]?.[action] ?? (error as Error).message;
    throw new FileError(`cannot ${action} ${file}: ${meaning} (${code})`, { cause: error });
  }
}
