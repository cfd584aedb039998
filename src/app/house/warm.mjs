/**
 * Makes `dist/warm/`: the engine as one script, and the code that V8 compiled of it while it answered
 * some worksheets (see `../warm-engine.ts`). Run as a program, it is the process that compiles.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { root, run } from './install.mjs';

const place = join(root, 'dist', 'warm');

/** Worksheets that call upon most of what usual worksheets call upon. */
const worksheets = ['simple-network.md', 'matrix-layer.md', 'softmax-cross-entropy.md'];

/** Bundles the engine and has it compiled; throws if the compiling process fails. */
export async function buildWarmEngine() {
  const { build } = await import('esbuild');
  rmSync(place, { recursive: true, force: true });
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/app/engine.ts'],
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'cjs',
    target: 'node20',
    minify: true,
    write: false,
    logLevel: 'warning',
    legalComments: 'none',
    define: { 'import.meta.url': 'engineUrl' },
    banner: { js: '(function (module, require, engineUrl) {' },
    footer: { js: '})' },
  });
  const { contents } = outputFiles[0];
  const name = createHash('sha256').update(contents).digest('hex').slice(0, 16);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, `${name}.cjs`), contents);
  const code = await run(process.execPath, [import.meta.filename, name]);
  if (code !== 0) throw new Error('the engine could not be compiled ahead');
}

async function compile(name) {
  const path = join(place, `${name}.cjs`);
  const script = new Script(readFileSync(path, 'utf8'), { filename: join(place, 'engine.cjs') });
  const module = { exports: {} };
  const url = pathToFileURL(`${place}/`);
  script.runInThisContext()(module, createRequire(url), url.href);
  for (const worksheet of worksheets) {
    const text = readFileSync(join(root, 'examples', worksheet), 'utf8');
    await module.exports.solveText(text, worksheet);
  }
  writeFileSync(join(place, `${name}.code`), script.createCachedData());
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) await compile(process.argv[2]);
