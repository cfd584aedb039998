import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
let place = '';

function run(program: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    cwd: place,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

// A package as npm would install it: what is built, in a folder of modules.
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'handgrad-library-'));
  const built = run(tsc, '-p', join(root, 'tsconfig.build.json'));
  expect(built).toEqual({ status: 0, stdout: '', stderr: '' });
  mkdirSync(join(place, 'node_modules'));
  symlinkSync(root, join(place, 'node_modules', 'handgrad'), 'dir');
}, 240_000);
afterAll(() => rmSync(place, { recursive: true }));

const consumer = `
import {
  buildNetwork,
  derivativeOf,
  type DocumentView,
  equalFormulas,
  lower,
  present,
  proveEqual,
  readDocument,
  readFormula,
  readSheet,
  solveText,
  takeDerivatives,
  writeLatex,
  writePlain,
} from 'handgrad';

const solved: DocumentView = await solveText('f = tanh(w x)\\nfind df/dw in terms of f, x\\n', 'a.hg');
const [found] = solved.results;
const sheet = readSheet('z = w x\\nC = (z - t)^2\\n');
const network = buildNetwork(sheet, { block: 0, line: 9 });
const asked = lower(readFormula('dC/dw', sheet), network);
const taken = takeDerivatives(asked.body, network);
const slope = present(taken.cases[0]!.formula, { definitions: network.definitions }).formula;
const opened = readFormula('(a + b)^2');
console.log(
  JSON.stringify({
    answer: found?.kind === 'find' ? found.answer.text : found,
    equal: (await equalFormulas('tanh(x)', '2 sigmoid(2 x) - 1')).verdict,
    derivative: (await derivativeOf('x^3', 'x', 2)).kind,
    scopes: readDocument('y = 1\\n', 'b.hg').scopes.length,
    slope: writePlain(slope),
    latex: writeLatex(opened),
    proved: proveEqual(opened, readFormula('a^2 + 2 a b + b^2')).proved,
  }),
);
`;

describe('the library', () => {
  it('is typed and works for one who imports it', () => {
    writeFileSync(join(place, 'package.json'), '{ "type": "module" }');
    writeFileSync(join(place, 'consumer.ts'), consumer);
    const options = ['--module', 'nodenext', '--target', 'es2022', '--strict', '--skipLibCheck'];
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules', '@types')];
    expect(run(tsc, ...options, ...types, 'consumer.ts')).toMatchObject({ status: 0, stdout: '' });
    const { stdout, stderr } = run('consumer.js');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      answer: '(1 - f^2) x',
      equal: 'proved',
      derivative: 'find',
      scopes: 1,
      slope: '2 (z - t) x',
      latex: '(a + b)^2',
      proved: true,
    });
  }, 120_000);

  it('is packed with all that it needs, and nothing else', () => {
    const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
    const paths = files.map(({ path }) => path);
    for (const path of ['dist/index.js', 'dist/index.d.ts', 'README.md', 'LICENSE'])
      expect(paths).toContain(path);
    expect(paths.filter((path) => /^(src|test|examples|\.ci)\//.test(path))).toEqual([]);
  }, 60_000);
});
