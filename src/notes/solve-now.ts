/**
 * Rendering without waiting: hosts whose plugins must answer at once (markdown-it) get a process that
 * renders the whole note. Its time is that of the command, so notes are remembered by their content.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RenderedBlock } from './note.js';
import type { BlockFormat } from './render-block.js';

/** Longest time for one note, in milliseconds, and most characters of its blocks. */
const LONGEST = 300_000;
const LARGEST = 200_000_000;

/** Folders from this file up that are searched for the built command. */
const HIGHEST_FOLDER = 5;

function command(): string {
  let place = dirname(fileURLToPath(import.meta.url));
  for (let up = 0; up < HIGHEST_FOLDER; up += 1) {
    for (const file of [join(place, 'cli.js'), join(place, 'dist', 'cli.js')])
      if (existsSync(file)) return file;
    place = dirname(place);
  }
  throw new Error('the command handgrad is not built: run "npm run build"');
}

/** The blocks of a note, rendered before this returns. @throws if the command fails */
export function renderNow(
  source: string,
  file: string,
  format: BlockFormat,
): readonly RenderedBlock[] {
  const words = [command(), 'notes', '--blocks', format, '-'];
  const { status, stdout, stderr, error } = spawnSync(process.execPath, words, {
    input: JSON.stringify({ source, file }),
    encoding: 'utf8',
    timeout: LONGEST,
    maxBuffer: LARGEST,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`handgrad could not render ${file}: ${stderr}`);
  return JSON.parse(stdout);
}
