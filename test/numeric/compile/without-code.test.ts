import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..', '..');
let place = '';
let script = '';

/** C = (tanh(w x) - y)^2 at w = 1/2, x = 2, y = 0. */
const program = `
import { symbol } from './src/expression/formula.js';
import { buildNetwork } from './src/network/build.js';
import { compile } from './src/numeric/compile/compile.js';
import { readDocument } from './src/read/document.js';
const [sheet] = readDocument('C = (tanh(w x) - y)^2', 'sheet.hg').scopes;
const network = buildNetwork(sheet, { block: 9, line: 9 });
const made = compile(symbol('C'), ['w'], network, { mode: process.argv[2] });
made.values.get('w')[0] = 0.5;
made.values.get('x')[0] = 2;
console.log(JSON.stringify([made.run(), made.gradients.get('w')[0]]));
`;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'handgrad-strict-'));
  script = join(place, 'strict.mjs');
  await build({
    stdin: { contents: program, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: script,
    logLevel: 'error',
  });
}, 60_000);
afterAll(() => rmSync(place, { recursive: true }));

/** Node with the rule of pages whose policy forbids code made of strings. */
const strict = (mode: string) =>
  spawnSync(process.execPath, ['--disallow-code-generation-from-strings', script, mode], {
    encoding: 'utf8',
  });

describe('where code must not be made of strings', () => {
  it('gradients are interpreted', () => {
    const { stdout, stderr } = strict('interpreted');
    expect(stderr).toBe('');
    const [value, slope] = JSON.parse(stdout);
    const tanh = (Math.E - 1 / Math.E) / (Math.E + 1 / Math.E);
    expect(value).toBeCloseTo(tanh ** 2, 14);
    expect(slope).toBeCloseTo(2 * tanh * (1 - tanh ** 2) * 2, 14);
  });

  it('compiling says what to do', () => {
    expect(strict('generated').stderr).toContain(
      "Error: code generation is forbidden here; compile with { mode: 'interpreted' }",
    );
  });
});
