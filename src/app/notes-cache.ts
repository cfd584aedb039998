/** What was rendered before, by the content that it came from and the build that made it. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { version } from './version.js';
import { writeInNewFolder } from './write-output.js';

export interface Cache {
  /**
   * What is remembered for these words, or else made now.
   * @param keep whether what is made is written down
   */
  remembered<T>(words: readonly string[], make: () => Promise<T>, keep: boolean): Promise<T>;
}

/** A cache in a folder; a damaged entry counts as none. */
export function openCache(folder: string): Cache {
  // A build of a developer's changes while its version does not.
  const { size, mtimeMs } = statSync(fileURLToPath(import.meta.url));
  const build = [version, String(size), String(mtimeMs)];
  return {
    async remembered<T>(words: readonly string[], make: () => Promise<T>, keep: boolean) {
      const key = createHash('sha256')
        .update(JSON.stringify([build, words]))
        .digest('hex');
      const file = join(folder, `${key}.json`);
      const before = existsSync(file) ? parsed<T>(readFileSync(file, 'utf8')) : undefined;
      if (before !== undefined) return before;
      const made = await make();
      if (keep) writeInNewFolder(file, JSON.stringify(made));
      return made;
    },
  };
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}
