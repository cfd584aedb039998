/** Results in files. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { withFile } from './file-errors.js';

/** Writes a file and makes the folders it lies in. @throws FileError where it cannot be written */
export function writeInNewFolder(file: string, content: string | Uint8Array): void {
  withFile('write', file, () => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  });
}
