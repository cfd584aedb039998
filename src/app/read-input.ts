/** Worksheets from files and from standard input. */
import { readFileSync, statSync } from 'node:fs';

/** A file larger than this is not a worksheet. */
const LARGEST_FILE = 8_000_000;

/** The text of a file; `-` is standard input. */
export function readInput(file: string): string {
  if (file === '-') return readFileSync(0, 'utf8');
  const size = statSync(file).size;
  if (size > LARGEST_FILE)
    throw new Error(`${file} has ${size} bytes; worksheets may have ${LARGEST_FILE}: split it`);
  return readFileSync(file, 'utf8');
}
