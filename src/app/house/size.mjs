/**
 * `npm run size`: how large the engine is that a page loads (minified and gzipped), and what it is
 * made of, folder by folder. The engine solves worksheets and judges derivations; documents, KaTeX
 * and nerdamer are no part of it.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { root } from './install.mjs';

/** What a page imports of the engine. */
const ENGINE =
  "export { derivativeOf, equalFormulas, solveText, verifyDerivation } from './src/index.ts';";

/** The engine as a bundler makes it for a browser; fails if it needs a part of Node. */
export async function engineSize() {
  const { build } = await import('esbuild');
  const { outputFiles, metafile } = await build({
    stdin: { contents: ENGINE, resolveDir: root, loader: 'ts' },
    absWorkingDir: root,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    metafile: true,
    logLevel: 'silent',
    outfile: join(root, 'engine.js'),
  });
  const bytes = new Map();
  const [output] = Object.values(metafile.outputs);
  for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
    const part = partOf(path);
    bytes.set(part, (bytes.get(part) ?? 0) + bytesInOutput);
  }
  return {
    gzipped: gzipSync(outputFiles[0].contents, { level: 9 }).length,
    minified: outputFiles[0].contents.length,
    parts: [...bytes].sort((one, other) => other[1] - one[1]),
  };
}

/** The folder of ours, or the package, that a file belongs to. */
function partOf(path) {
  const names = path.split('/');
  const installed = names.lastIndexOf('node_modules');
  if (installed >= 0) return names[installed + 1];
  return names.length > 2 ? `${names[1]}/` : 'src/';
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { gzipped, minified, parts } = await engineSize();
  const kilobytes = (bytes) => (bytes / 1000).toFixed(1).padStart(7);
  for (const [part, size] of parts)
    console.log(
      `${kilobytes(size)} kB  ${part} (share of gzipped about ${kilobytes((size / minified) * gzipped).trim()} kB)`,
    );
  console.log(`${kilobytes(minified)} kB  minified`);
  console.log(`${kilobytes(gzipped)} kB  minified and gzipped`);
}
