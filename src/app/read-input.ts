/** Worksheets from files and from standard input. */
import { readFileSync, statSync } from 'node:fs';
import { withFile } from './file-errors.js';

/** A file larger than this is not a worksheet. */
const LARGEST_FILE = 8_000_000;

/** The text of a file; `-` is standard input. @throws FileError where there is no such file */
export function readInput(file: string): string {
  if (file === '-') return readFileSync(0, 'utf8');
  const size = withFile('read', file, () => statSync(file).size);
  if (size > LARGEST_FILE)
    throw new Error(`${file} has ${size} bytes; worksheets may have ${LARGEST_FILE}: split it`);
  return withFile('read', file, () => readFileSync(file, 'utf8'));
}
