/**
 * `npm run measure`: sizes and times as figures. Steps and nodes of the derivation for chains of tanh
 * units of growing length (they must grow by the length), and times beside that of `node -e 0`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCommand } from './build.mjs';
import { install, root } from './install.mjs';

install();
if (!existsSync(join(root, 'dist', 'cli.js')) || !process.argv.includes('--as-built'))
  await buildCommand();

const command = join(root, 'dist', 'cli.js');
const place = mkdtempSync(join(tmpdir(), 'handgrad-measure-'));

/** A chain of so many units: `f_n = tanh(w_n f_(n-1))`, and the slope by its first weight. */
function chain(length) {
  const units = Array.from({ length }, (_, at) => `f_${at + 1} = tanh(w_${at + 1} f_${at})`);
  return [...units, `C = (f_${length} - y)^2`, 'find dC/dw_1', ''].join('\n');
}

const countSteps = (steps) =>
  steps.reduce((count, step) => count + 1 + countSteps(step.inner ?? []), 0);

/** Milliseconds of the best of some runs, and the output of the last. */
function timed(args, runs = 3) {
  let best = Number.POSITIVE_INFINITY;
  let output = '';
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now();
    output = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' }).stdout;
    best = Math.min(best, performance.now() - start);
  }
  return { best, output };
}

const row = (...cells) => console.log(cells.map((cell) => String(cell).padStart(14)).join(''));

row('length', 'result', 'steps', 'all steps', 'letters', 'ms');
for (const length of [2, 4, 8, 16, 32, 64, 128, 256, 512, 1024]) {
  const file = join(place, `chain-${length}.hg`);
  writeFileSync(file, chain(length));
  const { best, output } = timed([command, 'solve', file, '--to', 'json', '--steps', 'all'], 1);
  const [result] = JSON.parse(output).results;
  if (result.kind !== 'find') {
    row(length, result.message);
    continue;
  }
  const { verdict, steps, answer } = result;
  row(length, verdict, steps.length, countSteps(steps), answer.text.length, best.toFixed(0));
}
rmSync(place, { recursive: true });

console.log('\nBest of three, in milliseconds:');
const examples = ['simple-network', 'matrix-layer', 'error-signals', 'softmax-cross-entropy'];
for (const [name, args] of [
  ['node -e 0', ['-e', '0']],
  ['handgrad --help', [command, '--help']],
  ...examples.map((name) => [`solve ${name}`, [command, 'solve', join('examples', `${name}.md`)]]),
])
  console.log(`${name.padEnd(32)}${timed(args).best.toFixed(0).padStart(8)}`);
