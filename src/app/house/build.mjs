/**
 * Builds `dist/`: the command line as one bundle whose heavy parts (nerdamer, KaTeX,
 * liquidjs) are chunks that load when asked for, and, with `--library`, the modules and types that an
 * npm consumer imports.
 */
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bin, install, root, run } from './install.mjs';
import { buildWarmEngine } from './warm.mjs';

/** CommonJS packages inside an ES module bundle still call `require` for Node's own modules. */
const banner =
  "import { createRequire as handgradRequire } from 'node:module';" +
  'const require = handgradRequire(import.meta.url);';

/** Files that run in a thread of their own are entry points of their own. */
function workers() {
  return readdirSync(join(root, 'src'), { recursive: true })
    .map(String)
    .filter((path) => /(^|[/.-])worker\.ts$/.test(path))
    .map((path) => join('src', path));
}

/** Bundles the command line into `dist/cli.js`. */
export async function buildCommand() {
  const { build } = await import('esbuild');
  rmSync(join(root, 'dist', 'chunks'), { recursive: true, force: true });
  await build({
    absWorkingDir: root,
    entryPoints: ['src/app/cli.ts', 'src/app/pandoc-filter.ts', ...workers()],
    entryNames: '[name]',
    outdir: 'dist',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    format: 'esm',
    target: 'node20',
    minify: true,
    keepNames: true,
    logLevel: 'warning',
    legalComments: 'none',
    banner: { js: banner },
  });
  for (const name of ['cli.js', 'pandoc-filter.js']) chmodSync(join(root, 'dist', name), 0o755);
  await buildWarmEngine();
  link();
}

/** Makes `npx handgrad` work inside the project itself, as it does where handgrad is installed. */
function link() {
  const place = join(root, 'node_modules', '.bin');
  const name = join(place, 'handgrad');
  if (process.platform === 'win32' || !existsSync(place)) return;
  if (lstatSync(name, { throwIfNoEntry: false })) return;
  mkdirSync(place, { recursive: true });
  symlinkSync(relative(place, join(root, 'dist', 'cli.js')), name);
}

/** Compiles the modules and types for npm consumers into `dist/`. */
export function buildLibrary() {
  return run(bin('tsc'), ['-p', 'tsconfig.build.json']);
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  install();
  await buildCommand();
  if (process.argv.includes('--library')) process.exitCode = buildLibrary();
}
