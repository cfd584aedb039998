/** E. The start of a process, beside `node -e 0`. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { figure, median, table } from './measure.mjs';
import { pythonWith } from './peers.mjs';

export const title = 'E. Start of the process (dist/cli.js as `npm run build` made it last)';

const root = fileURLToPath(new URL('..', import.meta.url));
const peersFolder = fileURLToPath(new URL('peers', import.meta.url));

export async function run({ quick, peers }) {
  const node = process.execPath;
  const present = new Set(peers.map(({ name }) => name));
  const load = (module) => [node, ['-e', `require('${module}')`], peersFolder];
  const commands = { 'node -e 0': [node, ['-e', '0']] };
  if (existsSync(`${root}dist/cli.js`)) {
    const solve = ['dist/cli.js', 'solve', 'examples/simple-network.md'];
    commands['handgrad --help'] = [node, ['dist/cli.js', '--help']];
    commands['handgrad solve, simple network'] = [node, solve];
    commands['handgrad solve --to html, the same'] = [node, [...solve, '--to', 'html']];
  } else console.log('dist/cli.js is missing: npm run build');
  for (const module of ['mathjs', 'nerdamer', 'algebrite'])
    if (present.has(module)) commands[`load ${module}`] = load(module);
  if (present.has('SymPy'))
    commands['import sympy'] = [pythonWith('sympy').python, ['-c', 'import sympy']];
  if (present.has('Maxima'))
    commands['maxima, at once ended'] = ['maxima', ['--very-quiet', '--batch-string=quit();']];
  const times = new Map(Object.keys(commands).map((name) => [name, []]));
  // In turn, so that a busy moment hits all alike.
  for (let round = 0; round < (quick ? 3 : 9); round += 1)
    for (const [name, [command, args, cwd]] of Object.entries(commands)) {
      const start = performance.now();
      const { status } = spawnSync(command, args, { cwd: cwd ?? root });
      if (status !== 0) throw new Error(`${name} failed`);
      times.get(name).push(performance.now() - start);
    }
  const bare = times.get('node -e 0');
  table(
    [...times].map(([name, all]) => ({
      process: name,
      ms: figure(median(all)),
      'times node -e 0': figure(median(all.map((time, round) => time / bare[round]))),
    })),
  );
}
