import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
let place = '';

/** Answers `find stuck` never and `find huge` with more memory than there is. */
const engine = `
export async function solveText(text, file, watcher) {
  const results = [];
  for (const [place, line] of text.trim().split('\\n').entries()) {
    let found = watcher.known(place);
    if (!found) {
      watcher.begins(place, place + 1);
      if (line === 'find stuck') for (;;);
      if (line === 'find huge') for (const kept = []; ; ) kept.push(new Array(1000).fill(kept.length));
      found = [{ kind: 'count', line: place + 1, value: place, by: [] }];
      watcher.answered(place, found);
    }
    results.push(...found);
  }
  return { file, results };
}
`;

// The real supervisor and thread around an engine that misbehaves.
beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'handgrad-bounds-'));
  await build({
    absWorkingDir: root,
    entryPoints: ['src/app/solve-watched.ts'],
    outdir: place,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
    plugins: [
      {
        name: 'an engine that misbehaves',
        setup(bundler) {
          bundler.onLoad({ filter: /src[\\/]derive\.ts$/ }, () => ({ contents: engine }));
        },
      },
    ],
  });
});
afterAll(() => rmSync(place, { recursive: true }));

/** The results for a text, solved in a process of its own. */
function solve(text: string, seconds: number): unknown {
  const program = join(place, 'run.mjs');
  const url = pathToFileURL(join(place, 'solve-watched.mjs')).href;
  const call = `solveWatched(${JSON.stringify(text)}, 'sheet.hg', { seconds: ${seconds}, megabytes: 64 })`;
  writeFileSync(
    program,
    `import { solveWatched } from '${url}';\nconsole.log(JSON.stringify((await ${call}).results));\n`,
  );
  const { stdout, stderr } = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  return stdout === '' ? stderr : JSON.parse(stdout);
}

const counted = (place: number) => ({ kind: 'count', line: place + 1, value: place, by: [] });

describe('bounds that the engine cannot outrun', () => {
  it('a statement without end is given up; those before and after it are answered', () => {
    expect(solve('find a\nfind stuck\nfind b\nfind stuck\n', 2)).toEqual([
      counted(0),
      {
        kind: 'error',
        verdict: 'unknown',
        line: 2,
        column: 1,
        message:
          'no answer within 2 seconds; give it more with --timeout SECONDS, or ask for it in smaller parts',
      },
      counted(2),
      expect.objectContaining({ kind: 'error', verdict: 'unknown', line: 4 }),
    ]);
  }, 120_000);

  it('a statement without bounds on memory is given up', () => {
    expect(solve('find huge\nfind b\n', 60)).toEqual([
      {
        kind: 'error',
        verdict: 'unknown',
        line: 1,
        column: 1,
        message: 'the answer needs more than 64 MB of memory; ask for it in smaller parts',
      },
      counted(1),
    ]);
  }, 180_000);
});
