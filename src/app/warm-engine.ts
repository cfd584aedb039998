/**
 * The engine as one script, together with what V8 compiled of it when it was built: a process that
 * answers one worksheet would spend a third of its time compiling. V8 takes such code only from its
 * own version and flags; otherwise it compiles the script, as it would have to anyway.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

/** What the script exports (see `engine.ts`). */
export type Engine = typeof import('./engine.js');

/** The script is a function of these; `engineUrl` stands for `import.meta.url`. */
type Wrapped = (module: { exports: Engine }, require: NodeJS.Require, engineUrl: string) => void;

/**
 * The engine from the files that `house/warm.mjs` made, if there are any. The script and its code
 * carry the hash of the script as their name: V8 itself compares no more than its length.
 * @param folder where they would be
 */
export function warmEngine(folder: URL): Engine | undefined {
  const place = fileURLToPath(folder);
  let source: string;
  let cachedData: Buffer;
  try {
    const name = readdirSync(place).find((file) => file.endsWith('.cjs'));
    if (name === undefined) return undefined;
    source = readFileSync(join(place, name), 'utf8');
    cachedData = readFileSync(join(place, name.replace(/cjs$/, 'code')));
  } catch {
    // Not built: in the library, in the sources.
    return undefined;
  }
  const script = new Script(source, { filename: join(place, 'engine.cjs'), cachedData });
  const module = { exports: {} as Engine };
  (script.runInThisContext() as Wrapped)(module, createRequire(folder), folder.href);
  return module.exports;
}
