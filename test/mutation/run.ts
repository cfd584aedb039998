/**
 * `npm run mutate [-- --sample N --seed S --folder NAME --all]`: small faults are put into random
 * pieces of the engine, one at a time, and the tests that reach them are run. A fault that no test
 * notices (it survives) is a question to the tests. All pieces take many hours: `--all` says so.
 *
 * A piece is a declaration, of at most 30 lines. A fault that is wider than its piece is left out.
 */
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Stryker } from '@stryker-mutator/core';
import { piecesIn, sampled } from './pieces.js';

type MutantResult = Awaited<ReturnType<Stryker['runMutationTest']>>[number];

const FOLDERS = ['expression', 'rewrite', 'laws', 'gradient', 'simplify', 'numeric', 'judge'];
/** Milliseconds beyond four times its usual time after which a mutant counts as endless. */
const PATIENCE = 120_000;

const root = join(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    sample: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    folder: { type: 'string', multiple: true, default: FOLDERS },
    all: { type: 'boolean', default: false },
  },
});
const wrong = values.folder.find((folder) => !FOLDERS.includes(folder));
if (wrong !== undefined)
  throw new Error(`--folder ${wrong}: no such folder; expected one of ${FOLDERS.join(', ')}`);
const [count, seed] = [Number(values.sample), Number(values.seed)];
if (!Number.isInteger(count) || count < 1)
  throw new Error(`--sample ${values.sample}: expected a whole number from 1`);
if (!Number.isInteger(seed)) throw new Error(`--seed ${values.seed}: expected a whole number`);

const pieces = piecesIn(root, values.folder);
const chosen = values.all ? pieces : sampled(pieces, count, seed);
console.log(`${chosen.length} of ${pieces.length} pieces, seed ${seed}`);

process.chdir(root);
const results = await new Stryker({
  mutate: chosen.map(({ path, first, last }) => `${path}:${first}-${last}`),
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner'],
  vitest: { configFile: 'test/mutation/vitest.config.ts', related: true },
  coverageAnalysis: 'perTest',
  concurrency: 1,
  disableTypeChecks: false,
  timeoutMS: PATIENCE,
  timeoutFactor: 4,
  dryRunTimeoutMinutes: 30,
  ignorePatterns: ['biome.json', 'dist', 'docs', 'reports', 'bench', 'coverage', 'test/fuzz/found'],
  tempDirName: '.stryker-tmp',
  reporters: ['progress-append-only'],
  allowConsoleColors: false,
}).runMutationTest();

const place = ({ fileName, location }: MutantResult): string =>
  `${relative(root, fileName)}:${location.start.line}:${location.start.column}`;

for (const result of results.filter(
  ({ status }) => status === 'Survived' || status === 'NoCoverage',
))
  console.log(
    `${result.status} ${place(result)} ${result.mutatorName}: ${result.replacement?.replace(/\s+/g, ' ')}`,
  );

const STATUSES = ['Killed', 'Timeout', 'Survived', 'NoCoverage', 'RuntimeError'] as const;
console.log(['folder', 'score', ...STATUSES].join('\t'));
const folderOf = ({ fileName }: MutantResult) => relative(root, fileName).split(/[\\/]/)[1];
for (const [name, some] of [
  ...values.folder.map(
    (folder) => [folder, results.filter((result) => folderOf(result) === folder)] as const,
  ),
  ['all', results] as const,
]) {
  const counts = STATUSES.map((status) => some.filter((result) => result.status === status).length);
  const [killed = 0, timeout = 0, survived = 0, uncovered = 0] = counts;
  const judged = killed + timeout + survived + uncovered;
  const score = judged === 0 ? '-' : `${((100 * (killed + timeout)) / judged).toFixed(1)}%`;
  console.log([name, score, ...counts].join('\t'));
}
