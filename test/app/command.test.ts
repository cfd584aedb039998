import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const sheet = join('examples', 'simple-network.md');
let place = '';

beforeAll(() => {
  const { status, stderr } = run(join('src', 'app', 'house', 'build.mjs'));
  expect(stderr).toBe('');
  expect(status).toBe(0);
  place = mkdtempSync(join(tmpdir(), 'handgrad-command-'));
}, 60_000);
afterAll(() => rmSync(place, { recursive: true }));

function run(program: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [program, ...args], { cwd: root, encoding: 'utf8' });
}
const handgrad = (...args: readonly string[]) => run(join('dist', 'cli.js'), ...args);

describe('the bundled command', () => {
  it('says what it can do, without loading what it may need later', () => {
    const { stdout, status } = handgrad('--help');
    expect(stdout).toContain('solve [options] <files...>');
    expect(status).toBe(0);
    const bundle = readFileSync(join(root, 'dist', 'cli.js'), 'utf8');
    expect(bundle.length).toBeLessThan(100_000);
  });

  it('solves the simple network, with its numbers', () => {
    const { stdout, stderr, status } = handgrad('solve', sheet, '--to', 'json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { version, file, results } = JSON.parse(stdout);
    expect({ version, file }).toEqual({ version: 1, file: sheet });
    const value = (line: number, ask: string) =>
      results.find(
        (result: { line: number; ask?: { text: string } }) =>
          result.line === line && result.ask?.text === ask,
      )?.value;
    expect(value(22, 'C')).toBeCloseTo(0.28842841648243966, 14);
    expect(value(23, 'dC/dw_1')).toBeCloseTo(2.0809165621704553, 12);
    expect(value(23, 'dC/dw_2')).toBeCloseTo(-0.00416183312434091, 12);
    expect(value(23, 'dC/db')).toBeCloseTo(-0.13872777081136367, 12);
  });

  it('answers the same without the engine compiled ahead, and when that code is of no use', () => {
    const warm = join(root, 'dist', 'warm');
    const [script = '', code = ''] = readdirSync(warm).sort();
    expect([script, code]).toEqual([`${script.slice(0, 16)}.cjs`, `${script.slice(0, 16)}.code`]);
    const text = readFileSync(join(warm, script));
    expect(script.slice(0, 16)).toBe(createHash('sha256').update(text).digest('hex').slice(0, 16));
    const copy = join(place, 'dist');
    cpSync(join(root, 'dist'), copy, { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'));
    const copied = () => run(join(copy, 'cli.js'), 'solve', sheet);
    const { stdout } = handgrad('solve', sheet);
    writeFileSync(join(copy, 'warm', code), 'no code');
    expect(copied()).toMatchObject({ stdout, stderr: '', status: 0 });
    rmSync(join(copy, 'warm'), { recursive: true });
    expect(copied()).toMatchObject({ stdout, stderr: '', status: 0 });
  });

  it('exports gradients, and says which languages there are', () => {
    const { stdout, stderr, status } = handgrad('export', sheet, '--to', 'numpy');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(stdout).toContain('def gradients(');
    const unknown = handgrad('export', sheet, '--to', 'cobol');
    expect(unknown.stderr).toContain(
      "option '--to <language>' argument 'cobol' is invalid. Allowed choices are numpy, pytorch, jax, javascript.",
    );
    expect(unknown.status).toBe(2);
  });

  it.each([
    ['html', '<!doctype html>', '</html>'],
    ['latex', '\\documentclass', '\\end{document}'],
    ['markdown', '# A network with two units', '$$'],
    ['text', 'line 13  find', '✓'],
  ])('writes %s', (format, start, part) => {
    const out = join(place, `out.${format}`);
    const { stderr, status } = handgrad('solve', sheet, '--to', format, '-o', out);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const text = readFileSync(out, 'utf8');
    expect(text.startsWith(start)).toBe(true);
    expect(text).toContain(part);
  });

  it('reads standard input and says where something is wrong', () => {
    const { stdout, status } = spawnSync(
      process.execPath,
      [join('dist', 'cli.js'), 'solve', '-', '--to', 'json'],
      { cwd: root, encoding: 'utf8', input: '```handgrad\ny = x^2\nfind dy/dx\nfind dy/(\n```\n' },
    );
    const { results } = JSON.parse(stdout);
    expect(results[0].answer.text).toBe('2 x');
    expect(results[1]).toMatchObject({ kind: 'error', line: 4 });
    expect(status).toBe(2);
  });
});
