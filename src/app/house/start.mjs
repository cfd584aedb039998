/**
 * `npm start`: shows the main job on the simple two-layer network. Works as the first command after
 * a clone: installs and builds what is missing.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { buildCommand } from './build.mjs';
import { install, root, run } from './install.mjs';

install();
await buildCommand();

const command = join(root, 'dist', 'cli.js');
const sheet = join('examples', 'simple-network.md');
const solve = (...options) => run(process.execPath, [command, 'solve', sheet, ...options]);

let code = solve('--to', 'text');
const pages = join('dist', 'start');
mkdirSync(join(root, pages), { recursive: true });
for (const [format, ending] of [
  ['html', 'html'],
  ['latex', 'tex'],
  ['markdown', 'md'],
]) {
  const place = join(pages, `simple-network.${ending}`);
  const failed = solve('--to', format, '-o', place);
  if (failed === 0) console.log(`Written as ${format}: ${place}`);
  code ||= failed;
}
console.log('\nNow with a worksheet of your own: npx handgrad solve FILE.md (see README.md)');
process.exitCode = code;
