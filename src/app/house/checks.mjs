/**
 * `npm test`: every check of the project, in one command. Works as the first command after a clone.
 * `npm run check` (`--quick`) leaves out the tests.
 *
 * All checks run even if an early one fails; the exit code is 1 if any failed.
 */
import { buildCommand } from './build.mjs';
import { bin, install, run } from './install.mjs';

install();

const checks = [
  ['format and lint', () => run(bin('biome'), ['check', '--error-on-warnings', '.'])],
  ['types', () => run(bin('tsc'), ['--noEmit', '-p', '.'])],
  [
    'imports go one way',
    () => run(bin('depcruise'), ['--config', '.dependency-cruiser.cjs', 'src']),
  ],
  ['every export is documented', () => run(bin('typedoc'), ['--emit', 'none'])],
  [
    'build',
    () =>
      buildCommand().then(
        () => 0,
        (error) => {
          console.error(error.message);
          return 1;
        },
      ),
  ],
];
if (!process.argv.includes('--quick')) checks.push(['tests', () => run(bin('vitest'), ['run'])]);

const failed = [];
for (const [name, check] of checks) {
  const start = performance.now();
  const code = await check();
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (code !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
